package com.techcorp.testkit;

import com.techcorp.payment.Amount;
import com.techcorp.payment.PaymentGateway.CancelAnswer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import com.techcorp.payment.PaymentGateway.RefundAnswer;
import com.techcorp.payment.PaymentGateway.RefundRequest;
import com.techcorp.testkit.SimulatedEntry.Kind;
import com.techcorp.testkit.SimulatedGateway.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
  private static final String CANCELLED = "cancelled";
  private static final String TOO_SMALL = "amount_too_small";

  private final boolean folds;
  private final boolean limitsRefunds;
  private final boolean voids;
  private final SimulatedLedger ledger;
  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<String, RefundAnswer> refunds = new HashMap<>();

  /** References of charges and refunds whose repeats count as one. */
  private final Set<String> keys = new HashSet<>();

  private final List<Late> late = new ArrayList<>();
  private int lastRef;

  /** A request on its way. */
  private record Late(ChargeRequest request, SimulatedCharge behaviour) {}

  /** The history of one reference of the caller. */
  private static final class Account {
    private final @Nullable UUID orderId;
    private ChargeAnswer answer;
    private @Nullable String currency;
    private int charges;
    private long charged;
    private int refunds;
    private long refunded;

    boolean has(RefundRequest request, boolean limited) {
      return charges > 0
          && request.currency().equals(currency)
          && !(limited && request.amount() > charged - refunded);
    }

    Account(@Nullable UUID orderId, ChargeAnswer answer) {
      this.orderId = orderId;
      this.answer = answer;
    }

    Money money() {
      return new Money(charged, refunded, charges, refunds);
    }
  }

  SimulatedProvider(SimulatedGateway.Builder options, SimulatedLedger ledger) {
    this.folds = options.foldsRepeats;
    this.limitsRefunds = options.limitsRefunds;
    this.voids = options.voidsCharges;
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
    Account known = accounts.get(request.reference());
    boolean repeat = folds && keys.contains(request.reference());
    if (known != null && (repeat || isCancelled(known))) {
      return known.answer;
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
    return account(request.reference()).answer;
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
    String answer = Objects.requireNonNullElse(entry.answer(), CANCELLED);
    if (entry.kind() == Kind.REFUNDED) {
      refunded(entry, answer);
      return;
    }
    ChargeAnswer decided =
        entry.kind() == Kind.CHARGED
            ? new ChargeAnswer.Approved(answer, money(entry))
            : new ChargeAnswer.Declined(answer);
    Account account =
        accounts.computeIfAbsent(
            entry.reference(), reference -> new Account(entry.orderId(), decided));
    account.answer = decided;
    keys.add(entry.reference());
    if (entry.kind() == Kind.CHARGED) {
      account.charges++;
      account.charged += entry.amount();
      account.currency = entry.currency();
      lastRef++;
    } else if (entry.kind() == Kind.VOIDED) {
      account.charged -= entry.amount();
    }
  }

  private void refunded(SimulatedEntry entry, String providerRef) {
    Account account = account(entry.reference());
    account.refunds++;
    account.refunded += entry.amount();
    String refund = Objects.requireNonNull(entry.refund());
    refunds.put(refund, new RefundAnswer.Refunded(providerRef, money(entry)));
    keys.add(refund);
    lastRef++;
  }

  private static Amount money(SimulatedEntry entry) {
    return new Amount(entry.amount(), Objects.requireNonNull(entry.currency()));
  }

  private Account account(String reference) {
    return Objects.requireNonNull(accounts.get(reference), reference);
  }

  private static boolean isCancelled(Account account) {
    return account.answer instanceof ChargeAnswer.Declined declined
        && declined.code().equals(CANCELLED);
  }

  synchronized void keepLate(ChargeRequest request, SimulatedCharge behaviour) {
    ChargeRequest withoutToken =
        new ChargeRequest(
            request.reference(),
            request.orderId(),
            request.amount(),
            request.currency(),
            request.method(),
            null);
    late.add(new Late(withoutToken, behaviour));
  }

  synchronized int late() {
    return late.size();
  }

  int releaseLate() {
    int arrived;
    synchronized (this) {
      arrived = late.size();
      late.forEach(one -> decide(one.request(), one.behaviour()));
      late.clear();
    }
    ledger.sync();
    return arrived;
  }

  ChargeAnswer lookUp(String reference) {
    ChargeAnswer answer;
    synchronized (this) {
      Account account = accounts.get(reference);
      answer = account == null ? new ChargeAnswer.NotFound() : account.answer;
    }
    ledger.sync(); // no caller gets an answer that could be forgotten
    return answer;
  }

  /**
   * Cancels a charge; a charge that is cancelled before it arrives is refused when it does. What
   * was charged is voided, where charges are, until some of it went back.
   */
  CancelAnswer cancel(String reference) {
    CancelAnswer answer;
    synchronized (this) {
      Account known = accounts.get(reference);
      if (known == null) {
        enter(new SimulatedEntry(Kind.CANCELLED, reference, null, 0, null, null, null));
      } else if (voids && known.charges > 0 && known.refunds == 0 && !isCancelled(known)) {
        enter(
            new SimulatedEntry(
                Kind.VOIDED, reference, null, known.charged, known.currency, null, null));
      }
      answer =
          account(reference).answer instanceof ChargeAnswer.Approved approved
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
    Account account = accounts.get(request.chargeReference());
    if (account == null || !account.has(request, limitsRefunds)) {
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

  synchronized Money money(@Nullable UUID orderId) {
    Money sum = Money.NONE;
    for (Account account : accounts.values()) {
      if (orderId == null || orderId.equals(account.orderId)) {
        sum = sum.plus(account.money());
      }
    }
    return sum;
  }

  synchronized Map<UUID, Money> moneyByOrder() {
    Map<UUID, Money> orders = new HashMap<>();
    for (Account account : accounts.values()) {
      if (account.orderId != null) {
        orders.merge(account.orderId, account.money(), Money::plus);
      }
    }
    return orders;
  }
}
