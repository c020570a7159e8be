package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.payment.Amount;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.RefundAnswer;
import org.junit.jupiter.api.Test;

/** How a {@link PaymentGateway} refunds, and looks a refund up. */
public abstract class PaymentGatewayRefundsContract extends PaymentGatewayScenario {
  /** For subclasses. */
  protected PaymentGatewayRefundsContract() {}

  @Test
  void tellsTheAmountThatWentBackOrNone() throws Exception {
    // given
    approved();
    String refundReference = newReference();

    // when
    RefundAnswer part = refund(refundReference, 400);
    RefundAnswer again = refund(refundReference, 400);

    // then
    assertThat(part).isInstanceOf(RefundAnswer.Refunded.class).isEqualTo(again);
    assertThat(((RefundAnswer.Refunded) part).amount())
        .isIn(null, new Amount(400, adapter().currency()));
  }

  @Test
  void refundsOnceForAReference() throws Exception {
    // given
    approved();
    String refundReference = newReference();

    // when
    RefundAnswer first = refund(refundReference, AMOUNT);
    RefundAnswer again = refund(refundReference, AMOUNT);

    // then
    assertThat(first).isInstanceOf(RefundAnswer.Refunded.class);
    assertThat(again).isEqualTo(first);
  }

  @Test
  void refundsInPartsButNeverMoreThanTheCharge() throws Exception {
    // given
    approved();

    // when
    RefundAnswer first = refund(newReference(), 400);
    RefundAnswer tooMuch = refund(newReference(), AMOUNT - 399);
    RefundAnswer rest = refund(newReference(), AMOUNT - 400);

    // then
    assertThat(first).isInstanceOf(RefundAnswer.Refunded.class);
    assertThat(tooMuch).isInstanceOf(RefundAnswer.Failed.class);
    assertThat(rest).isInstanceOf(RefundAnswer.Refunded.class);
  }

  @Test
  void refundsNothingThatWasNotCharged() throws Exception {
    assertThat(refund(newReference(), 1)).isInstanceOf(RefundAnswer.Failed.class);
  }

  @Test
  void looksARefundUpOrSaysThatItCannot() throws Exception {
    // given
    approved();
    String refundReference = newReference();
    RefundAnswer refunded = refund(refundReference, AMOUNT);

    // when
    RefundAnswer found = gateway().lookUpRefund(refundReference);

    // then: who says "refunded" here keeps a refund from being paid twice
    if (!(found instanceof RefundAnswer.Unsupported)) {
      assertThat(found).isEqualTo(refunded);
    }
  }

  @Test
  void doesNotTakeAnUnknownRefundForOneThatWasPaid() throws Exception {
    // given
    approved();

    // when
    RefundAnswer answer = gateway().lookUpRefund(newReference());

    // then: "not found" has it sent again, "unsupported" leaves it to an operator
    assertThat(answer).isInstanceOfAny(RefundAnswer.NotFound.class, RefundAnswer.Unsupported.class);
  }
}
