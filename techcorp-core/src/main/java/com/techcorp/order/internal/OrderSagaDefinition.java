package com.techcorp.order.internal;

import com.techcorp.error.WiringError;
import com.techcorp.error.internal.Redaction;
import com.techcorp.order.CancelReason;
import com.techcorp.order.KeyEffect;
import com.techcorp.order.OrderHead;
import com.techcorp.order.OrderSettings;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.OrderStore;
import com.techcorp.payment.PaymentEffect;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import com.techcorp.payment.PaymentLedger;
import com.techcorp.payment.PaymentReport;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.saga.Effect;
import com.techcorp.saga.Failure;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.Step;
import com.techcorp.saga.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The order saga, as business prose: create, reserve, pay, confirm; and how each is taken back. */
final class OrderSagaDefinition {
  static final String NAME = "order";

  /** What calls the payment gateway shares its bulkhead. */
  static final String PAYMENTS = "payments";

  private static final Set<TransactionStatus> OPEN =
      Set.of(TransactionStatus.PENDING, TransactionStatus.UNKNOWN);

  private final PaymentGateway gateway;
  private final PaymentLedger payments;
  private final ReversalSaga reversal;
  private final OrderStock stock;
  private final OrderSettings options;

  OrderSagaDefinition(
      PaymentGateway gateway,
      PaymentLedger payments,
      ReversalSaga reversal,
      OrderStock stock,
      OrderSettings options) {
    this.gateway = gateway;
    this.payments = payments;
    this.reversal = reversal;
    this.stock = stock;
    this.options = options;
  }

  SagaDefinition<OrderSagaData> build(OrderStore orders) {
    List<Step<OrderSagaData>> steps = new ArrayList<>();
    steps.add(Step.<OrderSagaData>local("create", this::create).compensatedBy(this::cancel));
    steps.add(stock.reserve());
    steps.add(
        Step.<OrderSagaData>remote("pay", this::charge)
            .calling(PAYMENTS)
            .onlyIf(d -> !d.free())
            .before(this::openCharge)
            .asking(this::lookUp)
            .forcedBy(this::verify)
            .whenUndecided(d -> List.of(decide(d, TransactionStatus.UNKNOWN, null, null)))
            .whenNotSent((d, why) -> List.of(decide(d, TransactionStatus.VOIDED, null, null)))
            .compensatedBy(this::takeBack)
            .abandonedBy((d, why) -> abandon(d))
            .reportedBy(this::report)
            .decideWithin(d -> options.holdCap())
            .retrying(options.paymentRetry())
            .callTimeout(options.paymentTimeout()));
    steps.addAll(stock.sell());
    steps.add(Step.local("confirm", this::confirm));
    options.extraSteps().forEach(extra -> insert(extra, steps));
    SagaDefinition.Builder<OrderSagaData> saga =
        SagaDefinition.named(NAME, OrderSagaData.class)
            .version(options.version())
            .historyKeptBy(orders::outcomes)
            .secrets(OrderSagaDefinition::secrets);
    steps.forEach(saga::step);
    return saga.build();
  }

