package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.WiringException;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.Step;
import com.techcorp.storage.Effect;
import java.util.ArrayList;
import java.util.List;

/** The order saga, as business prose: create, reserve, pay, confirm; and how each is taken back. */
final class OrderSagaDefinition {
  static final String NAME = "order";

  private final PayStep pay;
  private final ReversalSaga reversal;
  private final OrderStock stock;
  private final OrderOptions options;

  OrderSagaDefinition(
      PaymentGateway gateway,
      PaymentLedger payments,
      ReversalSaga reversal,
      OrderStock stock,
      OrderOptions options) {
    this.pay = new PayStep(gateway, payments, reversal, stock, options);
    this.reversal = reversal;
    this.stock = stock;
    this.options = options;
  }

  SagaDefinition<OrderSagaData> build(OrderStore orders) {
    List<Step<OrderSagaData>> steps = new ArrayList<>();
    steps.add(LocalStep.<OrderSagaData>named("create", this::create).compensatedBy(this::cancel));
    steps.add(stock.reserve());
    steps.add(pay.named("pay"));
    steps.addAll(stock.sell());
    steps.add(LocalStep.named("confirm", this::confirm));
    options.extraSteps().forEach(extra -> insert(extra, steps));
    SagaDefinition.Builder<OrderSagaData> saga =
        SagaDefinition.named(NAME, OrderSagaData.class)
            .version(options.version())
            .historyKeptBy(orders::outcomes)
            .secrets(OrderSagaData::secrets);
    steps.forEach(saga::step);
    return saga.build();
  }

  private static void insert(OrderOptions.ExtraStep extra, List<Step<OrderSagaData>> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).name().equals(extra.after())) {
        steps.add(i + 1, extra.step().within(OrderSagaData::order, (data, view) -> data));
        return;
      }
    }
    throw new WiringException(
        "step "
            + extra.step().name()
            + " is to follow "
            + extra.after()
            + ", but the order saga has no such step: use create, reserve, pay or confirm (or sell,"
            + " if the inventory is elsewhere)");
  }

  private List<Effect> create(OrderSagaData d) {
    List<Effect> effects = new ArrayList<>(d.claim());
    effects.add(OrderEvents.created(d));
    return effects;
  }

  /**
   * Returns the effects of the cancellation. The refund starts here and not earlier: it may be
   * faster than the undoing of a host's own step, and would change the order while its saga still
   * runs.
   */
  private List<Effect> cancel(OrderSagaData d, Failure why) {
    List<Effect> effects = new ArrayList<>();
    OrderEvents events = OrderEvents.soFar(d);
    if (d.paid()) {
      effects.addAll(reversal.refund(d.orderId(), d.transactionId(), d.amount(), d.currency()));
      events.refundRequested(d.amount(), d.currency());
    }
    effects.addAll(events.cancelled(why).effects());
    if (!RequestKeys.explicit(d.key())) {
      effects.add(new KeyEffect.Free(d.userId(), d.key(), d.orderId()));
    }
    return effects;
  }

  private List<Effect> confirm(OrderSagaData d) {
    List<Effect> effects = new ArrayList<>();
    if (!d.paid() && !d.free()) {
      effects.add(new PaymentEffect.RequireApproved(d.orderId()));
    }
    effects.addAll(stock.sold(d));
    effects.addAll(OrderEvents.soFar(d).confirmed().effects());
    return effects;
  }
}
