package com.techcorp.order.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.error.NotFound;
import com.techcorp.order.Order;
import com.techcorp.order.OrderSettings;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.OrderStore;
import com.techcorp.payment.PaymentEffect;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.CancelAnswer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentLedger;
import com.techcorp.payment.PaymentReport;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.saga.Effect;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RetryPolicy;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaEffect;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Step;
import com.techcorp.saga.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money that must go back, or must not come: settle an abandoned charge, then refund what was
 * charged. A saga of its own, because an order is cancelled at once while its refund may take days.
 */
final class ReversalSaga {
  static final String NAME = "reversal";
  private static final String SETTLE = "settle";
  private static final String REFUND = "refund";
  private static final int VERSION = 1;

  private static final Set<TransactionStatus> ABANDONED = Set.of(TransactionStatus.ABANDONED);

  /** Given up, or thought dead: the order's own saga does not touch it any more. */
  private static final Set<TransactionStatus> LEFT =
      Set.of(TransactionStatus.ABANDONED, TransactionStatus.VOIDED, TransactionStatus.DECLINED);

  private static final Set<TransactionStatus> OPEN =
      Set.of(TransactionStatus.PENDING, TransactionStatus.UNKNOWN);

  private final PaymentGateway gateway;
  private final OrderStore orders;
  private final PaymentLedger payments;
  private final ObjectMapper json;
  private final OrderSettings settings;
  private final Traces traces;

  ReversalSaga(
      PaymentGateway gateway,
      OrderStore orders,
      PaymentLedger payments,
      ObjectMapper json,
      OrderSettings settings,
      Traces traces) {
    this.gateway = gateway;
    this.orders = orders;
    this.payments = payments;
    this.json = json;
    this.settings = settings;
    this.traces = traces;
  }

  SagaDefinition<ReversalData> build() {
    // As often as a live order asks: whoever waits for the order to rest waits for this.
    RetryPolicy asking = settings.paymentRetry();
    RetryPolicy untilCertain = new RetryPolicy(asking.first(), asking.longest(), Integer.MAX_VALUE);
    return SagaDefinition.named(NAME, ReversalData.class)
        .version(VERSION)
        .irrevocable()
        .step(
            Step.<ReversalData>remote(SETTLE, this::settle)
                .calling(OrderSagaDefinition.PAYMENTS)
                .retrying(untilCertain)
                .thenPark()
                .callTimeout(settings.paymentTimeout()))
        .step(new RefundStep(gateway, settings, this::refunded).named(REFUND))
        .build();
  }

  /** Refunds a charge that was approved: records the refund and starts the saga that carries it. */
  List<Effect> refund(UUID orderId, UUID transactionId, long amount, String currency) {
    UUID refundId = UuidCreator.getTimeOrderedEpoch();
    ReversalData data = new ReversalData(orderId, transactionId, refundId, amount, currency, null);
    return List.of(
        new PaymentEffect.OpenRefund(refundId, transactionId, amount, currency),
        started(REFUND, data));
  }

  /** Watches a charge that was given up: prevents it if it can, refunds it if it comes late. */
  List<Effect> watch(UUID orderId, UUID transactionId, long amount, String currency) {
    return List.of(
        started(SETTLE, new ReversalData(orderId, transactionId, null, amount, currency, null)));
  }

  private Effect started(String step, ReversalData data) {
    try {
      return new SagaEffect.Create(
          UuidCreator.getTimeOrderedEpoch(),
          NAME,
          VERSION,
          true,
          new SagaEffect.Position(
              step,
              SagaState.RUNNING,
              0,
              false,
              Duration.ZERO,
              null,
              json.writeValueAsString(data),
              null,
              null));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a reversal's data is always writable", e);
    }
  }

  /**
   * A charge that the order's saga still decides is left to it, and so is one that it took: this
   * never cancels or refunds what a confirmed order was paid with.
   */
  private StepResult<ReversalData> settle(ReversalData d, RemoteCall.Context call)
      throws Exception {
    Transaction charge =
        payments
            .find(d.transactionId())
            .orElseThrow(() -> new NotFound("no charge " + d.transactionId()));
    if (OPEN.contains(charge.status())) {
      return StepResult.unknown("the order's own saga decides about its charge first");
    }
    return LEFT.contains(charge.status()) ? settleLeft(d, charge, call) : StepResult.done(d);
  }