  private static void insert(OrderSettings.ExtraStep extra, List<Step<OrderSagaData>> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).name().equals(extra.after())) {
        steps.add(i + 1, extra.step().within(OrderSagaData::view, (data, view) -> data));
        return;
      }
    }
    throw new WiringError(
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
   * What was paid goes back from here on, and not before: a refund may be faster than the undoing
   * of a host's own step, and would move the order while its saga is still at work.
   */
  private List<Effect> cancel(OrderSagaData d, Failure why) {
    List<Effect> effects = new ArrayList<>();
    OrderEvents events = events(d);
    if (d.paid()) {
      effects.addAll(reversal.refund(d.orderId(), d.transactionId(), d.amount(), d.currency()));
      events.refundRequested(d.amount(), d.currency());
    }
    effects.addAll(events.cancelled(why).effects());
    if (!Keys.explicit(d.key())) {
      effects.add(new KeyEffect.Free(d.userId(), d.key(), d.orderId()));
    }
    return effects;
  }

  private static List<String> secrets(OrderSagaData d) {
    return d.cardToken() == null ? List.of() : List.of(d.cardToken().value());
  }

  private List<Effect> openCharge(OrderSagaData d) {
    return List.of(
        new PaymentEffect.Open(
            d.transactionId(), d.orderId(), d.amount(), d.currency(), d.method()));
  }

  private StepResult<OrderSagaData> charge(OrderSagaData d, RemoteCall.Context call)
      throws Exception {
    ChargeAnswer answer =
        gateway.charge(
            new ChargeRequest(
                reference(d), d.orderId(), d.amount(), d.currency(), d.method(), d.cardToken()));
    return answer instanceof ChargeAnswer.NotFound
        ? StepResult.unknown(
            "the gateway answered a charge with NotFound, which only a look-up may")
        : answered(d, answer);
  }

  /**
   * What a fenced process was told counts first: the provider may know it no longer, or not yet.
   * "Not found" is sent again only while the provider still folds repeats of our key.
   */
  private StepResult<OrderSagaData> lookUp(OrderSagaData d, RemoteCall.Context call)
      throws Exception {
    PaymentReport report = payments.reported(d.transactionId()).orElse(null);
    if (report != null) {
      return answered(d, told(report));
    }
    stock.keep(d, call);
    ChargeAnswer answer = gateway.lookUp(reference(d));
    boolean folds = call.age().compareTo(gateway.idempotencyWindow()) < 0;
    if (answer instanceof ChargeAnswer.NotFound && folds) {
      return StepResult.retry("the provider does not know the charge: it is sent again");
    }
    if (answer instanceof ChargeAnswer.NotSent notSent) {
      return StepResult.unknown("the look-up failed: " + notSent.reason());
    }
    return answered(d, answer);
  }

  private static ChargeAnswer told(PaymentReport report) {
    return report.status() == TransactionStatus.APPROVED
        ? new ChargeAnswer.Approved(String.valueOf(report.providerRef()))
        : new ChargeAnswer.Declined(String.valueOf(report.declineCode()));
  }

  /**
   * The answer came to a process that no longer owns the order. An approval also starts a reversal:
   * it finds nothing to do if the order's saga takes the charge, and gives the money back if the
   * order is cancelled and its charge was thought dead.
   */
  private List<Effect> report(OrderSagaData d, StepResult<OrderSagaData> answer) {
    List<Effect> effects = new ArrayList<>();
    for (Effect effect : answer.effects()) {
      if (effect instanceof PaymentEffect.Decide decided) {
        effects.add(
            new PaymentEffect.Report(
                d.transactionId(), decided.to(), decided.providerRef(), decided.declineCode()));
        if (decided.to() == TransactionStatus.APPROVED) {
          effects.addAll(reversal.watch(d.orderId(), d.transactionId(), d.amount(), d.currency()));
        }
      }
    }
    return effects;
  }

  /** An operator may say that it is paid; the provider must say so too. */
  private StepResult<OrderSagaData> verify(OrderSagaData d, RemoteCall.Context call)
      throws Exception {
    ChargeAnswer answer = gateway.lookUp(reference(d));
    return answer instanceof ChargeAnswer.Approved
        ? answered(d, answer)
        : StepResult.unknown("not forced: the provider does not confirm the charge");
  }

  /** Null comes from a gateway that is not as it should be: then nothing is known. */
  private StepResult<OrderSagaData> answered(OrderSagaData d, @Nullable ChargeAnswer answer) {
    if (answer instanceof ChargeAnswer.Approved approved) {
      List<Effect> effects = new ArrayList<>();
      String ref = Redaction.of(secrets(d)).identifier(approved.providerRef());
      effects.add(decide(d, TransactionStatus.APPROVED, ref, null));
      effects.addAll(events(d).paid(d.transactionId(), d.amount(), d.currency()).effects());
      return new StepResult.Done<>(d.decided(true), effects);
    }
    if (answer instanceof ChargeAnswer.Declined declined) {
      String code = Redaction.of(secrets(d)).text(declined.code());
      return StepResult.rejected(
          new Failure(CancelReason.DECLINED, "the provider declined", Map.of("detail", code)),
          decide(d, TransactionStatus.DECLINED, null, code));
    }
    if (answer instanceof ChargeAnswer.NotSent notSent) {
      return StepResult.retry(notSent.reason());
    }
    if (answer instanceof ChargeAnswer.Unknown unknown) {
      return StepResult.unknown(unknown.reason());
    }
    return StepResult.unknown(
        answer == null
            ? "the gateway answered with null"
            : "the provider does not know the charge");
  }

  /** Taken as done by an operator, but no money is known to have come. */
  private List<Effect> takeBack(OrderSagaData d, Failure why) {
    return d.paid() ? List.of() : abandon(d);
  }

  private List<Effect> abandon(OrderSagaData d) {
    List<Effect> effects = new ArrayList<>();
    effects.add(decide(d, TransactionStatus.ABANDONED, null, null));
    effects.addAll(reversal.watch(d.orderId(), d.transactionId(), d.amount(), d.currency()));
    return effects;
  }

  private List<Effect> confirm(OrderSagaData d) {
    List<Effect> effects = new ArrayList<>();
    if (!d.paid() && !d.free()) {
      effects.add(new PaymentEffect.RequireApproved(d.orderId()));
    }
    effects.addAll(stock.sold(d));
    effects.addAll(events(d).confirmed().effects());
    return effects;
  }

  private static PaymentEffect decide(
      OrderSagaData d, TransactionStatus to, @Nullable String ref, @Nullable String code) {
    return new PaymentEffect.Decide(d.transactionId(), OPEN, to, ref, code);
  }

  private static String reference(OrderSagaData d) {
    return d.transactionId().toString();
  }

  /** Where the order's chain stands: created, or created and paid. */
  private static OrderEvents events(OrderSagaData d) {
    OrderHead head =
        d.paid() ? new OrderHead(OrderStatus.CREATED, null, null, null, 2, 1) : OrderHead.CREATED;
    return new OrderEvents(d.orderId(), d.orderNumber(), d.userId(), d.trace(), head);
  }
}
