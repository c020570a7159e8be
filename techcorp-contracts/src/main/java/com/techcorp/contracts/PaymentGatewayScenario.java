package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.payment.Amount;
import com.techcorp.payment.CardToken;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import com.techcorp.payment.PaymentGateway.RefundAnswer;
import com.techcorp.payment.PaymentGateway.RefundRequest;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;

/** One charge of a gateway under test, in short words. */
public abstract class PaymentGatewayScenario extends Contract<PaymentGatewayUnderTest> {
  static final long AMOUNT = 1_000;

  final String reference = UUID.randomUUID().toString();

  /** For subclasses. */
  protected PaymentGatewayScenario() {}

  final PaymentGateway gateway() {
    return adapter().gateway();
  }

  final ChargeAnswer charge(CardToken card) throws Exception {
    return gateway()
        .charge(
            new ChargeRequest(
                reference, new UUID(0, 1), AMOUNT, adapter().currency(), "credit_card", card));
  }

  final String approved() throws Exception {
    return assertApproved(charge(adapter().approvedCard()));
  }

  static String assertApproved(ChargeAnswer answer) {
    return assertThat(answer)
        .asInstanceOf(InstanceOfAssertFactories.type(ChargeAnswer.Approved.class))
        .satisfies(approved -> assertThat(approved.providerRef()).isNotBlank())
        .actual()
        .providerRef();
  }

  final RefundAnswer refund(String refundReference, long amount) throws Exception {
    return gateway()
        .refund(new RefundRequest(refundReference, reference, amount, adapter().currency()));
  }

  static String newReference() {
    return UUID.randomUUID().toString();
  }

  static @Nullable Amount amount(ChargeAnswer answer) {
    assertApproved(answer);
    return ((ChargeAnswer.Approved) answer).amount();
  }
}
