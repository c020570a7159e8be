package com.techcorp.examples.demo;

import com.techcorp.payment.PaymentGateway;
import com.techcorp.testkit.ForwardingGateway;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loses a share of the provider's answers to charges after the money was taken: the worst moment,
 * for whoever charges again then charges twice. Thread-safe.
 */
final class ForgetfulGateway extends ForwardingGateway {
  private final double rate;
  private final long seed;
  private final AtomicInteger lost = new AtomicInteger();

  ForgetfulGateway(PaymentGateway provider, double rate, long seed) {
    super(provider);
    this.rate = rate;
    this.seed = seed;
  }

  int lost() {
    return lost.get();
  }

  @Override
  public ChargeAnswer charge(ChargeRequest request) throws Exception {
    ChargeAnswer answer = super.charge(request);
    long mixed = 31 * seed + request.orderId().getLeastSignificantBits();
    if (new SplittableRandom(mixed).nextDouble() < rate) {
      lost.incrementAndGet();
      throw new TimeoutException("the provider's answer was lost");
    }
    return answer;
  }
}
