package com.techcorp.testkit;

import com.techcorp.payment.PaymentGateway.CancelAnswer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import com.techcorp.payment.PaymentGateway.RefundAnswer;
import com.techcorp.payment.PaymentGateway.RefundRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The far side of a {@link SimulatedGateway}: what the provider's own books say. Thread-safe. */
final class SimulatedProvider {
  private static final String CANCELLED = "cancelled";

  private final boolean folds;
  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<String, RefundAnswer> refunds = new HashMap<>();
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
  }

  SimulatedProvider(boolean folds) {
    this.folds = folds;
  }

  /** A request arrives. A token is looked at by the gateway's scripts only and not kept. */
  synchronized ChargeAnswer arrive(ChargeRequest request, @Nullable String declineCode) {
    Account known = accounts.get(request.reference());
    if (known != null && (folds || isCancelled(known))) {
      return known.answer;
    }
    ChargeAnswer answer =
        declineCode == null
            ? new ChargeAnswer.Approved("ch_" + ++lastRef)
            : new ChargeAnswer.Declined(declineCode);
    Account account = known == null ? new Account(request.orderId(), answer) : known;
    account.answer = answer;
    if (declineCode == null) {
      account.charges++;
      account.charged += request.amount();
    }
    accounts.put(request.reference(), account);
    return answer;
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

  synchronized int releaseLate() {
    List<Late> arriving = List.copyOf(late);
    late.clear();
    arriving.forEach(one -> arrive(one.request(), one.declineCode()));
    return arriving.size();
  }

  synchronized ChargeAnswer lookUp(String reference) {
    Account account = accounts.get(reference);
    return account == null ? new ChargeAnswer.NotFound() : account.answer;
  }

  /** What is cancelled before it arrives is refused when it does. */
  synchronized CancelAnswer cancel(String reference) {
    Account account = accounts.get(reference);
    if (account == null) {
      accounts.put(reference, new Account(null, new ChargeAnswer.Declined(CANCELLED)));
      return new CancelAnswer.Cancelled();
    }
    return account.answer instanceof ChargeAnswer.Approved approved
        ? new CancelAnswer.AlreadyCharged(approved.providerRef())
        : new CancelAnswer.Cancelled();
  }

  synchronized RefundAnswer refund(RefundRequest request) {
    RefundAnswer before = refunds.get(request.reference());
    if (before != null) {
      return before;
    }
    Account account = accounts.get(request.chargeReference());
    if (account == null || request.amount() > account.charged - account.refunded) {
      return new RefundAnswer.Failed("there is not as much left of such a charge");
    }
    account.refunds++;
    account.refunded += request.amount();
    RefundAnswer done = new RefundAnswer.Refunded("re_" + ++lastRef);
    refunds.put(request.reference(), done);
    return done;
  }

  synchronized SimulatedGateway.Money money(@Nullable UUID orderId) {
    long charged = 0;
    long refunded = 0;
    int charges = 0;
    int backs = 0;
    for (Account account : accounts.values()) {
      if (orderId == null || orderId.equals(account.orderId)) {
        charged += account.charged;
        refunded += account.refunded;
        charges += account.charges;
        backs += account.refunds;
      }
    }
    return new SimulatedGateway.Money(charged, refunded, charges, backs);
  }
}
