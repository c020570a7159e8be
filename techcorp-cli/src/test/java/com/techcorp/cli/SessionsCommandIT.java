package com.techcorp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.Session;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.RevocationPage;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.redis.RedisCache;
import com.techcorp.redis.RedisOptions;
import com.techcorp.servers.postgres.PostgresServer;
import com.techcorp.servers.redis.RedisServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;

/** Lists and ends sessions that an application has opened in Redis. */
class SessionsCommandIT {
  private static final String HASH = "h".repeat(43);
  private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/shop?user=writer";
  private static final Instant CREATED = Instant.parse("2026-03-01T12:00:00Z");

  private final String prefix = "cli-" + UUID.randomUUID() + ":";
  private final UUID ana = UUID.randomUUID();
  private final RedisCache redis =
      RedisCache.connect(
          RedisServer.shared().uri(),
          RedisOptions.DEFAULT.withPrefix(prefix).withTimeout(Duration.ofSeconds(30)));
  private final SessionStore sessions = redis.sessions();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void close() {
    redis.close();
  }

  private UUID opened(UUID userId, String deviceInfo) {
    UUID id = UUID.randomUUID();
    NewSession session =
        new NewSession(id, userId, HASH, deviceInfo, CREATED, Duration.ofDays(7), null);
    assertThat(sessions.create(session, sessions.epoch(userId), 100))
        .isInstanceOf(SessionCreation.Created.class);
    return id;
  }

  private int run(String... args) {
    return run(Map.of(), args);
  }

  private int run(Map<String, String> more, String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Map<String, String> env = new HashMap<>(more);
    env.put("TECHCORP_REDIS_URL", RedisServer.shared().uri());
    CommandLine line = OperatorCommand.commandLine(env);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    List<String> command = new ArrayList<>(List.of("sessions"));
    command.addAll(List.of(args));
    command.addAll(List.of("--key-prefix", prefix, "--user-id", ana.toString()));
    return line.execute(command.toArray(String[]::new));
  }

  private List<UUID> left() {
    return sessions.list(ana).stream().map(Session::id).toList();
  }

  private List<UUID> revoked() {
    return redis.revocations().since(null, 100).revocations().stream()
        .map(it -> ((RevocationPage.OfSession) it).sessionId())
        .toList();
  }

