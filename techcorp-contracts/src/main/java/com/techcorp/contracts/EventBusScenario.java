package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.error.UnavailableException;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.ConsumerOptions;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.order.OrderEventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A bus and its consumers, in short words. */
public abstract class EventBusScenario extends Contract<EventBusUnderTest> {
  static final Duration LIMIT = Duration.ofSeconds(60);
  static final String CONFIRMED = "order.confirmed";
  static final String CANCELLED = "order.cancelled";
  static final String UPDATED = "product.updated";

  final Map<String, List<Event>> handled = new ConcurrentHashMap<>();

  /** For subclasses. */
  protected EventBusScenario() {}

  final EventTransport bus() {
    return adapter().bus();
  }

  final int attempts() {
    return adapter().attempts();
  }

  final List<String> reasonsOfDead(String consumer) {
    return adapter().reasonsOfDead().apply(consumer);
  }

  /** As the relay does: again and again until it is taken. */
  final void offer(Event event) {
    await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO) // or what failed before would be tried again meanwhile
        .pollInterval(Duration.ofMillis(10))
        .until(() -> taken(event));
  }

  /** Does not wait until it is taken, which is when a consumer in the process has handled it. */
  final CompletableFuture<Void> offering(Event event) {
    return bus()
        .publish(event)
        .exceptionally(failure -> false)
        .thenCompose(
            taken ->
                taken
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.runAsync(() -> offer(event)));
  }

  static ConsumerOptions oneThread() {
    return ConsumerOptions.DEFAULT.withThreads(1);
  }

  /** A bus that takes nothing for now has not taken it. */
  final boolean taken(Event event) {
    return bus()
        .publish(event)
        .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(
            failure -> {
              assertThat(failure).isInstanceOf(UnavailableException.class);
              return false;
            })
        .join();
  }

  final void subscribe(String consumer, String... types) {
    bus().subscribe(new Subscription(consumer, Set.of(types), event -> of(consumer).add(event)));
  }

  final void subscribeFailing(String consumer, UUID order, int failures) {
    bus()
        .subscribe(
            new Subscription(
                consumer,
                Set.of(CONFIRMED),
                event -> {
                  of(consumer).add(event);
                  long attempt = of(consumer).stream().filter(event::equals).count();
                  if (event.stream().id().equals(order) && attempt <= failures) {
                    throw new IllegalStateException("no luck");
                  }
                }));
  }

  final List<Event> of(String consumer) {
    return handled.computeIfAbsent(consumer, name -> new CopyOnWriteArrayList<>());
  }

  final void awaitHandled(String consumer, int count) {
    await().atMost(LIMIT).until(() -> new ArrayList<>(of(consumer)).size() >= count);
  }

  static Event event(UUID order, int sequence, String type) {
    UUID id = UUID.randomUUID();
    JsonObject.Builder payload = JsonObject.builder();
    payload.put("event", type);
    payload.put("event_id", id.toString());
    payload.put("version", 1);
    payload.put("order_id", order.toString());
    payload.put("sequence", sequence);
    payload.put("order_number", "TC-2026-000001");
    payload.put("amount", 29_990);
    return new Event(id, OrderEventType.streamOf(order), sequence, type, payload.build());
  }

  /** Of a product, whose events have no order. */
  static Event updated(UUID product) {
    UUID id = UUID.randomUUID();
    JsonObject.Builder payload = JsonObject.builder();
    payload.put("event", UPDATED);
    payload.put("event_id", id.toString());
    payload.put("version", 1);
    payload.put("product_id", product.toString());
    return new Event(
        id, new EventStream("product", product), Event.UNORDERED, UPDATED, payload.build());
  }
}
