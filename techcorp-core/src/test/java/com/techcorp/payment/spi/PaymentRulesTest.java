package com.techcorp.payment.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.payment.Amount;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentEffect.Decide;
import com.techcorp.payment.spi.PaymentEffect.DecideRefund;
import com.techcorp.payment.spi.PaymentEffect.Open;
import com.techcorp.payment.spi.PaymentEffect.OpenRefund;
import com.techcorp.payment.spi.PaymentEffect.Report;
import com.techcorp.payment.spi.PaymentEffect.RequireApproved;
import com.techcorp.payment.spi.PaymentEffect.Taken;
import com.techcorp.storage.Decision;
import com.techcorp.storage.Decision.Accepted;
import com.techcorp.storage.Decision.Refused;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaymentRulesTest {
  private static final UUID ORDER = new UUID(0, 1);
  private static final UUID CHARGE = new UUID(0, 2);
  private static final UUID OTHER = new UUID(0, 3);
  private static final UUID REFUND = new UUID(0, 4);
  private static final Set<TransactionStatus> ANY = EnumSet.allOf(TransactionStatus.class);

  private final Recorded now = new Recorded();

  /** What is recorded, in a map each. */
  private static final class Recorded implements PaymentState {
    final Map<UUID, ChargeState> charges = new HashMap<>();
    final Map<UUID, RefundState> refunds = new HashMap<>();

    @Override
    public @Nullable ChargeState charge(UUID id) {
      return charges.get(id);
    }

    @Override
    public @Nullable ChargeState liveCharge(UUID orderId) {
      return charges.values().stream()
          .filter(c -> c.orderId().equals(orderId) && PaymentRules.isLive(c.status()))
          .findFirst()
          .orElse(null);
    }

    @Override
    public @Nullable RefundState refund(UUID id) {
      return refunds.get(id);
    }
  }

  private static ChargeState charge(UUID id, TransactionStatus status, long promised, long back) {
    return new ChargeState(id, ORDER, new Amount(100, "BRL"), status, promised, back);
  }

  private ChargeState given(UUID id, TransactionStatus status, long promised, long back) {
    ChargeState charge = charge(id, status, promised, back);
    now.charges.put(id, charge);
    return charge;
  }

  private void givenRefund(RefundStatus status) {
    now.refunds.put(REFUND, new RefundState(REFUND, CHARGE, 40, status));
  }

  private Decision<PaymentOutcome> decide(PaymentEffect effect) {
    return PaymentRules.decide(effect, now);
  }

  private ChargeState accepted(PaymentEffect effect) {
    Decision<PaymentOutcome> decision = decide(effect);
    assertThat(decision).isInstanceOf(Accepted.class);
    return ((Accepted<PaymentOutcome>) decision).after().charge();
  }

  private void assertRefused(PaymentEffect effect) {
    assertThat(decide(effect))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.failure().code()).isEqualTo(PaymentEffect.PAYMENT_STATE));
  }

  @ParameterizedTest
  @EnumSource
  void opensOneLiveCharge(TransactionStatus status) {
    // given
    given(OTHER, status, 0, 0);
    Open open = new Open(CHARGE, ORDER, 100, "BRL", "pix");

    // when, then
    if (PaymentRules.isLive(status)) {
      assertRefused(open);
    } else {
      assertThat(accepted(open)).isEqualTo(charge(CHARGE, TransactionStatus.PENDING, 0, 0));
    }
    assertRefused(new Open(OTHER, ORDER, 100, "BRL", "pix"));
  }

  @ParameterizedTest
  @EnumSource
  void changesAChargeFromAStateThatAllowsIt(TransactionStatus status) {
    // given
    ChargeState charge = given(CHARGE, status, 0, 0);

    // when, then
    assertThat(accepted(new Decide(CHARGE, Set.of(status), TransactionStatus.UNKNOWN, null, null)))
        .isEqualTo(charge.as(TransactionStatus.UNKNOWN));
    Set<TransactionStatus> others = EnumSet.complementOf(EnumSet.of(status));
    assertRefused(new Decide(CHARGE, others, TransactionStatus.UNKNOWN, null, null));
    assertRefused(new Decide(OTHER, ANY, TransactionStatus.UNKNOWN, null, null));
  }

  @Test
  void revivesNoChargeBesideALiveOne() {
    // given
    given(CHARGE, TransactionStatus.DECLINED, 40, 0);
    given(OTHER, TransactionStatus.PENDING, 0, 0);
    givenRefund(RefundStatus.PENDING);

    // when, then
    assertRefused(new Decide(CHARGE, ANY, TransactionStatus.APPROVED, null, null));
    assertRefused(new DecideRefund(REFUND, RefundStatus.SUCCEEDED, null));
    assertThat(accepted(new Decide(CHARGE, ANY, TransactionStatus.VOIDED, null, null)).status())
        .isEqualTo(TransactionStatus.VOIDED);
  }

  @ParameterizedTest
  @EnumSource
  void recordsWhatWasTaken(TransactionStatus status) {
    // given
    given(CHARGE, status, 0, 0);
    Taken taken = new Taken(CHARGE, new Amount(90, "USD"));

    // when, then
    if (status == TransactionStatus.APPROVED || status == TransactionStatus.ABANDONED) {
      assertThat(accepted(taken).charged()).isEqualTo(new Amount(90, "USD"));
    } else {
      assertRefused(taken);
    }
    given(CHARGE, status, 10, 0);
    assertRefused(taken);
  }

  @ParameterizedTest
  @EnumSource
  void requiresAnApprovedCharge(TransactionStatus status) {
    // given
    RequireApproved required = new RequireApproved(ORDER);
    assertRefused(required);
    given(CHARGE, status, 0, 0);

    // when, then
    if (status == TransactionStatus.APPROVED) {
      assertThat(accepted(required)).isNull();
    } else {
      assertRefused(required);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refundsWhatIsCharged(TransactionStatus status) {
    // given: one that failed counts
    given(CHARGE, status, 40, 0);
    OpenRefund all = new OpenRefund(OTHER, CHARGE, 60, "BRL");

    // when, then
    if (status == TransactionStatus.APPROVED || status == TransactionStatus.PARTIALLY_REFUNDED) {
      assertThat(accepted(all).promised()).isEqualTo(100);
    } else {
      assertRefused(all);
    }
    assertRefused(new OpenRefund(OTHER, CHARGE, 61, "BRL"));
    assertRefused(new OpenRefund(OTHER, CHARGE, Long.MAX_VALUE, "BRL"));
    assertRefused(new OpenRefund(OTHER, CHARGE, 60, "USD"));
    assertRefused(new OpenRefund(OTHER, OTHER, 60, "BRL"));
  }

  @Test
  void opensARefundOnce() {
    // given
    given(CHARGE, TransactionStatus.APPROVED, 40, 0);
    givenRefund(RefundStatus.FAILED);

    // when, then
    assertRefused(new OpenRefund(REFUND, CHARGE, 10, "BRL"));
  }

  @Test
  void returnsSomeAndThenAll() {
    // given
    givenRefund(RefundStatus.PENDING);
    DecideRefund succeeded = new DecideRefund(REFUND, RefundStatus.SUCCEEDED, null);

    // when
    given(CHARGE, TransactionStatus.APPROVED, 100, 59);
    ChargeState some = accepted(succeeded);
    given(CHARGE, TransactionStatus.PARTIALLY_REFUNDED, 100, 60);
    ChargeState all = accepted(succeeded);

    // then
    assertThat(some).isEqualTo(charge(CHARGE, TransactionStatus.PARTIALLY_REFUNDED, 100, 99));
    assertThat(all).isEqualTo(charge(CHARGE, TransactionStatus.REFUNDED, 100, 100));
  }

  @Test
  void decidesARefundUntilItSucceeds() {
    // given
    given(CHARGE, TransactionStatus.APPROVED, 40, 0);
    DecideRefund failed = new DecideRefund(REFUND, RefundStatus.FAILED, null);
    assertRefused(failed);
    givenRefund(RefundStatus.FAILED);

    // when, then
    assertThat(accepted(failed)).isNull();
    givenRefund(RefundStatus.SUCCEEDED);
    assertRefused(failed);
  }

  @Test
  void recordsAnyReport() {
    assertThat(decide(new Report(CHARGE, TransactionStatus.APPROVED, null, null, null)))
        .isEqualTo(Decision.accept(PaymentOutcome.NONE));
  }
}
