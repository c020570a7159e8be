package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.techcorp.auth.User;
import com.techcorp.auth.UserEvent;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The directory of users when the database is away, or refuses what it gets. */
class UserFaultsIT {
  private static final String HASH = "$argon2id$planted-hash";
  private static final String EMAIL = "planted@example.com";

  private final User ada =
      new User(
          UUID.randomUUID(), EMAIL, EMAIL, HASH, UserStatus.ACTIVE, Instant.EPOCH, Instant.EPOCH);
  private final User disabled =
      new User(ada.id(), EMAIL, EMAIL, HASH, UserStatus.DISABLED, Instant.EPOCH, Instant.EPOCH);

  private static UserDirectory usersOn(DataSource dataSource) {
    return PostgresStorage.builder(dataSource)
        .schemas(SchemaNames.DEFAULT.withAuthTables())
        .timeout(Duration.ofSeconds(1))
        .readTimeout(Duration.ofSeconds(1))
        .build()
        .users();
  }

  private List<ThrowingCallable> everyCall(UserDirectory users) {
    return List.of(
        () -> users.find(ada.id()),
        () -> users.findByEmail(EMAIL),
        () -> users.add(ada),
        () -> users.change(ada, disabled, List.of(UserEvent.disabled(ada.id()))));
  }

  @Test
  void aDatabaseThatRefusesConnectionsIsUnavailable() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertUnavailable(port);
  }

  @Test
  void aDatabaseThatNeverAnswersIsUnavailable() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertUnavailable(silent.getLocalPort());
    }
  }

  private void assertUnavailable(int port) {
    PGSimpleDataSource away = new PGSimpleDataSource();
    away.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/shop?loginTimeout=1");
    for (ThrowingCallable call : everyCall(usersOn(away))) {
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(call)
          .satisfies(UserFaultsIT::quotesNothing);
    }
  }

  /** A constraint of the host's, a type that does not fit, an outbox that is gone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table auth.users add constraint strict check (length(password_hash) < 5) not valid",
        "alter table auth.users alter canonical_email type varchar(5) using 'x'",
        "alter table auth.users alter password_hash type varchar(5) using 'x'",
        "alter table auth.users rename to people",
        "create function auth.refuse() returns trigger language plpgsql as"
            + " $$ begin raise exception 'refused'; end $$;"
            + " create trigger refuse before insert or update on auth.users"
            + " for each row execute function auth.refuse()",
      })
  void whatTheDatabaseRefusesIsQuotedNowhere(String planted) {
    try (TestDatabase database = TestDatabase.fresh()) {
      TestShop.execute(database, planted);

      Throwable refused = catchThrowable(() -> usersOn(database.pool()).add(ada));

      assertThat(refused).isInstanceOf(TechCorpException.class);
      quotesNothing(refused);
    }
  }

  @Test
  void aChangeWhoseEventCannotBeWrittenIsNotMade() {
    try (TestDatabase database = TestDatabase.fresh()) {
      UserDirectory users = usersOn(database.pool());
      users.add(ada);
      TestShop.execute(
          database,
          "alter table messaging.outbox add constraint no_users check (stream_type <> 'user')");

      Throwable refused =
          catchThrowable(() -> users.change(ada, disabled, List.of(UserEvent.disabled(ada.id()))));

      assertThat(refused).isInstanceOf(TechCorpException.class);
      quotesNothing(refused);
      assertThat(users.find(ada.id())).contains(ada);
      assertThat(users.change(ada, disabled, List.of())).isTrue();
    }
  }

  private static void quotesNothing(Throwable thrown) {
    StringWriter all = new StringWriter();
    thrown.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain("planted");
  }
}
