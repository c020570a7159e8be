package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.messaging.ConsumerOptions;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.Outbox;
import com.techcorp.order.OrderEventType;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one consumer's trouble is to the others, to orders, and to itself when it is over. */
public abstract class OrderConsumersContract extends OrderConsumersScenario {
  /** For subclasses. */
  protected OrderConsumersContract() {}

  @Test
  @Tag("R12")
  void aConsumerThatHangsCostsNeitherMailsNorOrdersAndGetsAllInTheEnd() {
    // given an outbox that refuses orders beyond 200 events
    relay = RelayOptions.DEFAULT.withMaxEvents(200).withMaxAge(Duration.ofHours(24));
    retries = RetryPolicy.every(Duration.ofMillis(10), Integer.MAX_VALUE);
    subscribeErp(Duration.ofSeconds(1), event -> mended.await());

    // when
    List<UUID> orders = takeOrders(ORDERS);

    // then all mails are sent, nothing stays in the outbox, and orders go on
    inTheEnd(() -> assertThat(mailbox.messages()).hasSize(ORDERS));
    inTheEnd(() -> assertThat(storage().outbox().backlog().events()).isZero());
    inTheEnd(() -> assertThat(shop().backlog().consumers()).containsKey("erp"));
    inTheEnd(() -> assertThat(handled).hasSize(2 * (ORDERS - HANGING)));
    assertThat(shop().health().counters().get("consumers.timed-out"))
        .isGreaterThanOrEqualTo(HANGING);

    // when
    mended.countDown();

    // then
    assertErpHasEachOrderInSequence(orders);
    assertThat(storage().inbox().dead("erp", 10)).isEmpty();
  }

  @Test
  @Tag("B01")
  void aConsumerThatThrowsErrorsCostsNobodyElseAndGetsAllInTheEnd() {
    // given
    retries = RetryPolicy.every(Duration.ofMillis(10), Integer.MAX_VALUE);
    subscribeErp(
        Duration.ofMinutes(3),
        event -> {
          if (mended.getCount() > 0) {
            throw new ServiceConfigurationError("no provider (simulated)");
          }
        });

    // when
    List<UUID> orders = takeOrders(20);

    // then
    inTheEnd(() -> assertThat(mailbox.messages()).hasSize(20));
    inTheEnd(() -> assertThat(storage().outbox().backlog().events()).isZero());
    inTheEnd(() -> assertThat(handled).hasSize(2 * (20 - HANGING)));

    // when
    mended.countDown();

    // then
    assertErpHasEachOrderInSequence(orders);
  }

  @Test
  void whatAPollFindsBeforeItsCommitReturnsIsHandledOnce() {
    // given a thread that stops between its commit and handing over, until the outbox is read twice
    AtomicInteger reads = new AtomicInteger();
    AtomicInteger stops = new AtomicInteger();
    storageWire =
        storage ->
            WiredStorage.writing(
                    inner ->
                        (fence, batch) -> {
                          List<CommitResult> results = inner.commit(fence, batch);
                          if (publishesFirst(batch)) {
                            int before = reads.get();
                            stops.incrementAndGet();
                            Awaitility.await().atMost(LIMIT).until(() -> reads.get() > before + 2);
                          }
                          return results;
                        })
                .apply(WiredStorage.outbox(inner -> counting("held", reads, inner)).apply(storage));
    subscribeErp(Duration.ofMinutes(3), event -> {});

    // when
    List<UUID> orders = takeOrders(10);

    // then
    assertErpHasEachOrderInSequence(orders);
    assertThat(stops).hasValueGreaterThanOrEqualTo(10);
  }

  @Test
  void aProcessThatClosesKeepsWhatItsConsumersAreAt() throws InterruptedException {
    // given a consumer at work, in one of two processes
    AtomicInteger polls = new AtomicInteger();
    subscribeErp(Duration.ofMinutes(3), event -> untilMended());
    UUID order = takeOrders(1).get(0);
    inTheEnd(() -> assertThat(atOnce).containsEntry(order, 1));
    storageWire = WiredStorage.outbox(inner -> counting("claim", polls, inner));
    another();
    subscribeErp(Duration.ofMinutes(3), event -> untilMended());

    // when the first process closes, and the second one looks for what it may have left
    Thread closer = new Thread(shop()::close);
    closer.start();
    inTheEnd(() -> assertThat(closer.getState()).isEqualTo(Thread.State.TIMED_WAITING));
    int before = polls.get();
    inTheEnd(() -> assertThat(polls).hasValueGreaterThan(before + 5));

    // then
    assertThat(overlaps).as("two calls of one order at once").hasValue(0);

    // when
    mended.countDown();
    closer.join(LIMIT.toMillis());

    // then
    assertErpHasEachOrderInSequence(List.of(order));
  }

  private static Outbox counting(String wanted, AtomicInteger calls, Outbox inner) {
    return WiredStorage.proxy(
        Outbox.class,
        inner,
        (method, call) -> {
          Object answer = call.make();
          if (method.equals(wanted)) {
            calls.incrementAndGet();
          }
          return answer;
        });
  }

  private static boolean publishesFirst(List<WriteSet> batch) {
    return batch.stream()
        .flatMap(work -> work.effects().stream())
        .anyMatch(effect -> effect instanceof Publish event && event.sequence() == 1);
  }

  @Test
  void aSlowConsumerKeepsNobodyWaiting() {
    // given one that has one thread and is far slower than the orders come
    subscribe(
        new Subscription(
            "slow",
            OrderEventType.routingKeys(),
            event -> {
              mended.await(20, TimeUnit.MILLISECONDS);
              handled.add(event);
            },
            ConsumerOptions.DEFAULT
                .withThreads(1)
                .withMaxWaiting(4)
                .withMaxWait(Duration.ofMillis(50))));

    // when
    List<UUID> orders = takeOrders(60);

    // then
    inTheEnd(() -> assertThat(mailbox.messages()).hasSize(60));
    inTheEnd(() -> assertThat(storage().outbox().backlog().events()).isZero());
    assertErpHasEachOrderInSequence(orders);
    assertThat(shop().health().findings()).isEmpty();
  }

  @Test
  @DisplayName("close() from within a consumer does not wait for itself")
  void aConsumerMayCloseTheShop() {
    // given
    AtomicInteger closed = new AtomicInteger();
    subscribe(
        new Subscription(
            "closer",
            Set.of("order.confirmed"),
            event -> {
              shop().close(Duration.ofDays(1));
              closed.incrementAndGet();
            }));

    // when
    UUID id = confirmed(stocked(50), 1);

    // then: another process sends what this one has not
    eventually(() -> assertThat(closed.get()).isPositive());
    another();
    eventually(
        () ->
            assertThat(published(id))
                .extracting(Event::type)
                .contains("payment.confirmed", "order.confirmed"));
  }
}
