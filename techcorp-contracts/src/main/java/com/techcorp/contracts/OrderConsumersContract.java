package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.messaging.ConsumerOptions;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.Outbox;
import com.techcorp.order.OrderEventType;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one consumer's trouble is to the others, to orders, and to itself when it is over. */
public abstract class OrderConsumersContract extends OrderScenario {
  private static final int ORDERS = 102;
  private static final int HANGING = 4;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<Event> handled = new CopyOnWriteArrayList<>();
  private final Set<UUID> reluctant = ConcurrentHashMap.newKeySet();
  private final Map<UUID, Integer> atOnce = new ConcurrentHashMap<>();
  private final AtomicInteger overlaps = new AtomicInteger();
  private final CountDownLatch mended = new CountDownLatch(1);

  /** For subclasses. */
  protected OrderConsumersContract() {}

  /** As long as it takes on a busy machine, while the storage's time passes. */
  private void inTheEnd(ThrowingRunnable then) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              clock().advance(Duration.ofMillis(20));
              then.run();
            });
  }

  private interface Trouble {
    void at(Event event) throws Exception;
  }

  /** The consumer {@code erp}, which has trouble with the first orders that it gets. */
  private void subscribeErp(Duration timeout, Trouble trouble) {
    subscribe(
        new Subscription(
                "erp",
                OrderEventType.routingKeys(),
                event -> {
                  if (atOnce.merge(event.stream().id(), 1, Integer::sum) > 1) {
                    overlaps.incrementAndGet();
                  }
                  try {
                    synchronized (reluctant) {
                      if (reluctant.size() < HANGING) {
                        reluctant.add(event.stream().id());
                      }
                    }
                    if (reluctant.contains(event.stream().id())) {
                      trouble.at(event);
                    }
                    handled.add(event);
                  } finally {
                    atOnce.merge(event.stream().id(), -1, Integer::sum);
                  }
                })
            .withTimeout(timeout));
  }

  private List<UUID> takeOrders(int count) {
    UUID product = stocked(2L * ORDERS);
    List<UUID> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      orders.add(confirmed(product, 1));
    }
    return orders;
  }

  private List<String> typesOf(UUID order) {
    return handled.stream()
        .filter(event -> event.stream().id().equals(order))
        .map(Event::type)
        .toList();
  }

  private void assertErpHasEachOrderInSequence(List<UUID> orders) {
    inTheEnd(
        () ->
            assertThat(orders)
                .allSatisfy(
                    order ->
                        assertThat(typesOf(order))
                            .containsExactly("payment.confirmed", "order.confirmed")));
    inTheEnd(() -> assertThat(storage().consumerBacklog().waiting()).isEmpty());
    assertThat(handled).hasSize(2 * orders.size());
    assertThat(overlaps).as("two calls of one order at once").hasValue(0);
  }

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
  void aConsumerThatIgnoresItsInterruptionIsNamedAndItsOrderGivenUp() {
    // given
    exempt.add("i5-no-dead-letters");
    subscribeErp(Duration.ofMillis(300), event -> untilMended());

    // when
    List<UUID> orders = takeOrders(HANGING + 6);
    UUID stuck = orders.get(0);

    // then it is named, with its thread and its order
    inTheEnd(() -> assertThat(stuckCalls()).extracting(Finding::subject).contains(stuck));
    assertThat(stuckCalls())
        .allSatisfy(
            finding -> {
              assertThat(finding.what()).contains("consumer erp does not return");
              assertThat(finding.thread()).startsWith("techcorp-consumer-erp");
              assertThat(finding.since()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            });
    assertThat(shop().health().status()).isEqualTo(HealthStatus.DEGRADED);

    // then its threads are replaced
    inTheEnd(() -> assertThat(handled).hasSize(12));

    // when more of that order comes, and it does not return
    shop().orders().ship(stuck);

    // then these are dead letters, in sequence
    inTheEnd(
        () ->
            assertThat(dead(stuck))
                .containsExactly("payment.confirmed", "order.confirmed", "order.shipped"));
    inTheEnd(
        () ->
            assertThat(List.copyOf(reluctant))
                .allSatisfy(
                    order ->
                        assertThat(dead(order)).contains("payment.confirmed", "order.confirmed")));
    assertThat(overlaps).as("two calls of one order at once").hasValue(0);

    // when it returns, and an operator hands them to it again
    mended.countDown();
    inTheEnd(() -> assertThat(stuckCalls()).isEmpty());
    reluctant.clear();
    handled.clear();
    inProcessBus().replay("erp", 100);

    // then
    inTheEnd(
        () ->
            assertThat(typesOf(stuck))
                .containsExactly("payment.confirmed", "order.confirmed", "order.shipped"));
    inTheEnd(() -> assertThat(storage().consumerBacklog().waiting()).isEmpty());
    assertThat(storage().inbox().dead("erp", 100)).isEmpty();
  }

  @Test
  void aCallThatEndsWellAfterItsTimeOutCounts() {
    // given a time-out that is long enough for this test to look
    subscribeErp(Duration.ofSeconds(4), event -> untilMended());

    // when
    UUID order = takeOrders(1).get(0);
    inTheEnd(() -> assertThat(stuckCalls()).isNotEmpty());
    mended.countDown();

    // then
    assertErpHasEachOrderInSequence(List.of(order));
    assertThat(storage().inbox().dead("erp", 10)).isEmpty();
  }

  private List<Finding> stuckCalls() {
    return shop().health().findings().stream()
        .filter(finding -> finding.code().equals("CONSUMER_STUCK"))
        .toList();
  }

  private List<String> dead(UUID order) {
    return storage().inbox().dead("erp", 100).stream()
        .map(Inbox.DeadLetter::event)
        .filter(event -> event.stream().id().equals(order))
        .map(Event::type)
        .toList();
  }

  private void untilMended() {
    boolean interrupted = true;
    while (interrupted) {
      try {
        if (!mended.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          throw new NoSuchElementException("never mended");
        }
        interrupted = false;
      } catch (InterruptedException e) {
        // as a driver that goes on whatever happens
      }
    }
  }
}
