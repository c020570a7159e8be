package com.techcorp.servers.provider;

import com.techcorp.error.InvalidInputException;
import com.techcorp.payment.PaymentGateway;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;

/**
 * How a shop pays at a {@link ProviderProcess}, from any process that knows its address. A refused
 * connection and a 503 are {@code NotSent}; whatever else keeps the answer away (a time-out, a
 * broken connection) is an exception, and so unknown. Immutable and thread-safe; logs nothing. It
 * keeps connections: whoever has made many gateways closes them.
 */
public final class ProviderGateway implements PaymentGateway, AutoCloseable {
  private final HttpCalls calls;
  private final Duration timeout;
  private final Duration idempotencyWindow;
  private final Duration requestLifetime;

  private ProviderGateway(
      HttpCalls calls, Duration timeout, Duration idempotencyWindow, Duration requestLifetime) {
    this.calls = calls;
    this.timeout = timeout;
    this.idempotencyWindow = idempotencyWindow;
    this.requestLifetime = requestLifetime;
  }

  /**
   * The gateway to a provider. Connects with the first call, so that the provider need not be there
   * yet.
   *
   * @param provider {@link ProviderProcess#uri()}
   * @return a gateway with a time-out of 10 s, an idempotency window of 24 hours and a request
   *     lifetime of 10 minutes
   */
  public static ProviderGateway at(URI provider) {
    return over(new HttpCalls(provider));
  }

  static ProviderGateway over(HttpCalls calls) {
    return new ProviderGateway(
        calls, Duration.ofSeconds(10), Duration.ofHours(24), Duration.ofMinutes(10));
  }

  /**
   * With another limit for each call.
   *
   * @param limit positive
   * @return a changed copy over the same connections
   * @throws InvalidInputException if it is not positive
   */
  public ProviderGateway timeout(Duration limit) {
    return new ProviderGateway(
        calls, positive("timeout", limit), idempotencyWindow, requestLifetime);
  }

  /**
   * With another word about folding; it does not change what the provider does.
   *
   * @param window what {@link #idempotencyWindow()} says, positive
   * @return a changed copy over the same connections
   * @throws InvalidInputException if it is not positive
   */
  public ProviderGateway idempotencyWindow(Duration window) {
    return new ProviderGateway(
        calls, timeout, positive("idempotencyWindow", window), requestLifetime);
  }

  /**
   * With another word about late requests; it does not change what the provider does.
   *
   * @param lifetime what {@link #requestLifetime()} says, positive
   * @return a changed copy over the same connections
   * @throws InvalidInputException if it is not positive
   */
  public ProviderGateway requestLifetime(Duration lifetime) {
    return new ProviderGateway(
        calls, timeout, idempotencyWindow, positive("requestLifetime", lifetime));
  }

  @Override
  public ChargeAnswer charge(ChargeRequest request) throws IOException {
    try {
      return call("/charge", request).charge();
    } catch (HttpCalls.NotAcceptedException | ConnectException e) {
      return new ChargeAnswer.NotSent(reason(e));
    }
  }

  @Override
  public ChargeAnswer lookUp(String reference) throws IOException {
    return call("/look-up", new Wire.Reference(reference)).charge();
  }

  @Override
  public CancelAnswer cancel(String reference) throws IOException {
    return call("/cancel", new Wire.Reference(reference)).cancel();
  }

  @Override
  public RefundAnswer refund(RefundRequest request) throws IOException {
    try {
      return call("/refund", request).refund();
    } catch (HttpCalls.NotAcceptedException | ConnectException e) {
      return new RefundAnswer.Failed(reason(e));
    }
  }

  @Override
  public RefundAnswer lookUpRefund(String reference) throws IOException {
    return call("/look-up-refund", new Wire.Reference(reference)).refund();
  }

  @Override
  public Duration idempotencyWindow() {
    return idempotencyWindow;
  }

  @Override
  public Duration requestLifetime() {
    return requestLifetime;
  }

  /** The limit of each call, and what a connection may take before it. */
  @Override
  public Duration callTimeout() {
    return timeout.plus(HttpConnection.CONNECT_TIMEOUT);
  }

  /** Closes the connections that are idle now; a call after that opens one again. */
  @Override
  public void close() {
    calls.close();
  }

  private Wire.Reply call(String path, Object body) throws IOException {
    return calls.post(path, body, Wire.Reply.class, timeout);
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? "the provider could not be reached" : message;
  }

  private static Duration positive(String field, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new InvalidInputException(field, "must be positive, was " + duration);
    }
    return duration;
  }
}
