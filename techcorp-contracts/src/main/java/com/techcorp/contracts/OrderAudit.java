package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.Storage;
import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.order.Order;
import com.techcorp.order.OrderHistory;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.OrderStatus;
import com.techcorp.payment.Refund;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.testkit.SimulatedMoney;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The invariants that can be checked through the ports alone: stock, money, histories. */
final class OrderAudit {
  private static final Set<OrderStatus> SOLD =
      EnumSet.of(OrderStatus.CONFIRMED, OrderStatus.SHIPPED, OrderStatus.DELIVERED);

  private final Map<UUID, Long> received = new HashMap<>();
  private final List<UUID> otherHolds = new ArrayList<>();

  void received(UUID product, long units) {
    received.merge(product, units, Long::sum);
  }

  /** Holds of somebody who is not an order here. */
  void alsoHeldBy(UUID holder) {
    otherHolds.add(holder);
  }

  /** Checks all; money only against the books of a provider, once all work is done. */
  void check(
      Storage storage,
      StockLedger stock,
      Collection<UUID> orders,
      @Nullable Function<UUID, SimulatedMoney> books) {
    Map<UUID, Long> sold = new HashMap<>();
    Map<UUID, Long> held = new HashMap<>();
    List<UUID> holders = new ArrayList<>(orders);
    holders.addAll(otherHolds);
    for (UUID holder : holders) {
      for (Reservation r : stock.reservations(holder)) {
        if (r.status() == ReservationStatus.CONFIRMED) {
          sold.merge(r.productId(), r.quantity(), Long::sum);
        } else if (r.status() == ReservationStatus.PENDING) {
          held.merge(r.productId(), r.quantity(), Long::sum);
        }
      }
    }
    received.forEach(
        (product, units) -> {
          long reserved = held.getOrDefault(product, 0L);
          long available = units - sold.getOrDefault(product, 0L) - reserved;
          assertThat(stock.levels(List.of(product)))
              .as("I1: what came in is available, held or sold")
              .containsEntry(product, new StockLevel(product, available, reserved));
        });
    for (UUID id : orders) {
      Order order = storage.orders().find(id).orElseThrow();
      assertThat(new OrderHistory(id, storage.orders().events(id)).replay())
          .as("I4: the history of order %s folds to its row", order.orderNumber())
          .isEqualTo(order);
      if (books != null) {
        money(storage, order, books.apply(id));
      }
    }
  }

  private static void money(Storage storage, Order order, SimulatedMoney books) {
    boolean sold = SOLD.contains(order.status());
    assertThat(books.charges()).as("I2: %s is charged once at most", order.id()).isLessThan(2);
    assertThat(books.kept())
        .as("I2: what the provider's books say we keep of %s, %s", order.id(), order.status())
        .isEqualTo(sold ? order.amount() : 0);
    assertThat(order.refundStatus())
        .as("I3: no refund is left")
        .isNotEqualTo(OrderRefundStatus.REQUESTED);
    Transaction charge = storage.payments().ofOrder(order.id()).orElse(null);
    if (charge != null) {
      assertThat(charge.status() == TransactionStatus.APPROVED)
          .as("I2: %s of order %s", charge.status(), order.status())
          .isEqualTo(sold);
      long refunded =
          storage.payments().refunds(charge.id()).stream()
              .filter(refund -> refund.status() == RefundStatus.SUCCEEDED)
              .mapToLong(Refund::amount)
              .sum();
      assertThat(refunded).as("I2: our refunds are the provider's").isEqualTo(books.refunded());
    }
  }
}
