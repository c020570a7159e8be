package com.techcorp.auth.gateway;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.auth.TokenClaims;
import com.techcorp.error.InvalidInputException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The gateway's side of context headers: takes a request's headers as they came from outside, and
 * returns those to forward. Thread-safe.
 *
 * <pre>{@code
 * ContextSigner contexts = ContextSigner.of(ContextKeys.of(key));
 * // for each request; claims are those of its access token:
 * RequestHeaders outside = RequestHeaders.of(exchange.getRequestHeaders());
 * RequestHeaders forwarded =
 *     contexts.sign(RequestLine.of("GET", address), outside, contexts.context(claims, outside));
 * // without a token:
 * RequestHeaders forwarded = contexts.strip(outside);
 * }</pre>
 */
public final class ContextSigner {
  private final ContextKeys keys;
  private final ContextOptions options;
  private final InstantSource clock;

  private ContextSigner(ContextKeys keys, ContextOptions options, InstantSource clock) {
    this.keys = keys;
    this.options = options;
    this.clock = clock;
  }

  /**
   * Signs with {@link ContextOptions#DEFAULT} and this machine's clock.
   *
   * @param keys one of them signs
   * @return the gateway's side
   */
  public static ContextSigner of(ContextKeys keys) {
    return of(keys, ContextOptions.DEFAULT, InstantSource.system());
  }

  /**
   * Signs with options and a clock of the host's.
   *
   * @param keys one of them signs
   * @param options whether the trace of an outsider is kept
   * @param clock the current time
   * @return the gateway's side
   */
  public static ContextSigner of(ContextKeys keys, ContextOptions options, InstantSource clock) {
    return new ContextSigner(
        Objects.requireNonNull(keys, "keys"),
        Objects.requireNonNull(options, "options"),
        Objects.requireNonNull(clock, "clock"));
  }

  /**
   * Returns the context of a request: a new id, and the trace from outside if the options keep it.
   *
   * @param claims what the request's valid access token says
   * @param outside the headers as they came
   * @return the context
   * @throws InvalidInputException if the e-mail address has a control character or half of a
   *     surrogate pair
   */
  public RequestContext context(TokenClaims claims, RequestHeaders outside) {
    return new RequestContext(
        claims.userId(),
        claims.email(),
        claims.sessionId(),
        UuidCreator.getTimeOrderedEpoch(clock.instant()).toString(),
        kept(outside).orElse(null));
  }

  /**
   * Returns the headers without all that only a gateway may say, for a request behind which no user
   * stands. These do not pass:
   *
   * <ul>
   *   <li>what stands under a reserved name, see {@link ContextHeaders#isReserved};
   *   <li>{@code Connection}, if it names a reserved name;
   *   <li>names and values that HTTP does not allow;
   *   <li>{@code traceparent} and {@code tracestate}, unless the options keep them and they are
   *       well-formed.
   * </ul>
   *
   * @param outside the headers as they came
   * @return the others, in their order
   */
  public RequestHeaders strip(RequestHeaders outside) {
    boolean traced = kept(outside).isPresent();
    return outside.filter(
        (name, value) ->
            OutsideHeaders.mayPass(name, value)
                && (!OutsideTrace.isTrace(name) || (traced && OutsideTrace.isStandard(name))));
  }

  /**
   * Returns the headers as {@link #strip} does, with those of a context and their signature. If the
   * context has a trace, {@code traceparent} says the same, for the service's tracer.
   *
   * @param request what is asked of the service, exactly as the service will receive it
   * @param outside the headers as they came
   * @param context who sent the request
   * @return the headers to forward
   * @throws InvalidInputException if method, path or query have a character that no request may
   *     have: answer with 400
   */
  public RequestHeaders sign(RequestLine request, RequestHeaders outside, RequestContext context) {
    if (!request.isPlain()) {
      throw new InvalidInputException(
          "request", "method, path and query must be of visible characters of ASCII");
    }
    return traced(strip(outside), context).plus(signed(request, context));
  }

  private Map<String, String> signed(RequestLine request, RequestContext context) {
    Instant now = clock.instant();
    Map<String, String> values = new LinkedHashMap<>();
    values.put(ContextHeaders.VERSION, ContextHeaders.VERSION_1);
    values.put(ContextHeaders.KEY, keys.signingId());
    values.put(ContextHeaders.TIME, Long.toString(now.toEpochMilli()));
    values.putAll(ContextValues.of(context));
    values.put(ContextHeaders.SIGNATURE, ContextSignature.of(keys.signing(), request, values));
    return values;
  }

  private static RequestHeaders traced(RequestHeaders stripped, RequestContext context) {
    String trace = context.traceparent();
    if (trace == null || stripped.values(OutsideTrace.TRACEPARENT).contains(trace)) {
      return stripped;
    }
    return stripped
        .filter((name, value) -> !OutsideTrace.isTrace(name))
        .plus(Map.of(OutsideTrace.TRACEPARENT, trace));
  }

  private Optional<String> kept(RequestHeaders outside) {
    return options.keepTraceparent() ? OutsideTrace.traceparent(outside) : Optional.empty();
  }
}