  @Test
  void listsTheSessionsOfAUser() {
    // given
    UUID phone = opened(ana, "{\"os\":\"Android\"}");
    UUID odd = opened(ana, "{\n\"os\":\"\u202Egnp.exe\u009b2J\"}");
    opened(UUID.randomUUID(), "{\"of\":\"somebody else\"}");

    // then
    assertThat(run("list")).isEqualTo(OperatorCommand.DONE);
    assertThat(out.toString())
        .contains(phone + " from 2026-03-01T12:00:00Z to ", ": {\"os\":\"Android\"}")
        .contains(odd + " from ", "{\\u000a\"os\":\"\\u202egnp.exe\\u009b2J\"}")
        .contains("2 sessions of user " + ana)
        .doesNotContain("somebody else", HASH);
    assertThat(out.toString().lines()).hasSize(3);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void endsOneSessionAndRevokesItsTokens() {
    // given
    UUID stolen = opened(ana, "{}");
    UUID other = opened(ana, "{}");

    // when
    assertThat(run("end", "--session", stolen.toString())).isEqualTo(OperatorCommand.DONE);

    // then
    assertThat(out.toString())
        .contains("session " + stolen + " has ended")
        .contains("1 sessions of user " + ana + " have ended; their access tokens are revoked");
    assertThat(left()).containsExactly(other);
    assertThat(revoked()).containsExactly(stolen);

    // and then it is not there any more
    assertThat(run("end", "--session", stolen.toString())).isEqualTo(OperatorCommand.FAILED);
    assertThat(err.toString()).contains("no session " + stolen + " of user " + ana);
  }

  @Test
  void leavesTheSessionsOfOthersAlone() {
    // given
    UUID bea = UUID.randomUUID();
    UUID hers = opened(bea, "{}");
    UUID mine = opened(ana, "{}");

    // then
    assertThat(run("end", "--session", hers.toString())).isEqualTo(OperatorCommand.FAILED);
    assertThat(run("end", "--all-but", hers.toString())).isEqualTo(OperatorCommand.FAILED);
    assertThat(sessions.find(hers)).isPresent();
    assertThat(left()).containsExactly(mine);
    assertThat(revoked()).isEmpty();
  }

  @Test
  void endsAllSessionsOrAllButOne() {
    // given
    UUID kept = opened(ana, "{}");
    UUID first = opened(ana, "{}");
    UUID second = opened(ana, "{}");

    // when
    assertThat(run("end", "--all-but", kept.toString())).isEqualTo(OperatorCommand.DONE);

    // then
    assertThat(out.toString()).contains(first.toString(), second.toString(), "2 sessions of user");
    assertThat(left()).containsExactly(kept);
    assertThat(revoked()).containsExactlyInAnyOrder(first, second);

    // when
    assertThat(run("end", "--all")).isEqualTo(OperatorCommand.DONE);

    // then
    assertThat(left()).isEmpty();
    assertThat(revoked()).containsExactlyInAnyOrder(first, second, kept);
    assertThat(run("end", "--all")).isEqualTo(OperatorCommand.DONE);
    assertThat(out.toString()).contains("0 sessions of user " + ana);
  }

  /** The database of an application, whose outbox nobody reads. */
  private record Outbox(PostgresServer server, String database, PGSimpleDataSource dataSource)
      implements AutoCloseable {
    static Outbox open() {
      PostgresServer server = PostgresServer.shared();
      String database = server.createDatabase();
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setUrl(server.jdbcUrl(database));
      PostgresStorage.migrate(dataSource);
      return new Outbox(server, database, dataSource);
    }

    String url() {
      return server.jdbcUrl(database);
    }

    Map<String, String> env() {
      String password = dataSource.getPassword();
      return password == null ? Map.of() : Map.of("PGPASSWORD", password);
    }

    List<String> events() throws SQLException {
      List<String> events = new ArrayList<>();
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "select stream_id, event_type, payload->>'user_id', payload->>'reason'"
                      + " from messaging.outbox order by 1")) {
        while (rows.next()) {
          events.add(
              String.join(
                  " ", rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
        }
      }
      return events;
    }

    @Override
    public void close() {
      server.dropDatabase(database);
    }
  }

  private String endedByOperator(UUID session) {
    return session + " session.ended " + ana + " ENDED_BY_OPERATOR";
  }

  @Test
  void writesTheirEventsToTheOutbox() throws SQLException {
    // given
    try (Outbox outbox = Outbox.open()) {
      UUID ended = opened(ana, "{}");

      // when
      assertThat(run(outbox.env(), "end", "--all", "--url", outbox.url()))
          .as(err.toString())
          .isEqualTo(OperatorCommand.DONE);

      // then
      assertThat(outbox.events()).containsExactly(endedByOperator(ended));
    }
  }

  @Test
  void eventsThatCouldNotBeWrittenAreWrittenLater() throws SQLException {
    // given
    try (Outbox outbox = Outbox.open()) {
      UUID first = opened(ana, "{}");
      UUID second = opened(ana, "{}");
      assertThat(run("end", "--all", "--url", NOWHERE)).isEqualTo(OperatorCommand.FAILED);
      assertThat(err.toString()).contains("sessions events --user-id " + ana + " --session ");

      // when the sessions are ended again, then nothing is left that could have an event
      assertThat(run(outbox.env(), "end", "--all", "--url", outbox.url()))
          .isEqualTo(OperatorCommand.DONE);
      assertThat(outbox.events()).isEmpty();

      // when
      String both = first + "," + second;
      assertThat(run(outbox.env(), "events", "--session", both, "--url", outbox.url()))
          .as(err.toString())
          .isEqualTo(OperatorCommand.DONE);

      // then
      assertThat(out.toString()).contains("2 events session.ended are written");
      assertThat(outbox.events())
          .containsExactlyInAnyOrder(endedByOperator(first), endedByOperator(second));
    }
  }

  @Test
  void aSessionThatGoesOnGetsNoEvent() throws SQLException {
    // given
    try (Outbox outbox = Outbox.open()) {
      UUID ended = UUID.randomUUID();
      UUID live = opened(ana, "{}");

      // when
      String both = ended + "," + live;
      int exit = run(outbox.env(), "events", "--session", both, "--url", outbox.url());

      // then
      assertThat(exit).isEqualTo(OperatorCommand.FAILED);
      assertThat(err.toString()).contains("session " + live + " has not ended");
      assertThat(outbox.events()).isEmpty();
    }

    // and events that cannot be written now either are a failure again
    assertThat(run("events", "--session", UUID.randomUUID().toString(), "--url", NOWHERE))
        .isEqualTo(OperatorCommand.FAILED);
  }

  @Test
  void sessionsEndEvenIfTheirEventsCannotBeWritten() {
    // given
    UUID ended = opened(ana, "{}");

    // when
    int exit = run("end", "--all", "--url", NOWHERE);

    // then
    assertThat(exit).isEqualTo(OperatorCommand.FAILED);
    assertThat(out.toString()).contains("session " + ended + " has ended");
    assertThat(err.toString()).contains("the events session.ended are not written: ");
    assertThat(left()).isEmpty();
    assertThat(revoked()).containsExactly(ended);
  }
}