  private StepResult<ReversalData> settleLeft(
      ReversalData d, Transaction charge, RemoteCall.Context call) throws Exception {
    CancelAnswer cancelled = gateway.cancel(d.transactionId().toString());
    if (cancelled instanceof CancelAnswer.Cancelled) {
      return never(d, charge, TransactionStatus.VOIDED);
    }
    if (cancelled instanceof CancelAnswer.AlreadyCharged charged) {
      return chargedLate(d, charged.providerRef());
    }
    ChargeAnswer answer = gateway.lookUp(d.transactionId().toString());
    if (answer instanceof ChargeAnswer.Approved approved) {
      return chargedLate(d, approved.providerRef());
    }
    if (answer instanceof ChargeAnswer.Declined) {
      return never(d, charge, TransactionStatus.DECLINED);
    }
    boolean tooLateToArrive = call.age().compareTo(gateway.requestLifetime()) > 0;
    if (answer instanceof ChargeAnswer.NotFound && tooLateToArrive) {
      return never(d, charge, TransactionStatus.VOIDED);
    }
    return StepResult.unknown("an abandoned charge may still arrive: " + answer);
  }

  /**
   * The provider keeps nothing. If it once told a fenced process that it had charged, the charge is
   * VOIDED under that reference: so everyone can see that the money went back, and how.
   */
  private StepResult<ReversalData> never(
      ReversalData d, Transaction charge, TransactionStatus decided) {
    PaymentReport approval =
        payments
            .reported(d.transactionId())
            .filter(report -> report.status() == TransactionStatus.APPROVED)
            .orElse(null);
    if (approval != null) {
      return StepResult.done(d, decide(d, LEFT, TransactionStatus.VOIDED, approval.providerRef()));
    }
    return charge.status() == TransactionStatus.ABANDONED
        ? StepResult.done(d, decide(d, ABANDONED, decided, null))
        : StepResult.done(d);
  }

  private StepResult<ReversalData> chargedLate(ReversalData d, String providerRef) {
    Order order = order(d);
    if (order.status() != OrderStatus.CANCELLED) {
      return StepResult.unknown("charged late, but its order is still " + order.status());
    }
    UUID refundId = UuidCreator.getTimeOrderedEpoch();
    List<Effect> effects = new ArrayList<>();
    effects.add(decide(d, LEFT, TransactionStatus.APPROVED, providerRef));
    effects.add(
        new PaymentEffect.OpenRefund(refundId, d.transactionId(), d.amount(), d.currency()));
    effects.addAll(
        events(order)
            .paid(d.transactionId(), d.amount(), d.currency())
            .refundRequested(d.amount(), d.currency())
            .effects());
    return new StepResult.Done<>(d.refunding(refundId), effects);
  }

  private StepResult<ReversalData> refunded(ReversalData d, String providerRef) {
    UUID refundId = d.refundId();
    if (refundId == null) {
      return StepResult.done(d);
    }
    List<Effect> effects = new ArrayList<>();
    effects.add(new PaymentEffect.DecideRefund(refundId, RefundStatus.SUCCEEDED, providerRef));
    effects.addAll(events(order(d)).refunded(refundId, d.amount(), d.currency()).effects());
    return new StepResult.Done<>(d, effects);
  }

  private static PaymentEffect decide(
      ReversalData d,
      Set<TransactionStatus> from,
      TransactionStatus to,
      @Nullable String providerRef) {
    return new PaymentEffect.Decide(d.transactionId(), from, to, providerRef, null);
  }

  private Order order(ReversalData d) {
    return orders.find(d.orderId()).orElseThrow(() -> new NotFound("no order " + d.orderId()));
  }

  private OrderEvents events(Order order) {
    return new OrderEvents(
        order.id(), order.orderNumber(), order.userId(), traces.of(order.id()), order.head());
  }
}
