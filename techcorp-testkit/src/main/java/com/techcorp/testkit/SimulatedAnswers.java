package com.techcorp.testkit;

import com.techcorp.payment.PaymentGateway.CancelAnswer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.RefundAnswer;

/**
 * What a provider's answers say to its caller.
 *
 * @param tellsAmounts whether they tell the amount that was taken or given back
 */
record SimulatedAnswers(boolean tellsAmounts) {
  ChargeAnswer told(ChargeAnswer answer) {
    return answer instanceof ChargeAnswer.Approved approved && !tellsAmounts
        ? new ChargeAnswer.Approved(approved.providerRef())
        : answer;
  }

  CancelAnswer told(CancelAnswer answer) {
    return answer instanceof CancelAnswer.AlreadyCharged charged && !tellsAmounts
        ? new CancelAnswer.AlreadyCharged(charged.providerRef())
        : answer;
  }

  RefundAnswer told(RefundAnswer answer) {
    return answer instanceof RefundAnswer.Refunded refunded && !tellsAmounts
        ? new RefundAnswer.Refunded(refunded.providerRef())
        : answer;
  }
}
