package com.techcorp.auth.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.Authenticator;
import com.techcorp.auth.LoginResult;
import com.techcorp.auth.Password;
import com.techcorp.auth.User;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.email.EmailAddresses;
import com.techcorp.auth.memory.MemoryLoginLimits;
import com.techcorp.auth.memory.MemoryRevocations;
import com.techcorp.auth.memory.MemorySessionStore;
import com.techcorp.auth.password.Argon2Passwords;
import com.techcorp.auth.password.PasswordOptions;
import com.techcorp.auth.spi.LoginLimits.Budget;
import com.techcorp.auth.spi.PasswordHasher;
import com.techcorp.auth.spi.PasswordMatch;
import com.techcorp.auth.token.AccessTokens;
import com.techcorp.auth.token.SigningKey;
import com.techcorp.auth.token.TokenKeys;
import com.techcorp.testkit.MemoryStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The time of an answer does not tell who has an account. Logins of a known and of an unknown
 * address, with real hashes, take turns in random order, {@value #LOGINS} of each. A Mann–Whitney
 * test compares their times: its statistic is normal, so an absolute value of {@value #ALARM} comes
 * by chance in 1 of 15,000 runs. It finds a planted difference of 1 ms.
 *
 * <p>It measures time, so it wants a quiet machine.
 */
@Tag("T34")
@Tag("soak")
@Tag("alone")
class LoginTimingTest {
  private static final int LOGINS = 1_000;
  private static final int WARM_UP = 100;
  private static final double ALARM = 4.0;
  private static final long PLANTED_NANOS = 1_000_000;
  private static final String KNOWN = "ana@example.com";
  private static final String UNKNOWN = "bob@example.com";

  private final Argon2Passwords passwords = Argon2Passwords.of(PasswordOptions.DEFAULT);

  @Test
  void knownAndUnknownUsersCannotBeToldApart() {
    assertThat(Math.abs(statistic(service(passwords)))).isLessThan(ALARM);
  }

  @Test
  void aMillisecondMoreIsFound() {
    assertThat(Math.abs(statistic(service(new SlowerForNobody())))).isGreaterThan(ALARM);
  }

  /** As a service would be that does one thing more if there is no user. */
  private final class SlowerForNobody implements PasswordHasher {
    @Override
    public String hash(Password password) {
      return passwords.hash(password);
    }

    @Override
    public PasswordMatch matches(Password password, String storedHash) {
      return passwords.matches(password, storedHash);
    }

    @Override
    public void matchesNobody(Password password) {
      passwords.matchesNobody(password);
      long end = System.nanoTime() + PLANTED_NANOS;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
  }

  private Authenticator service(PasswordHasher hasher) {
    MemoryStorage storage = MemoryStorage.create();
    storage
        .users()
        .add(
            new User(
                UUID.randomUUID(),
                KNOWN,
                EmailAddresses.of(KNOWN).canonical(),
                passwords.hash(Password.of("the password of Ana")),
                UserStatus.ACTIVE,
                Instant.EPOCH,
                Instant.EPOCH));
    Budget ample = new Budget(1_000_000, Duration.ofMillis(1));
    return AuthService.builder()
        .users(storage.users())
        .sessions(MemorySessionStore.create())
        .tokens(AccessTokens.of(TokenKeys.of(SigningKey.generate())))
        .passwords(hasher)
        .revocations(MemoryRevocations.create())
        .limits(MemoryLoginLimits.create())
        .refreshKeys(AuthTestBed.KEY)
        .options(AuthOptions.DEFAULT.withAttempts(new AttemptOptions(ample, ample, ample, ample)))
        .start()
        .authenticator();
  }

  private record Timed(boolean known, long nanos) {}

  private static double statistic(Authenticator auth) {
    Random random = new Random(17);
    for (int i = 0; i < WARM_UP; i++) {
      timed(auth, random.nextBoolean());
    }
    List<Timed> all = new ArrayList<>();
    for (int i = 0; i < LOGINS; i++) {
      boolean knownFirst = random.nextBoolean();
      all.add(timed(auth, knownFirst));
      all.add(timed(auth, !knownFirst));
    }
    return mannWhitney(all);
  }

  private static Timed timed(Authenticator auth, boolean known) {
    long begun = System.nanoTime();
    LoginResult result =
        auth.logIn(AuthTestBed.request(known ? KNOWN : UNKNOWN, "not the password"));
    long nanos = System.nanoTime() - begun;
    assertThat(result).isEqualTo(new LoginResult.Refused());
    return new Timed(known, nanos);
  }

  /** Returns how many standard deviations the ranks of the known are from where chance has them. */
  private static double mannWhitney(List<Timed> all) {
    all.sort(Comparator.comparingLong(Timed::nanos));
    double ranks = 0;
    for (int i = 0; i < all.size(); i++) {
      ranks += all.get(i).known() ? i + 1 : 0;
    }
    double n = LOGINS;
    double expected = n * (2 * n + 1) / 2;
    double deviation = Math.sqrt(n * n * (2 * n + 1) / 12);
    double z = (ranks - expected) / deviation;
    System.out.printf("Mann-Whitney of %d and %d logins: %.2f%n", LOGINS, LOGINS, z);
    return z;
  }
}
