package com.techcorp.bench.scenario.auth;

import com.techcorp.auth.Authenticator;
import com.techcorp.auth.Password;
import com.techcorp.auth.RefreshResult;
import com.techcorp.auth.password.Argon2Passwords;
import com.techcorp.auth.service.AuthService;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.auth.token.AccessTokens;
import com.techcorp.auth.token.TokenKeys;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchRedis;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.CallLoop;
import com.techcorp.bench.measure.Rounds;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.jdbc.SchemaNames;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Refreshes with sessions in Redis and users in PostgreSQL, beside what none can do without. Each
 * client refreshes a session of its own.
 */
final class Refreshes implements Measurement {
  private static final int CONNECTIONS = 16;
  private static final double WANTED = 0.85;
  private static final SchemaNames SCHEMAS = SchemaNames.DEFAULT.withAuthTables();

  private final BenchServer server;
  private final SliceTimes times;
  private final int rounds;
  private final List<Integer> clients;

  /**
   * Measures with each of these numbers of clients.
   *
   * @param clients at least one number
   */
  Refreshes(BenchServer server, SliceTimes times, int rounds, List<Integer> clients) {
    this.server = server;
    this.times = times;
    this.rounds = rounds;
    this.clients = clients;
  }

  @Override
  public List<AuthRow> run() throws InterruptedException {
    try (BenchRedis redis = BenchRedis.start();
        BenchDatabase database = server.blank();
        HikariDataSource pool = database.pool(CONNECTIONS)) {
      PostgresStorage.migrate(pool, SCHEMAS);
      UserDirectory directory = PostgresStorage.builder(pool).schemas(SCHEMAS).build().users();
      Argon2Passwords passwords = Argon2Passwords.of(Logins.LITTLE_WORK);
      BenchUsers users =
          BenchUsers.added(
              directory,
              Collections.max(clients),
              passwords.hash(Password.of(BenchUsers.PASSWORD)));
      database.execute("vacuum analyze auth.users");
      BenchKey key = BenchKey.generate();
      SessionStore sessions = redis.cache().sessions();
      Authenticator authenticator =
          AuthService.builder()
              .users(directory)
              .sessions(sessions)
              .tokens(AccessTokens.of(TokenKeys.of(key.signing())))
              .passwords(passwords)
              .revocations(redis.cache().revocations())
              .limits(redis.cache().loginLimits())
              .refreshKeys(Logins.secret())
              .start()
              .authenticator();
      BareRefresh.Parts bare = BareRefresh.Parts.of(redis.commands(), pool, key.privateKey());
      return rows(
          client -> bareClient(bare, sessions, users.ids().get(client)),
          client -> new Client(authenticator, client));
    }
  }

  private List<AuthRow> rows(IntFunction<CallLoop.Call> bare, IntFunction<CallLoop.Call> library)
      throws InterruptedException {
    List<AuthRow> rows = new ArrayList<>();
    // Many first: the more refreshes, the sooner the JVM has compiled what is hot.
    for (int threads : clients.stream().sorted(Comparator.reverseOrder()).toList()) {
      List<List<Double>> rates =
          Rounds.rates(rounds, List.of(() -> rate(threads, bare), () -> rate(threads, library)));
      String what = "refreshes, on " + threads + (threads == 1 ? " thread" : " threads");
      rows.add(0, AuthRow.of(what, rates.get(0), rates.get(1), WANTED));
    }
    return rows;
  }

  private double rate(int threads, IntFunction<CallLoop.Call> call) throws InterruptedException {
    return new CallLoop(IntStream.range(0, threads).mapToObj(call).toList()).perSecond(times);
  }

  private static CallLoop.Call bareClient(
      BareRefresh.Parts bare, SessionStore sessions, UUID user) {
    return new BareRefresh(bare, user, StoredSessions.open(sessions, user));
  }

  /** Logs in when it is made, and then refreshes. */
  private static final class Client implements CallLoop.Call {
    private final Authenticator authenticator;
    private String token;

    Client(Authenticator authenticator, int user) {
      this.authenticator = authenticator;
      this.token = BenchUsers.logIn(authenticator, user).refreshToken();
    }

    @Override
    public void run() {
      RefreshResult result = authenticator.refresh(token);
      if (!(result instanceof RefreshResult.Refreshed refreshed)) {
        throw new Verification.FailedException("a refresh was answered with " + result);
      }
      token = refreshed.refreshToken();
    }
  }
}
