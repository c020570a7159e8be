package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.Storage;
import com.techcorp.contracts.CartReuseContract;
import com.techcorp.contracts.HeededSignalsContract;
import com.techcorp.contracts.InventoryReserverContract;
import com.techcorp.contracts.LateAnswerContract;
import com.techcorp.contracts.OrderAmountContract;
import com.techcorp.contracts.OrderBulkheadContract;
import com.techcorp.contracts.OrderCancellationContract;
import com.techcorp.contracts.OrderConsumersContract;
import com.techcorp.contracts.OrderExtraStepsContract;
import com.techcorp.contracts.OrderFaultsContract;
import com.techcorp.contracts.OrderFreeContract;
import com.techcorp.contracts.OrderIdempotencyContract;
import com.techcorp.contracts.OrderLifecycleContract;
import com.techcorp.contracts.OrderNotificationContract;
import com.techcorp.contracts.OrderOddAmountContract;
import com.techcorp.contracts.OrderPaymentContract;
import com.techcorp.contracts.OrderRefundContract;
import com.techcorp.contracts.OrderRefundWindowContract;
import com.techcorp.contracts.OrderSagaContract;
import com.techcorp.contracts.OrderSecretsContract;
import com.techcorp.contracts.OrderSoldOutContract;
import com.techcorp.contracts.OrderTrapsContract;
import com.techcorp.contracts.SagaAdminContract;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The behaviour of orders, on PostgreSQL; each test ends with the invariants checked. */
class PostgresOrderSagaIT {
  private static final Duration GRACE = Duration.ofMinutes(10);

  private static TestDatabase database;

  private final SteppedClock clock = SteppedClock.create();
  private final Storage storage =
      PostgresStorage.builder(database.emptied().pool()).clock(clock).build();

  @BeforeAll
  static void open() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private void check(boolean settled, Set<String> exemptRules) {
    InvariantReport report =
        InvariantCheck.on(database.pool())
            .settled(settled)
            .holdCap(GRACE)
            .at(clock.instant())
            .run();
    assertThat(report.violations())
        .filteredOn(violation -> !exemptRules.contains(violation.rule()))
        .as(report.text())
        .isEmpty();
  }

  /** Every row of every table, as text. */
  private String allRows() {
    return Jdbi.create(database.pool())
        .withHandle(
            handle -> {
              List<String> tables =
                  handle
                      .createQuery(
                          """
                          select format('%I.%I', table_schema, table_name)
                          from information_schema.tables
                          where table_type = 'BASE TABLE'
                            and table_schema not in ('pg_catalog', 'information_schema')
                          """)
                      .mapTo(String.class)
                      .list();
              StringBuilder text = new StringBuilder();
              for (String table : tables) {
                handle
                    .createQuery("select t::text from " + table + " t")
                    .mapTo(String.class)
                    .forEach(text::append);
              }
              return text.toString();
            });
  }

  @Nested
  class Placement extends OrderSagaContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class Payment extends OrderPaymentContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class Bulkheads extends OrderBulkheadContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class LateAnswers extends LateAnswerContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class ExtraSteps extends OrderExtraStepsContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class Traps extends OrderTrapsContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class Refunds extends OrderRefundContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class RefundsAfterTheWindow extends OrderRefundWindowContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class Amounts extends OrderAmountContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class OddAmounts extends OrderOddAmountContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class SoldOutProducts extends OrderSoldOutContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }

    @Override
    protected String dump() {
      return allRows();
    }
  }

  @Nested
  class FreeOrders extends OrderFreeContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }

    @Override
    protected String dump() {
      return allRows();
    }
  }

  @Nested
  class Cancellation extends OrderCancellationContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class Lifecycle extends OrderLifecycleContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class Idempotency extends OrderIdempotencyContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class Consumers extends OrderConsumersContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class Notification extends OrderNotificationContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class Inventory extends InventoryReserverContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class CartReuse extends CartReuseContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class Heeded extends HeededSignalsContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class Admin extends SagaAdminContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }
  }

  @Nested
  class Faults extends OrderFaultsContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }

    @Override
    protected String dump() {
      return allRows();
    }
  }

  @Nested
  class Secrets extends OrderSecretsContract {
    @Override
    protected Storage storage() {
      return storage;
    }

    @Override
    protected SteppedClock clock() {
      return clock;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      check(settled, exemptRules);
    }

    @Override
    protected String dump() {
      return allRows();
    }
  }
}
