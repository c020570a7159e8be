package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.jdbc.internal.batch.StatementBatch;
import com.techcorp.jdbc.internal.batch.StatementTexts;
import com.techcorp.jdbc.internal.batch.UuidArray;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;

/** Arrays of UUIDs reach the server, in binary where the connection allows it and else as text. */
class UuidArrayIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final String BACK =
      "select u from unnest(?::uuid[]) with ordinality as a(u, n) order by n";

  @AfterAll
  static void drop() {
    DATABASE.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"binaryTransfer=true", "binaryTransfer=false", "prepareThreshold=0"})
  void whatIsSentIsWhatArrives(String setting) throws SQLException {
    // given
    UUID small = new UUID(0, 1);
    UUID large = new UUID(-1, -1);
    List<@Nullable UUID> mixed = Arrays.asList(large, null, small, UUID.randomUUID(), null);

    try (HikariDataSource pool = TestDatabase.pool(DATABASE.url() + "&" + setting, 1);
        Connection connection = pool.getConnection()) {
      for (int time = 1; time <= 7; time++) { // the driver prepares from the fifth on
        // when, then
        assertThat(sent(connection, mixed)).isEqualTo(mixed);
        assertThat(sent(connection, List.of())).isEmpty();
      }
      assertThat(connection.unwrap(BaseConnection.class).binaryTransferSend(Oid.UUID_ARRAY))
          .isEqualTo(!setting.equals("binaryTransfer=false"));
    }
  }

  @Test
  void itsTextIsAnArrayLiteral() {
    List<@Nullable UUID> one = Arrays.asList(new UUID(0, 1), null);

    assertThat(new UuidArray(one, Function.identity()).getValue())
        .isEqualTo("{00000000-0000-0000-0000-000000000001,null}");
  }

  private static List<@Nullable UUID> sent(Connection connection, List<@Nullable UUID> uuids)
      throws SQLException {
    List<@Nullable UUID> back = new ArrayList<>();
    StatementBatch statements = new StatementBatch(new StatementTexts(SchemaNames.DEFAULT));
    statements.query(
        rows -> {
          while (rows.next()) {
            back.add(rows.getObject(1, UUID.class));
          }
        },
        BACK,
        Statements.uuids(uuids, Function.identity()));
    statements.execute(connection);
    return back;
  }
}
