package com.techcorp.bench.workload;

import com.techcorp.payment.PaymentGateway;
import java.time.Duration;

/** A payment provider inside the process that approves everything, at once or after a while. */
public final class Provider implements PaymentGateway {
  private final long millis;
  private final Runnable beforeCharge;
  private final Runnable beforeRefund;

  public Provider(Duration latency) {
    this(latency, () -> {}, () -> {});
  }

  /**
   * With something that happens in its calls.
   *
   * @param beforeCharge in each charge, before it is approved
   * @param beforeRefund in each refund
   */
  public Provider(Duration latency, Runnable beforeCharge, Runnable beforeRefund) {
    this.millis = latency.toMillis();
    this.beforeCharge = beforeCharge;
    this.beforeRefund = beforeRefund;
  }

  @Override
  public ChargeAnswer charge(ChargeRequest request) throws InterruptedException {
    if (millis > 0) {
      Thread.sleep(millis);
    }
    beforeCharge.run();
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
    beforeRefund.run();
    return new RefundAnswer.Refunded("re_" + request.reference());
  }
}
