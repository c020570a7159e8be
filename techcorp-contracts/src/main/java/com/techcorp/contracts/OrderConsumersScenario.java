package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderEventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** The consumer {@code erp}, which has trouble with some orders until it is mended. */
public abstract class OrderConsumersScenario extends OrderScenario {
  static final int ORDERS = 102;
  static final int HANGING = 4;
  static final Duration LIMIT = Duration.ofSeconds(60);

  final List<Event> handled = new CopyOnWriteArrayList<>();
  final Set<UUID> reluctant = ConcurrentHashMap.newKeySet();
  final Map<UUID, Integer> atOnce = new ConcurrentHashMap<>();
  final AtomicInteger overlaps = new AtomicInteger();
  final CountDownLatch mended = new CountDownLatch(1);

  /** For subclasses. */
  protected OrderConsumersScenario() {}

  /** As long as it takes on a busy machine, while the storage's time passes. */
  final void inTheEnd(ThrowingRunnable then) {
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

  interface Trouble {
    void at(Event event) throws Exception;
  }

  /** The consumer {@code erp}, which has trouble with the first orders that it gets. */
  final void subscribeErp(Duration timeout, Trouble trouble) {
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

  final List<UUID> takeOrders(int count) {
    UUID product = stocked(2L * ORDERS);
    List<UUID> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      orders.add(confirmed(product, 1));
    }
    return orders;
  }

  final List<String> typesOf(UUID order) {
    return handled.stream()
        .filter(event -> event.stream().id().equals(order))
        .map(Event::type)
        .toList();
  }

  final void assertErpHasEachOrderInSequence(List<UUID> orders) {
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

  final void untilMended() {
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
