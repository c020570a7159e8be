package com.techcorp.bench.scenario.auth;

import com.techcorp.auth.Authenticator;
import com.techcorp.auth.Password;
import com.techcorp.auth.memory.MemoryLoginLimits;
import com.techcorp.auth.memory.MemoryRevocations;
import com.techcorp.auth.memory.MemorySessionStore;
import com.techcorp.auth.password.Argon2Passwords;
import com.techcorp.auth.password.PasswordOptions;
import com.techcorp.auth.service.AttemptOptions;
import com.techcorp.auth.service.AuthOptions;
import com.techcorp.auth.service.AuthService;
import com.techcorp.auth.spi.LoginLimits.Budget;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.auth.token.AccessTokens;
import com.techcorp.auth.token.TokenKeys;
import com.techcorp.bench.measure.CallLoop;
import com.techcorp.bench.measure.Rounds;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.testkit.MemoryStorage;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Logins with all stores in this process, beside the hash of the password alone. As many threads as
 * there are processors log in, and as many hash.
 */
final class Logins implements Measurement {
  private static final int USERS = 256;
  private static final int KEY_BYTES = 32;
  private static final double WANTED = 0.95;
  private static final PasswordOptions HASH = PasswordOptions.DEFAULT;

  /** As quick as the options allow. */
  static final PasswordOptions LITTLE_WORK =
      PasswordOptions.DEFAULT.withMemory(8).withIterations(1);

  /** All attempts succeed and are given back; these are as many as can be under way. */
  private static final Budget AMPLE = new Budget(1_000, Duration.ofSeconds(1));

  private final SliceTimes times;
  private final int rounds;
  private final int threads = Runtime.getRuntime().availableProcessors();

  Logins(SliceTimes times, int rounds) {
    this.times = times;
    this.rounds = rounds;
  }

  @Override
  public List<AuthRow> run() throws InterruptedException {
    compile();
    Authenticator authenticator = service(HASH).authenticator();
    AtomicInteger users = new AtomicInteger();
    CallLoop.Call login =
        () -> BenchUsers.logIn(authenticator, Math.floorMod(users.getAndIncrement(), USERS));
    // Made once, as the service is, so that both hash in memory that has lived as long.
    List<CallLoop.Call> hashes = calls(() -> new BareHash(HASH));
    List<CallLoop.Call> logins = calls(() -> login);
    List<List<Double>> rates =
        Rounds.rates(rounds, List.of(() -> rate(hashes), () -> rate(logins)));
    return List.of(
        AuthRow.of("logins, on " + threads + " threads", rates.get(0), rates.get(1), WANTED));
  }

  /**
   * Logs in with quick hashes: two threads hash 70 times a second, so the JVM would otherwise
   * interpret what surrounds the hash for minutes.
   */
  private void compile() throws InterruptedException {
    Authenticator quick = service(LITTLE_WORK).authenticator();
    AtomicInteger users = new AtomicInteger();
    rate(calls(() -> () -> BenchUsers.logIn(quick, Math.floorMod(users.getAndIncrement(), USERS))));
  }

  private List<CallLoop.Call> calls(Supplier<CallLoop.Call> call) {
    return Stream.generate(call).limit(threads).toList();
  }

  private double rate(List<CallLoop.Call> calls) throws InterruptedException {
    return new CallLoop(calls).perSecond(times);
  }

  private static AuthService service(PasswordOptions hash) {
    Argon2Passwords passwords = Argon2Passwords.of(hash);
    UserDirectory users = MemoryStorage.create().users();
    BenchUsers.added(users, USERS, passwords.hash(Password.of(BenchUsers.PASSWORD)));
    return AuthService.builder()
        .users(users)
        .sessions(MemorySessionStore.create())
        .tokens(AccessTokens.of(TokenKeys.of(BenchKey.generate().signing())))
        .passwords(passwords)
        .revocations(MemoryRevocations.create())
        .limits(MemoryLoginLimits.create())
        .refreshKeys(secret())
        .options(AuthOptions.DEFAULT.withAttempts(new AttemptOptions(AMPLE, AMPLE, AMPLE, AMPLE)))
        .start();
  }

  static byte[] secret() {
    byte[] secret = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(secret);
    return secret;
  }
}
