package com.techcorp.testkit;

import com.techcorp.payment.Amount;
import com.techcorp.payment.PaymentGateway.CancelAnswer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import com.techcorp.payment.PaymentGateway.RefundAnswer;
import com.techcorp.payment.PaymentGateway.RefundRequest;
import com.techcorp.testkit.SimulatedEntry.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The far side of a {@link SimulatedGateway}: what the provider's own books say. Whatever happens
 * is an entry first, written to the ledger and then applied, so that books read back from a ledger
 * are the same books. Thread-safe.
 */
final class SimulatedProvider {
  private static final String TOO_SMALL = "amount_too_small";

  private final Abilities abilities;
  private final SimulatedLedger ledger;
  private final Map<String, SimulatedAccount> accounts = new HashMap<>();
  private final Map<String, RefundAnswer> refunds = new HashMap<>();

  /** References of charges and refunds whose repeats count as one. */
  private final Set<String> keys = new HashSet<>();

  private int lastRef;

  /**
   * What a provider can do.
   *
   * @param foldsRepeats repeats of one reference are one charge
   * @param cancels a charge can be cancelled by its reference
   * @param voids cancelling takes back what was charged
   * @param limitsRefunds refunds that exceed their charge are refused
   * @param looksRefundsUp a refund can be looked up by its reference
   */
  record Abilities(
      boolean foldsRepeats,
      boolean cancels,
      boolean voids,
      boolean limitsRefunds,
      boolean looksRefundsUp) {}

  SimulatedProvider(Abilities abilities, SimulatedLedger ledger) {
    this.abilities = abilities;
    this.ledger = ledger;
    ledger.found().forEach(this::apply);
  }

  /**
   * Takes a charge request and answers as scripted. A token is looked at by the gateway's scripts
   * only and not kept.
   */
  ChargeAnswer arrive(ChargeRequest request, SimulatedCharge behaviour) {
    ChargeAnswer answer = decide(request, behaviour);
    ledger.sync();
    return answer;
  }

  private synchronized ChargeAnswer decide(ChargeRequest request, SimulatedCharge behaviour) {
    SimulatedAccount known = accounts.get(request.reference());
    boolean repeat = abilities.foldsRepeats() && keys.contains(request.reference());
    if (known != null && (repeat || known.isCancelled())) {
      return known.answer();
    }
    String code = request.amount() > 0 ? behaviour.declineCode() : TOO_SMALL; // as real ones do
    boolean charges = code == null;
    Amount taken = behaviour.taken() == null ? asked(request) : behaviour.taken();
    enter(
        new SimulatedEntry(
            charges ? Kind.CHARGED : Kind.DECLINED,
            request.reference(),
            request.orderId(),
            charges ? taken.minorUnits() : 0,
            charges ? taken.currency() : null,
            charges ? "ch_" + (lastRef + 1) : code,
            null));
    return account(request.reference()).answer();
  }

  private static Amount asked(ChargeRequest request) {
    return new Amount(request.amount(), request.currency());
  }

  private void enter(SimulatedEntry entry) {
    ledger.append(entry);
    apply(entry);
  }

  private void apply(SimulatedEntry entry) {
    if (entry.kind() == Kind.FORGOTTEN) {
      keys.clear();
      return;
    }
    String answer = Objects.requireNonNullElse(entry.answer(), SimulatedAccount.CANCELLED);
    if (entry.kind() == Kind.REFUNDED) {
      refunded(entry, answer);
      return;
    }
    ChargeAnswer decided =
        entry.kind() == Kind.CHARGED
            ? new ChargeAnswer.Approved(answer, money(entry))
            : new ChargeAnswer.Declined(answer);
    SimulatedAccount account =
        accounts.computeIfAbsent(
            entry.reference(), reference -> new SimulatedAccount(entry.orderId(), decided));
    account.answered(decided);
    keys.add(entry.reference());
    if (entry.kind() == Kind.CHARGED) {
      account.charged(entry.amount(), entry.currency());
      lastRef++;
    } else if (entry.kind() == Kind.VOIDED) {
      account.voided(entry.amount());
    }
  }

