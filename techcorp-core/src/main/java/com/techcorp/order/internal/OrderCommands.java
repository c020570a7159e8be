package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.IllegalTransitionException;
import com.techcorp.error.NotFoundException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.internal.Texts;
import com.techcorp.inventory.StockLine;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.saga.Signal;
import com.techcorp.saga.spi.CommandExecutor;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.Effect;
import com.techcorp.storage.WriteSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Executes the commands on an order that was placed. Each is a compare-and-set on the order's last
 * event.
 */
final class OrderCommands {
  private static final int ATTEMPTS = 10;

  private final CommandExecutor commands;
  private final SagaJournal journal;
  private final OrderStore orders;
  private final PaymentLedger payments;
  private final ReversalSaga reversal;
  private final OrderStock stock;
  private final Traces traces;

  OrderCommands(
      CommandExecutor commands,
      SagaJournal journal,
      OrderStore orders,
      PaymentLedger payments,
      ReversalSaga reversal,
      OrderStock stock,
      Traces traces) {
    this.commands = commands;
    this.journal = journal;
    this.orders = orders;
    this.payments = payments;
    this.reversal = reversal;
    this.stock = stock;
    this.traces = traces;
  }

  void ship(Order order) {
    move(order, OrderStatus.CONFIRMED, OrderEventType.SHIPPED);
  }

  void deliver(Order order) {
    move(order, OrderStatus.SHIPPED, OrderEventType.DELIVERED);
  }

  private void move(Order order, OrderStatus from, OrderEventType event) {
    Order now = order;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (now.status() != from) {
        throw new IllegalTransitionException(
            "order " + now.orderNumber() + " is " + now.status() + ": " + event + " needs " + from);
      }
      Failure refusal = commands.write(new WriteSet(now.id(), events(now).simple(event).effects()));
      if (refusal == null) {
        return;
      }
      now = again(now, refusal);
    }
    throw contended(order);
  }

  /**
   * Cancels an order: before the confirmation the saga decides; afterwards the sale is reversed
   * here.
   */
  void cancel(Order order, String reason) {
    Texts.kept("reason", reason);
    Order now = order;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      switch (now.status()) {
        case CANCELLED -> {
          return;
        }
        case SHIPPED, DELIVERED ->
            throw new IllegalTransitionException(
                "order " + now.orderNumber() + " is " + now.status() + " and cannot be cancelled");
        case CREATED -> {
          Signal wish = new Signal(Signal.Kind.CANCEL, reason, now.userId().toString());
          if (journal.signal(now.id(), wish)) {
            commands.wakeUp();
            return;
          }
          now = reread(now);
        }
        case CONFIRMED -> {
          Failure refusal = commands.write(new WriteSet(now.id(), takenBack(now, reason)));
          if (refusal == null) {
            commands.wakeUp();
            return;
          }
          now = again(now, refusal);
        }
      }
    }
    throw contended(order);
  }

  private List<Effect> takenBack(Order order, String reason) {
    List<StockLine> lines =
        order.lines().stream()
            .map(line -> new StockLine(line.productId(), line.quantity()))
            .toList();
    List<Effect> effects = new ArrayList<>();
    effects.add(new KeyEffect.Free(order.userId(), RequestKeys.ofCart(order.cartId()), order.id()));
    OrderEvents events = events(order).cancelled(Failure.CANCELLED, reason);
    Transaction charge = payments.ofOrder(order.id()).orElse(null);
    if (charge != null) {
      effects.addAll(reversal.refund(order.id(), charge.id(), charge.amount(), charge.currency()));
      events.refundRequested(charge.amount(), charge.currency());
    }
    effects.addAll(events.effects());
    effects.add(stock.takenBack(order.id(), lines, orders.holdToken(order.id()).orElse(null)));
    return effects;
  }

  private OrderEvents events(Order order) {
    return OrderEvents.of(order, traces);
  }

  /** A concurrent change won: decides again on the current state. */
  private Order again(Order order, Failure refusal) {
    Order now = reread(order);
    boolean moved = refusal.code().equals(OrderEffect.ORDER_MOVED);
    if (!moved && now.lastSeq() == order.lastSeq()) {
      throw new IllegalTransitionException(
          "order " + order.orderNumber() + " cannot be changed: " + refusal.message());
    }
    return now; // whichever guard said so first
  }

  private Order reread(Order order) {
    return orders
        .find(order.id())
        .orElseThrow(() -> new NotFoundException("order " + order.id() + " is gone"));
  }

  private static UnavailableException contended(Order order) {
    return new UnavailableException(
        "order " + order.orderNumber() + " changes too fast: try again");
  }
}
