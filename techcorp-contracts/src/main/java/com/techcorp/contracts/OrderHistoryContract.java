package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.InvalidInputException;
import com.techcorp.error.NotFoundException;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEvent;
import com.techcorp.order.OrderHistory;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.OrderStatus;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an order's history tells, and who may see the order. */
public abstract class OrderHistoryContract extends OrderScenario {
  private static final Duration HOUR = Duration.ofHours(1);

  /** For subclasses. */
  protected OrderHistoryContract() {}

  @Test
  void theHistoryFoldsToTheRow() {
    UUID id = confirmed(stocked(5), 2);
    shop().orders().cancel(customer, id, "changed my mind");
    eventually(() -> assertThat(order(id).refundStatus()).isEqualTo(OrderRefundStatus.REFUNDED));

    OrderHistory history = shop().orders().history(id);

    assertThat(history.replay()).isEqualTo(order(id));
    assertThat(history.events()).extracting(OrderEvent::seq).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(history.events()).extracting(OrderEvent::hash).doesNotHaveDuplicates();
    assertThat(history.events()).extracting(OrderEvent::createdAt).isSorted();
  }

  @Test
  void theHistoryTellsHowTheOrderStoodAtAnInstant() {
    UUID id = paying(SimulatedCharge.approve(), stocked(5), 2);
    Instant created = clock().instant();
    clock().advance(Duration.ofMinutes(5));
    gateway.releaseWaiting();
    outcome(id);
    Order confirmed = order(id);
    Instant beforeShipping = clock().instant();
    clock().advance(HOUR);
    shop().orders().ship(id);

    OrderHistory history = shop().orders().history(id);

    assertThat(history.replayAt(created).status()).isEqualTo(OrderStatus.CREATED);
    assertThat(history.replayAt(created).lastSeq()).isEqualTo(1);
    assertThat(history.replayAt(beforeShipping)).isEqualTo(confirmed);
    assertThat(history.replayAt(clock().instant())).isEqualTo(order(id));
    assertThatThrownBy(() -> history.replayAt(created.minus(HOUR)))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void anotherCallerLearnsNothing() {
    UUID id = confirmed(stocked(5), 2);
    UUID stranger = newId();

    assertThat(shop().orders().find(stranger, id)).isEmpty();
    assertThat(shop().orders().list(stranger, 10)).isEmpty();
    NotFoundException others = notFound(() -> shop().orders().cancel(stranger, id, "not mine"));
    UUID nothing = newId();
    NotFoundException none = notFound(() -> shop().orders().cancel(stranger, nothing, "not there"));

    assertThat(others)
        .hasMessage(String.valueOf(none.getMessage()).replace(nothing.toString(), id.toString()));
    assertThat(order(id).status()).isEqualTo(OrderStatus.CONFIRMED);
  }

  private static NotFoundException notFound(Runnable call) {
    try {
      call.run();
    } catch (NotFoundException e) {
      return e;
    }
    throw new AssertionError("should not have been found");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    UUID nothing = newId();

    assertThatThrownBy(() -> shop().orders().history(nothing))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> shop().orders().ship(nothing)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> shop().orders().deliver(nothing))
        .isInstanceOf(NotFoundException.class);
    assertThat(shop().orders().find(customer, nothing)).isEmpty();
  }

  @Test
  void aCallersOrdersAreListedNewestFirst() {
    UUID product = stocked(5);
    UUID first = confirmed(product, 1);
    UUID second = confirmed(product, 1);
    UUID third = confirmed(product, 1);

    List<Order> all = shop().orders().list(customer, 10);

    assertThat(all).extracting(Order::id).containsExactly(third, second, first);
    assertThat(shop().orders().list(customer, 2))
        .extracting(Order::id)
        .containsExactly(third, second);
    assertThat(shop().orders().find(customer, first)).contains(order(first));
    assertThatThrownBy(() -> shop().orders().list(customer, 0))
        .isInstanceOf(InvalidInputException.class);
  }
}
