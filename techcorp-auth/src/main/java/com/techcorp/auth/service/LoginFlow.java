package com.techcorp.auth.service;

import com.techcorp.auth.EmailAddress;
import com.techcorp.auth.LoginRequest;
import com.techcorp.auth.LoginResult;
import com.techcorp.auth.Password;
import com.techcorp.auth.User;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.email.EmailAddresses;
import com.techcorp.auth.service.LoginAttempts.Admission;
import com.techcorp.auth.service.LoginAttempts.Attempt;
import com.techcorp.auth.spi.PasswordMatch;
import com.techcorp.auth.spi.SessionEpoch;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.auth.spi.UserDirectory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A login, step by step: the limits, the user, the password, the session, the token. Whether there
 * is no user, another password or a disabled user, the same steps are taken in the same order.
 */
final class LoginFlow {
  private static final Logger log = LoggerFactory.getLogger(LoginFlow.class);

  private final LoginAttempts attempts;
  private final UserDirectory users;
  private final SessionStore sessions;
  private final PasswordCheck passwords;
  private final NewSessions newSessions;
  private final KeyedHash nobodyIds;

  LoginFlow(
      LoginAttempts attempts,
      UserDirectory users,
      SessionStore sessions,
      PasswordCheck passwords,
      NewSessions newSessions,
      KeyedHash nobodyIds) {
    this.attempts = attempts;
    this.users = users;
    this.sessions = sessions;
    this.passwords = passwords;
    this.newSessions = newSessions;
    this.nobodyIds = nobodyIds;
  }

  LoginResult logIn(LoginRequest request) {
    Login login =
        new Login(
            EmailAddresses.of(request.email()),
            Password.of(request.password()),
            DeviceInfo.checked(request.deviceInfo()));
    ClientAddress address = ClientAddress.of(request.ipAddress());
    Admission admission = attempts.count(login.email(), address, request.deviceProof());
    if (admission instanceof Admission.Wait wait) {
      return new LoginResult.Throttled(wait.time());
    }
    return attempted(login, ((Admission.Admitted) admission).attempt());
  }

  /** What a client sent, checked. Its text shows nothing. */
  private record Login(EmailAddress email, Password password, String deviceInfo) {
    @Override
    public String toString() {
      return "Login[***]";
    }
  }

  /** Who logs in, if anybody. Read after the epoch. */
  private record Candidate(@Nullable User user, SessionEpoch epoch) {}

  private LoginResult attempted(Login login, Attempt attempt) {
    Candidate candidate;
    PasswordMatch match;
    try {
      candidate = candidate(login.email());
      match = passwords.of(candidate.user(), login.password());
    } catch (RuntimeException e) {
      attempt.giveBack(); // no password was checked
      throw e;
    }
    User user = candidate.user();
    if (user == null || !match.isMatch() || user.status() != UserStatus.ACTIVE) {
      return new LoginResult.Refused();
    }
    attempt.giveBack();
    Optional<NewSessions.Opened> opened =
        newSessions.open(NewSessions.newId(), user, login.deviceInfo(), candidate.epoch());
    if (opened.isEmpty()) {
      return new LoginResult.Refused();
    }
    if (match.replacesHash()) {
      replaceHash(user, login.password());
    }
    return new LoginResult.LoggedIn(
        opened.get().accessToken(),
        opened.get().refreshToken(),
        opened.get().session(),
        attempt.proof(),
        match.asksForChange());
  }

  /**
   * Finds the user. The epoch belongs to a user's id, so the row is read once more behind it: a
   * change that this reading does not show has not been made yet, and then it ends the new session
   * or has it refused.
   */
  private Candidate candidate(EmailAddress email) {
    UUID id = users.findByEmail(email.canonical()).map(User::id).orElseGet(() -> nobodyId(email));
    SessionEpoch epoch = sessions.epoch(id);
    User user =
        users
            .find(id)
            .filter(found -> found.canonicalEmail().equals(email.canonical()))
            .orElse(null);
    return new Candidate(user, epoch);
  }

  /** The id of nobody: always the same for one address, as a user's is. */
  private UUID nobodyId(EmailAddress email) {
    byte[] hash = nobodyIds.of(email.canonical().getBytes(StandardCharsets.UTF_8));
    return UUID.nameUUIDFromBytes(hash);
  }

  /** A hash that cannot be replaced now is replaced at the next login. */
  private void replaceHash(User user, Password password) {
    try {
      users.change(user, user.withPasswordHash(passwords.hash(password)), List.of());
    } catch (RuntimeException e) {
      log.debug("The password hash of user {} was not replaced by a stronger one", user.id());
    }
  }
}
