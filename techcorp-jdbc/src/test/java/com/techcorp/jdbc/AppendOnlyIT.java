package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happened is not changed afterwards: the database itself refuses. */
class AppendOnlyIT {
  private final TestDatabase database = TestDatabase.fresh();

  @AfterEach
  void drop() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update orders.order_events set event_type = 'PAID'",
        "delete from orders.order_events",
        "truncate orders.order_events",
        "update payments.reports set status = 'DECLINED'",
        "delete from payments.reports",
        "truncate payments.reports"
      })
  void isRefused(String statement) {
    String table = statement.replaceAll(".*?(\\w+\\.\\w+).*", "$1");

    assertThatThrownBy(
            () -> Jdbi.create(database.pool()).useHandle(handle -> handle.execute(statement)))
        .isInstanceOf(JdbiException.class)
        .hasMessageContaining(table + " is append-only")
        .hasMessageContaining("Retention and erasure");
  }
}
