package com.techcorp.examples;

import com.techcorp.payment.PaymentGateway;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loses a share of the provider's answers to charges after the money was taken: the worst moment,
 * for whoever charges again then charges twice. Thread-safe.
 */
final class ForgetfulGateway implements PaymentGateway {
  private final PaymentGateway provider;
  private final double rate;
  private final long seed;
  private final AtomicInteger lost = new AtomicInteger();

  ForgetfulGateway(PaymentGateway provider, double rate, long seed) {
    this.provider = provider;
    this.rate = rate;
    this.seed = seed;
  }

  int lost() {
    return lost.get();
  }

  @Override
  public ChargeAnswer charge(ChargeRequest request) throws Exception {
    ChargeAnswer answer = provider.charge(request);
    long mixed = 31 * seed + request.orderId().getLeastSignificantBits();
    if (new SplittableRandom(mixed).nextDouble() < rate) {
      lost.incrementAndGet();
      throw new TimeoutException("the provider's answer was lost");
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