  private void refunded(SimulatedEntry entry, String providerRef) {
    SimulatedAccount account = account(entry.reference());
    account.refunded(entry.amount());
    String refund = Objects.requireNonNull(entry.refund());
    refunds.put(refund, new RefundAnswer.Refunded(providerRef, money(entry)));
    keys.add(refund);
    lastRef++;
  }

  private static Amount money(SimulatedEntry entry) {
    return new Amount(entry.amount(), Objects.requireNonNull(entry.currency()));
  }

  private SimulatedAccount account(String reference) {
    return Objects.requireNonNull(accounts.get(reference), reference);
  }

  ChargeAnswer lookUp(String reference) {
    ChargeAnswer answer;
    synchronized (this) {
      SimulatedAccount account = accounts.get(reference);
      answer = account == null ? new ChargeAnswer.NotFound() : account.answer();
    }
    ledger.sync(); // no caller gets an answer that could be forgotten
    return answer;
  }

  /**
   * Cancels a charge; a charge that is cancelled before it arrives is refused when it does. What
   * was charged is voided, where charges are, until some of it went back.
   */
  CancelAnswer cancel(String reference) {
    if (!abilities.cancels()) {
      return new CancelAnswer.NotPossible();
    }
    CancelAnswer answer;
    synchronized (this) {
      SimulatedAccount known = accounts.get(reference);
      if (known == null) {
        enter(new SimulatedEntry(Kind.CANCELLED, reference, null, 0, null, null, null));
      } else if (abilities.voids() && known.isUntouched()) {
        enter(
            new SimulatedEntry(
                Kind.VOIDED,
                reference,
                null,
                known.money().charged(),
                known.currency(),
                null,
                null));
      }
      answer =
          account(reference).answer() instanceof ChargeAnswer.Approved approved
              ? new CancelAnswer.AlreadyCharged(approved.providerRef(), approved.amount())
              : new CancelAnswer.Cancelled();
    }
    ledger.sync();
    return answer;
  }

  RefundAnswer refund(RefundRequest request) {
    RefundAnswer answer = giveBack(request);
    ledger.sync();
    return answer;
  }

  private synchronized RefundAnswer giveBack(RefundRequest request) {
    RefundAnswer before = refunds.get(request.reference());
    if (before != null && keys.contains(request.reference())) {
      return before;
    }
    SimulatedAccount account = accounts.get(request.chargeReference());
    if (account == null || !account.has(request, abilities.limitsRefunds())) {
      return new RefundAnswer.Failed("there is not as much left of such a charge");
    }
    String providerRef = "re_" + (lastRef + 1);
    enter(
        new SimulatedEntry(
            Kind.REFUNDED,
            request.chargeReference(),
            null,
            request.amount(),
            request.currency(),
            providerRef,
            request.reference()));
    return Objects.requireNonNull(refunds.get(request.reference()));
  }

  RefundAnswer lookUpRefund(String reference) {
    if (!abilities.looksRefundsUp()) {
      return new RefundAnswer.Unsupported();
    }
    RefundAnswer answer;
    synchronized (this) {
      answer = refunds.getOrDefault(reference, new RefundAnswer.NotFound());
    }
    ledger.sync();
    return answer;
  }

  /** The idempotency window of all that came so far is over. */
  void forgetKeys() {
    synchronized (this) {
      enter(new SimulatedEntry(Kind.FORGOTTEN, "", null, 0, null, null, null));
    }
    ledger.sync();
  }

  synchronized SimulatedMoney money(@Nullable UUID orderId) {
    SimulatedMoney sum = SimulatedMoney.NONE;
    for (SimulatedAccount account : accounts.values()) {
      if (orderId == null || orderId.equals(account.orderId())) {
        sum = sum.plus(account.money());
      }
    }
    return sum;
  }

  synchronized Map<UUID, SimulatedMoney> moneyByOrder() {
    Map<UUID, SimulatedMoney> orders = new HashMap<>();
    for (SimulatedAccount account : accounts.values()) {
      UUID orderId = account.orderId();
      if (orderId != null) {
        orders.merge(orderId, account.money(), SimulatedMoney::plus);
      }
    }
    return orders;
  }
}
