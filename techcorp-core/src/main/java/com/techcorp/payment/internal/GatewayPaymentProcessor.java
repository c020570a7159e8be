package com.techcorp.payment.internal;

import com.techcorp.error.InvalidInputException;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentProcessor;
import com.techcorp.payment.Refund;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.saga.Signal;
import com.techcorp.saga.spi.SagaJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Compares the ledger with the provider; the sagas alone change anything. */
public final class GatewayPaymentProcessor implements PaymentProcessor {
  private final PaymentLedger ledger;
  private final PaymentGateway gateway;
  private final SagaJournal journal;
  private final Runnable wakeUp;

  /**
   * Creates a processor on a ledger and a gateway.
   *
   * @param ledger what the library knows
   * @param gateway what the provider knows
   * @param journal takes signals
   * @param wakeUp makes the engine look for due sagas
   */
  public GatewayPaymentProcessor(
      PaymentLedger ledger, PaymentGateway gateway, SagaJournal journal, Runnable wakeUp) {
    this.ledger = ledger;
    this.gateway = gateway;
    this.journal = journal;
    this.wakeUp = wakeUp;
  }

  @Override
  public Optional<Transaction> charge(UUID orderId) {
    return ledger.ofOrder(orderId);
  }

  @Override
  public List<Refund> refunds(UUID orderId) {
    return ledger.ofOrder(orderId).map(charge -> ledger.refunds(charge.id())).orElse(List.of());
  }

  @Override
  public List<Finding> reconcile(Duration olderThan, int limit) {
    if (olderThan.isNegative()) {
      throw new InvalidInputException("older_than", "must not be negative, was " + olderThan);
    }
    if (limit < 1 || limit > 10_000) {
      throw new InvalidInputException("limit", "must be 1 to 10,000, was " + limit);
    }
    List<Finding> findings = new ArrayList<>();
    for (Transaction charge : ledger.undecided(olderThan, limit)) {
      ChargeAnswer answer = ask(charge);
      boolean decided =
          answer instanceof ChargeAnswer.Approved || answer instanceof ChargeAnswer.Declined;
      findings.add(new Finding(charge, answer, decided && wake(charge)));
    }
    wakeUp.run();
    return findings;
  }

  private ChargeAnswer ask(Transaction charge) {
    try {
      return gateway.lookUp(charge.id().toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ChargeAnswer.Unknown("interrupted");
    } catch (Throwable e) {
      return new ChargeAnswer.Unknown(e.getClass().getName()); // its message may quote a card
    }
  }

  /** The order's saga looks again; an abandoned charge is watched by a saga of its own anyway. */
  private boolean wake(Transaction charge) {
    return journal.signal(
        charge.orderId(),
        new Signal(Signal.Kind.RETRY, "the provider has an answer", "reconciliation"));
  }
}
