package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.TechCorp;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.saga.EngineOptions;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A time-out that the database reports: nothing was written, and the node keeps its lease. */
@Tag("slow")
class ReportedTimeoutsIT {
  private static final String SLOW =
      """
      create table slow (seconds numeric);
      create function slow() returns trigger language plpgsql as
        $$ begin perform pg_sleep(seconds) from slow; return null; end $$;
      """;

  private TestShop shop;
  private PausingPool pool;
  private TechCorp library;
  private UUID product;
  private long node;

  @BeforeEach
  void open() {
    shop = TestShop.fresh();
    pool = new PausingPool(shop.database());
    // Far enough from each other that a busy machine does not mistake a slow answer for silence.
    start(Duration.ofSeconds(6));
    product = shop.product(library, 10);
  }

  private void start(Duration timeout) {
    PostgresStorage storage = PostgresStorage.builder(pool).timeout(timeout).build();
    library =
        shop.closing(
            shop.wired()
                .storage(storage)
                .engine(
                    EngineOptions.DEFAULT
                        .withLease(Duration.ofSeconds(30))
                        .withPlaceTimeout(Duration.ofMinutes(1)))
                .start());
    node = node();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private long node() {
    return shop.sql()
        .withHandle(h -> h.createQuery("select max(id) from saga.nodes").mapTo(Long.class).one());
  }

  @Test
  @DisplayName("57014: a statement was too slow, with COMMIT behind it in the same round trip")
  void aSlowStatementWritesNothing() {
    slow("create trigger slow after insert on orders.orders execute function slow()");
    refusesAndThenAccepts("57014");
  }

  @Test
  @DisplayName("25P04: no statement was too slow, the transaction was, as it is from PostgreSQL 17")
  void aSlowTransactionWritesNothing() {
    assumeThat(pool.serverVersion()).as("transaction_timeout is known").isGreaterThanOrEqualTo(17);
    // That time-out and silence are 1/16 apart.
    library.close();
    start(Duration.ofSeconds(12));
    String slow = "create trigger slow after insert on %s execute function slow()";
    slow(slow.formatted("orders.idempotency_keys"));
    shop.sql().useHandle(h -> h.execute(slow.formatted("payments.transactions")));
    shop.sql().useHandle(h -> h.execute("update slow set seconds = 8"));
    refusesAndThenAccepts("25P04");
  }

  @Test
  @DisplayName("25P03: the process paused in the middle of a batch, which is repeated")
  void aPauseInATransactionWritesNothing() {
    // given: a product that just fell short is decided carefully, with a round trip before the
    // writes
    assertThat(TestShop.outcome(library.orders().place(shop.order(product, 11))))
        .isInstanceOf(OrderOutcome.Cancelled.class);
    long orders = shop.count("orders.orders");
    PlaceOrder request = shop.order(product, 1);

    // when
    pool.pauseBeforeNextCommit();
    OrderReceipt receipt = library.orders().place(request);

    // then
    assertThat(pool.reported()).as("what ended the paused transaction").isEqualTo("25P03");
    assertThat(TestShop.outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(shop.count("orders.orders")).isEqualTo(orders + 1);
    assertThat(shop.gateway.calls(SimulatedCall.CHARGE)).isOne();
    assertThat(node()).as("the node that it was before").isEqualTo(node);
    shop.assertSettles();
  }

  @Test
  @DisplayName("a COMMIT that is too slow itself, by a deferred trigger, is found out either way")
  void aSlowCommitIsFoundOut() {
    // given: no statement is slow, COMMIT is; nothing but transaction_timeout ends it, if there is
    // one
    slow(
        """
        create constraint trigger slow after insert on orders.orders deferrable initially deferred
        for each row execute function slow()
        """);
    PlaceOrder request = shop.order(product, 1);

    // when
    OrderReceipt receipt = placed(request);

    // then
    assertThat(TestShop.outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(shop.count("orders.orders")).isOne();
    assertThat(shop.gateway.calls(SimulatedCall.CHARGE)).isOne();
    shop.assertSettles();
  }

  /** As a client does that repeats its request; the database recovers after the first failure. */
  private OrderReceipt placed(PlaceOrder request) {
    while (true) {
      try {
        return library.orders().place(request);
      } catch (com.techcorp.error.UnavailableException e) {
        shop.sql().useHandle(h -> h.execute("update slow set seconds = 0"));
      }
    }
  }

  private void slow(String trigger) {
    shop.sql()
        .useHandle(
            h -> {
              h.execute(SLOW);
              h.execute("insert into slow values (15)");
              h.execute(trigger);
            });
  }

  private void refusesAndThenAccepts(String reported) {
    // given
    PlaceOrder request = shop.order(product, 1);

    // when
    assertThatThrownBy(() -> library.orders().place(request))
        .isInstanceOf(NotWrittenException.class)
        .hasMessageContaining(reported);

    // then
    assertThat(shop.count("orders.orders")).isZero();
    assertThat(shop.count("orders.idempotency_keys")).isZero();
    assertThat(node()).as("the node that it was before").isEqualTo(node);

    // and when
    shop.sql().useHandle(h -> h.execute("update slow set seconds = 0"));

    // then
    assertThat(TestShop.outcome(library.orders().place(request)))
        .isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(node()).as("the node that it was before").isEqualTo(node);
    shop.assertSettles();
  }

  @Test
  @DisplayName("57014 after the charge: what the provider said is written at the next attempt")
  void anAnswerThatCouldNotBeWrittenIsWrittenNext() {
    // given: a charge under way
    shop.gateway.on().every(SimulatedCharge.approve().untilReleased());
    OrderReceipt receipt = library.orders().place(shop.order(product, 1));
    await().atMost(TestShop.PATIENCE).until(() -> shop.gateway.waiting() == 1);
    slow("create trigger slow after update on payments.transactions execute function slow()");

    // when: only what was begun by then is slow
    shop.gateway.releaseWaiting();
    await()
        .atMost(TestShop.PATIENCE)
        .until(() -> shop.count("pg_stat_activity where wait_event = 'PgSleep'") > 0);
    shop.sql().useHandle(h -> h.execute("update slow set seconds = 0"));

    // then
    assertThat(TestShop.outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(node()).as("the node that it was before").isEqualTo(node);
    assertThat(shop.gateway.calls(SimulatedCall.CHARGE)).isOne();
    assertThat(shop.gateway.calls(SimulatedCall.LOOK_UP)).isZero();
    shop.assertSettles();
  }
}
