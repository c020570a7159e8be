package com.techcorp.contracts;

import com.techcorp.payment.PaymentGateway;
import com.techcorp.testkit.ForwardingGateway;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between one process and the provider: charges wait here, before they arrive, until the
 * test lets them go. As the wire does, it takes no notice of an interrupt.
 */
final class BlockingGateway extends ForwardingGateway {
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger held = new AtomicInteger();

  BlockingGateway(PaymentGateway provider) {
    super(provider);
  }

  /** How many charges wait here. */
  int held() {
    return held.get();
  }

  void release() {
    release.countDown();
  }

  @Override
  public ChargeAnswer charge(ChargeRequest request) throws Exception {
    held.incrementAndGet();
    boolean interrupted = false;
    while (true) {
      try {
        release.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    held.decrementAndGet();
    ChargeAnswer answer = super.charge(request);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return answer;
  }
}
