package com.techcorp.testkit;

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
  private final SimulatedLedger ledger;
  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<String, RefundAnswer> refunds = new HashMap<>();

  /** References, of charges and of refunds, of which a repeat is folded. */
  private final Set<String> keys = new HashSet<>();

  private final List<Late> late = new ArrayList<>();
  private int lastRef;

  /** A request on its way. */
  private record Late(ChargeRequest request, @Nullable String declineCode) {}

  /** All that happened under one reference of the caller's. */
  private static final class Account {
    private final @Nullable UUID orderId;
    private ChargeAnswer answer;
    private int charges;
    private long charged;
    private int refunds;
    private long refunded;

    Account(@Nullable UUID orderId, ChargeAnswer answer) {
      this.orderId = orderId;
      this.answer = answer;
    }

    Money money() {
      return new Money(charged, refunded, charges, refunds);
    }
  }

  SimulatedProvider(boolean folds, boolean limitsRefunds, SimulatedLedger ledger) {
    this.folds = folds;
    this.limitsRefunds = limitsRefunds;
    this.ledger = ledger;
    ledger.found().forEach(this::apply);
  }

  /** A request arrives. A token is looked at by the gateway's scripts only and not kept. */
  ChargeAnswer arrive(ChargeRequest request, @Nullable String declineCode) {
    ChargeAnswer answer = decide(request, declineCode);
    ledger.sync();
    return answer;
  }

  private synchronized ChargeAnswer decide(ChargeRequest request, @Nullable String declineCode) {
    Account known = accounts.get(request.reference());
    boolean repeat = folds && keys.contains(request.reference());
    if (known != null && (repeat || isCancelled(known))) {
      return known.answer;
    }
    String code = request.amount() > 0 ? declineCode : TOO_SMALL; // as real providers do
    boolean charges = code == null;
    enter(
        new SimulatedEntry(
            charges ? Kind.CHARGED : Kind.DECLINED,
            request.reference(),
            request.orderId(),
            charges ? request.amount() : 0,
            charges ? "ch_" + (lastRef + 1) : code,
            null));
    return account(request.reference()).answer;
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
      Account account = account(entry.reference());
      account.refunds++;
      account.refunded += entry.amount();
      String refund = Objects.requireNonNull(entry.refund());
      refunds.put(refund, new RefundAnswer.Refunded(answer));
      keys.add(refund);
      lastRef++;
      return;
    }
    ChargeAnswer decided =
        entry.kind() == Kind.CHARGED
            ? new ChargeAnswer.Approved(answer)
            : new ChargeAnswer.Declined(answer);
    Account account =
        accounts.computeIfAbsent(
            entry.reference(), reference -> new Account(entry.orderId(), decided));
    account.answer = decided;
    keys.add(entry.reference());
    if (entry.kind() == Kind.CHARGED) {
      account.charges++;
      account.charged += entry.amount();
      lastRef++;
    }
  }

  private Account account(String reference) {
    return Objects.requireNonNull(accounts.get(reference), reference);
  }

  private static boolean isCancelled(Account account) {
    return account.answer instanceof ChargeAnswer.Declined declined
        && declined.code().equals(CANCELLED);
  }

  synchronized void keepLate(ChargeRequest request, @Nullable String declineCode) {
    ChargeRequest withoutToken =
        new ChargeRequest(
            request.reference(),
            request.orderId(),
            request.amount(),
            request.currency(),
            request.method(),
            null);
    late.add(new Late(withoutToken, declineCode));
  }

  synchronized int late() {
    return late.size();
  }

  int releaseLate() {
    int arrived;
    synchronized (this) {
      arrived = late.size();
      late.forEach(one -> decide(one.request(), one.declineCode()));
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
    ledger.sync(); // nobody is told what could be forgotten
    return answer;
  }

  /** What is cancelled before it arrives is refused when it does. */
  CancelAnswer cancel(String reference) {
    CancelAnswer answer;
    synchronized (this) {
      if (!accounts.containsKey(reference)) {
        enter(new SimulatedEntry(Kind.CANCELLED, reference, null, 0, null, null));
      }
      answer =
          account(reference).answer instanceof ChargeAnswer.Approved approved
              ? new CancelAnswer.AlreadyCharged(approved.providerRef())
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
    boolean tooMuch =
        account != null && limitsRefunds && request.amount() > account.charged - account.refunded;
    if (account == null || account.charges == 0 || tooMuch) {
      return new RefundAnswer.Failed("there is not as much left of such a charge");
    }
    String providerRef = "re_" + (lastRef + 1);
    enter(
        new SimulatedEntry(
            Kind.REFUNDED,
            request.chargeReference(),
            null,
            request.amount(),
            providerRef,
            request.reference()));
    return new RefundAnswer.Refunded(providerRef);
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
      enter(new SimulatedEntry(Kind.FORGOTTEN, "", null, 0, null, null));
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
