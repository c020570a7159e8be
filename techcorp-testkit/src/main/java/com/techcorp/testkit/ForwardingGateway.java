package com.techcorp.testkit;

import com.techcorp.payment.PaymentGateway;
import java.time.Duration;

/**
 * A gateway that passes every call on to another one. Override the calls in which a test of yours
 * waits, counts or fails.
 */
public abstract class ForwardingGateway implements PaymentGateway {
  private final PaymentGateway provider;

  /**
   * Forwards to a gateway.
   *
   * @param provider gets every call
   */
  protected ForwardingGateway(PaymentGateway provider) {
    this.provider = provider;
  }

  @Override
  public ChargeAnswer charge(ChargeRequest request) throws Exception {
    return provider.charge(request);
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

  @Override
  public Duration callTimeout() {
    return provider.callTimeout();
  }
}
