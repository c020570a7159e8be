package com.techcorp.bench.scenario.auth;

import com.techcorp.auth.Authenticator;
import com.techcorp.auth.LoginRequest;
import com.techcorp.auth.LoginResult;
import com.techcorp.auth.User;
import com.techcorp.auth.email.EmailAddresses;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.bench.database.Verification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Users who all have the same password.
 *
 * @param ids of the users, by their numbers
 */
record BenchUsers(List<UUID> ids) {
  static final String PASSWORD = "a password of the benchmark";

  private static final String DEVICE = "{\"device\":\"Firefox on Linux\",\"app\":\"web\"}";
  private static final String ADDRESS = "192.0.2.1";

  /** Adds users to a directory. */
  static BenchUsers added(UserDirectory directory, int users, String passwordHash) {
    List<UUID> ids = new ArrayList<>();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    for (int i = 0; i < users; i++) {
      UUID id = UUID.randomUUID();
      if (!directory.add(User.of(id, EmailAddresses.of(email(i)), passwordHash, now))) {
        throw new Verification.FailedException("user " + i + " is there already");
      }
      ids.add(id);
    }
    return new BenchUsers(List.copyOf(ids));
  }

  /** Logs a user in, on a device that proves nothing. */
  static LoginResult.LoggedIn logIn(Authenticator authenticator, int user) {
    LoginResult result =
        authenticator.logIn(new LoginRequest(email(user), PASSWORD, DEVICE, ADDRESS, null));
    if (result instanceof LoginResult.LoggedIn loggedIn) {
      return loggedIn;
    }
    throw new Verification.FailedException("a login was answered with " + result);
  }

  private static String email(int user) {
    return "user-" + user + "@example.com";
  }
}
