package com.techcorp.order.internal;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Money that must go back, or must not come: settle an abandoned charge, then refund what was
 * charged. A saga of its own, because an order is cancelled at once while its refund may take days.
 *
 * <p>Whether a charge may still come is asked without end, for time answers it at last. What the
 * provider surely took is another matter: if it does not let go of that within the budget of a
 * refund, a person must see to it.
 */
final class ReversalSaga {
  static final String NAME = "reversal";
  private static final String SETTLE = "settle";
  private static final String REVERSE = "reverse";
  private static final String REFUND = "refund";
  private static final int VERSION = 1;

  private final PaymentGateway gateway;
  private final ReversalRecords records;
  private final OrderOptions options;
  private final Traces traces;
  private final Settlement settlement;
  private final SagaDefinition<ReversalData> definition;

  ReversalSaga(
      PaymentGateway gateway,
      OrderStore orders,
      PaymentLedger payments,
      OrderOptions options,
      Traces traces) {
    this.gateway = gateway;
    this.records = new ReversalRecords(orders, payments);
    this.options = options;
    this.traces = traces;
    this.settlement = new Settlement(gateway, records, traces);
    this.definition = build();
  }

  SagaDefinition<ReversalData> definition() {
    return definition;
  }

  private SagaDefinition<ReversalData> build() {
    // The same policy as a live order's: a caller who waits for the order also waits for this.
    RetryPolicy asking = options.paymentRetry();
    RetryPolicy untilCertain =
        RetryPolicy.doubling(asking.first(), asking.longest(), Integer.MAX_VALUE);
    return SagaDefinition.named(NAME, ReversalData.class)
        .version(VERSION)
        .irrevocable()
        .step(
            RemoteStep.<ReversalData>named(SETTLE, settlement::settle)
                .calling(CalledServices.PAYMENTS)
                .retrying(untilCertain)
                .thenPark()
                .callTimeout(options.paymentTimeout()))
        .step(
            RemoteStep.<ReversalData>named(REVERSE, settlement::settle)
                .calling(CalledServices.PAYMENTS)
                .onlyIf(ReversalData::charged)
                .forcedBy(settlement::reversedByHand)
                .retrying(options.refundRetry())
                .thenPark()
                .callTimeout(options.paymentTimeout()))
        .step(new RefundStep(gateway, options, this::refunded).named(REFUND))
        .build();
  }

  /** Refunds a charge that was approved: records the refund and starts the saga that carries it. */
  List<Effect> refund(UUID orderId, UUID transactionId, long amount, String currency) {
    UUID refundId = UuidCreator.getTimeOrderedEpoch();
    ReversalData data =
        new ReversalData(orderId, transactionId, refundId, amount, currency, false, null);
    return List.of(
        new PaymentEffect.OpenRefund(refundId, transactionId, amount, currency),
        started(REFUND, data));
  }

  /** Watches a charge that was given up: prevents it if it can, refunds it if it comes late. */
  List<Effect> watch(UUID orderId, UUID transactionId, long amount, String currency) {
    return List.of(
        started(
            SETTLE, new ReversalData(orderId, transactionId, null, amount, currency, false, null)));
  }

  private Effect started(String step, ReversalData data) {
    return SagaEffect.Create.due(
        definition,
        definition.steps().get(definition.indexOf(step)),
        UuidCreator.getTimeOrderedEpoch(),
        data);
  }

  private StepResult<ReversalData> refunded(ReversalData d, String providerRef) {
    UUID refundId = d.refundId();
    if (refundId == null) {
      return StepResult.done(d);
    }
    List<Effect> effects = new ArrayList<>();
    effects.add(new PaymentEffect.DecideRefund(refundId, RefundStatus.SUCCEEDED, providerRef));
    effects.addAll(
        OrderEvents.of(records.order(d), traces)
            .refunded(refundId, d.amount(), d.currency())
            .effects());
    return new StepResult.Done<>(d, effects);
  }
}
