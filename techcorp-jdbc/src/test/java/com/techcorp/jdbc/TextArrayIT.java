package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.jdbc.internal.batch.StatementBatch;
import com.techcorp.jdbc.internal.batch.StatementTexts;
import com.techcorp.jdbc.internal.batch.TextArray;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;

/** Arrays of text reach the server, in binary where the connection allows it and else as text. */
class TextArrayIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final String BACK =
      "select u from unnest(?::text[]) with ordinality as a(u, n) order by n";

  @AfterAll
  static void drop() {
    DATABASE.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"binaryTransfer=true", "binaryTransfer=false", "prepareThreshold=0"})
  void whatIsSentIsWhatArrives(String setting) throws SQLException {
    // given
    List<@Nullable String> mixed =
        Arrays.asList(
            "PAID",
            "PAID",
            null,
            "",
            "\"{a,b}\" \\ null",
            "NULL",
            "São Paulo \uD83D\uDE00",
            "PAID",
            null);

    try (HikariDataSource pool = TestDatabase.pool(DATABASE.url() + "&" + setting, 1);
        Connection connection = pool.getConnection()) {
      for (int time = 1; time <= 7; time++) { // the driver prepares from the fifth on
        // when, then
        assertThat(sent(connection, mixed)).isEqualTo(mixed);
        assertThat(sent(connection, List.of())).isEmpty();
      }
      assertThat(connection.unwrap(BaseConnection.class).binaryTransferSend(Oid.TEXT_ARRAY))
          .isEqualTo(!setting.equals("binaryTransfer=false"));
    }
  }

  @Test
  void itsTextIsAnArrayLiteral() {
    List<@Nullable String> some = Arrays.asList("a", null, "b\"\\");

    assertThat(new TextArray(some, Function.identity()).getValue())
        .isEqualTo("{\"a\",NULL,\"b\\\"\\\\\"}");
  }

  private static List<@Nullable String> sent(Connection connection, List<@Nullable String> texts)
      throws SQLException {
    List<@Nullable String> back = new ArrayList<>();
    StatementBatch statements = new StatementBatch(new StatementTexts(SchemaNames.DEFAULT));
    statements.query(
        rows -> {
          while (rows.next()) {
            back.add(rows.getString(1));
          }
        },
        BACK,
        Statements.texts(texts, Function.identity()));
    statements.execute(connection);
    return back;
  }
}
