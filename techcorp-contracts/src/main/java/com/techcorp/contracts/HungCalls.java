package com.techcorp.contracts;

import com.techcorp.payment.PaymentGateway;
import com.techcorp.testkit.ForwardingGateway;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between one process and the provider, as an adapter without time-outs of its own would:
 * some calls hang before they arrive, take no notice of an interrupt, and go on when the test lets
 * them. It does not keep what {@link #callTimeout} says.
 */
final class HungCalls extends ForwardingGateway {
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger hanging = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicInteger charges = new AtomicInteger();
  private final AtomicInteger others = new AtomicInteger();

  HungCalls(PaymentGateway provider) {
    super(provider);
  }

  /** The next charges hang, and so many of all other calls. */
  HungCalls hangs(int nextCharges, int nextOthers) {
    charges.set(nextCharges);
    others.set(nextOthers);
    return this;
  }

  /** How many calls hang. */
  int hanging() {
    return hanging.get();
  }

  /** How many calls there were at once, at the most. */
  int mostAtOnce() {
    return mostAtOnce.get();
  }

  /** The provider is well from here on, and those that hang go on. */
  void release() {
    hangs(0, 0);
    release.countDown();
  }

  private <T> T call(AtomicInteger toHang, Callable<T> call) throws Exception {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try {
      if (toHang.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        hang();
      }
      return call.call();
    } finally {
      atOnce.decrementAndGet();
    }
  }

  private void hang() {
    hanging.incrementAndGet();
    boolean interrupted = false;
    while (true) {
      try {
        release.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    hanging.decrementAndGet();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public ChargeAnswer charge(ChargeRequest request) throws Exception {
    return call(charges, () -> super.charge(request));
  }

  @Override
  public ChargeAnswer lookUp(String reference) throws Exception {
    return call(others, () -> super.lookUp(reference));
  }

  @Override
  public CancelAnswer cancel(String reference) throws Exception {
    return call(others, () -> super.cancel(reference));
  }

  @Override
  public RefundAnswer refund(RefundRequest request) throws Exception {
    return call(others, () -> super.refund(request));
  }

  @Override
  public RefundAnswer lookUpRefund(String reference) throws Exception {
    return call(others, () -> super.lookUpRefund(reference));
  }
}
