package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.messaging.Backlog.Waiting;
import com.techcorp.messaging.ConsumerOptions;
import com.techcorp.messaging.ConsumerPausedException;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderEventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Orders are taken while a consumer is paused, however long and however much waits for it. */
public abstract class OrderPausedConsumerContract extends OrderConsumersScenario {
  private static final int BEFORE = 5;
  private static final int AFTER = 5;

  private final AtomicBoolean away = new AtomicBoolean(true);

  /** For subclasses. */
  protected OrderPausedConsumerContract() {}

  @Test
  @Tag("T42")
  void eventsThatWaitForADayForAPausedConsumerRefuseNoOrder() {
    // given a consumer whose server is away, and whose backlog has a bound of one event
    subscribe(
        new Subscription(
            "search",
            OrderEventType.routingKeys(),
            event -> {
              if (away.get()) {
                throw new ConsumerPausedException("search is away", Duration.ofMillis(20));
              }
              handled.add(event);
            },
            ConsumerOptions.DEFAULT.withMaxBacklog(1)));
    List<UUID> orders = new ArrayList<>(takeOrders(BEFORE));
    inTheEnd(() -> assertThat(storage().outbox().backlog().events()).isZero());

    // when they are older than any event of the outbox may be
    clock().advance(RelayOptions.DEFAULT.maxAge().plusHours(1));
    inTheEnd(
        () -> {
          Map<String, Waiting> waiting = shop().backlog().consumers();
          assertThat(waiting).containsKey("search");
          assertThat(Objects.requireNonNull(waiting.get("search")).age())
              .isGreaterThan(RelayOptions.DEFAULT.maxAge());
        });

    // then
    orders.addAll(takeOrders(AFTER));
    inTheEnd(() -> assertThat(storage().outbox().backlog().events()).isZero());
    assertThat(shop().health().findings())
        .anyMatch(
            finding ->
                finding.code().equals("CONSUMER_PAUSED") && finding.what().contains("search"));
    assertThat(storage().inbox().dead("search", ORDERS)).isEmpty();

    // when
    away.set(false);

    // then
    assertErpHasEachOrderInSequence(orders);
    assertThat(storage().inbox().dead("search", ORDERS)).isEmpty();
  }
}
