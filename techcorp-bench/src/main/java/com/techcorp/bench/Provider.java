package com.techcorp.bench;

import com.techcorp.payment.PaymentGateway;
import java.time.Duration;

/** A payment provider inside the process that approves everything, at once or after a while. */
final class Provider implements PaymentGateway {
  private final long millis;

  Provider(Duration latency) {
    this.millis = latency.toMillis();
  }

  @Override
  public ChargeAnswer charge(ChargeRequest request) throws InterruptedException {
    if (millis > 0) {
      Thread.sleep(millis);
    }
    return new ChargeAnswer.Approved("ch_" + request.reference());
  }

  @Override
  public ChargeAnswer lookUp(String reference) {
    return new ChargeAnswer.Approved("ch_" + reference);
  }

  @Override
  public CancelAnswer cancel(String reference) {
    return new CancelAnswer.AlreadyCharged("ch_" + reference);
  }

  @Override
  public RefundAnswer refund(RefundRequest request) {
    return new RefundAnswer.Refunded("re_" + request.reference());
  }
}
