package com.techcorp.contracts;

import com.techcorp.payment.PaymentGateway;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between one process and the provider: charges wait here, before they arrive, until the
 * test lets them go. As the wire does, it takes no notice of an interrupt.
 */
final class BlockingGateway implements PaymentGateway {
  private final PaymentGateway provider;
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger held = new AtomicInteger();

  BlockingGateway(PaymentGateway provider) {
    this.provider = provider;
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
    ChargeAnswer answer = provider.charge(request);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return answer;
  }

  @Override
  public ChargeAnswer lookUp(String reference) throws Exception {
    return provider.lookUp(reference);
  }

  @Override
  public CancelAnswer cancel(String reference) throws Exception {
    return provider.cancel(reference);
  }

  @Override
  public RefundAnswer refund(RefundRequest request) throws Exception {
    return provider.refund(request);
  }

  @Override
  public RefundAnswer lookUpRefund(String reference) throws Exception {
    return provider.lookUpRefund(reference);
  }

  @Override
  public Duration idempotencyWindow() {
    return provider.idempotencyWindow();
  }

  @Override
  public Duration requestLifetime() {
    return provider.requestLifetime();
  }
}
