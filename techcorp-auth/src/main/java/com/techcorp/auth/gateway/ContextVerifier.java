package com.techcorp.auth.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;

/**
 * The service's side of context headers: believes none without a valid signature. Thread-safe.
 *
 * <pre>{@code
 * ContextVerifier contexts = ContextVerifier.of(ContextKeys.of(key));
 * // for each request, before anything else reads its headers:
 * ContextVerdict verdict =
 *     contexts.verify(
 *         RequestLine.of(exchange.getRequestMethod(), exchange.getRequestURI()),
 *         RequestHeaders.of(exchange.getRequestHeaders()));
 * }</pre>
 *
 * <p>A set that is sent again within its validity, for the same method, path and query, is accepted
 * again.
 */
public final class ContextVerifier {
  private static final Pattern MILLISECONDS = Pattern.compile("0|[1-9][0-9]{0,14}");

  private final ContextKeys keys;
  private final ContextOptions options;
  private final InstantSource clock;

  private ContextVerifier(ContextKeys keys, ContextOptions options, InstantSource clock) {
    this.keys = keys;
    this.options = options;
    this.clock = clock;
  }

  /**
   * Verifies with {@link ContextOptions#DEFAULT} and this machine's clock.
   *
   * @param keys those of the gateways
   * @return the service's side
   */
  public static ContextVerifier of(ContextKeys keys) {
    return of(keys, ContextOptions.DEFAULT, InstantSource.system());
  }

  /**
   * Verifies with options and a clock of the host's.
   *
   * @param keys those of the gateways
   * @param options how long a signature is valid
   * @param clock the current time
   * @return the service's side
   */
  public static ContextVerifier of(ContextKeys keys, ContextOptions options, InstantSource clock) {
    return new ContextVerifier(
        Objects.requireNonNull(keys, "keys"),
        Objects.requireNonNull(options, "options"),
        Objects.requireNonNull(clock, "clock"));
  }

  /**
   * Says who sent a request, whatever its headers are. Nothing that is sent makes this throw.
   *
   * @param request what it asks for, as it came
   * @param headers all of its headers, as they came
   * @return who sent it, or that nobody is named, or why what is named is refused
   */
  public ContextVerdict verify(RequestLine request, RequestHeaders headers) {
    Objects.requireNonNull(request, "request");
    try {
      Optional<ContextSet> set = ContextSet.in(headers);
      return set.isPresent()
          ? new ContextVerdict.Accepted(context(request, set.get()))
          : new ContextVerdict.Anonymous();
    } catch (RefusedContextException e) {
      return new ContextVerdict.Refused(e.reason());
    }
  }

  private RequestContext context(RequestLine request, ContextSet set)
      throws RefusedContextException {
    requireSignature(request, set);
    requireTime(set.value(ContextHeaders.TIME));
    return ContextValues.context(set);
  }

  private void requireSignature(RequestLine request, ContextSet set)
      throws RefusedContextException {
    require(request.isPlain(), ContextRefusal.MALFORMED_REQUEST);
    Mac mac =
        keys.accepted(set.value(ContextHeaders.KEY))
            .orElseThrow(() -> new RefusedContextException(ContextRefusal.UNKNOWN_KEY));
    String expected = ContextSignature.of(mac, request, set.values());
    boolean same =
        MessageDigest.isEqual(bytes(expected), bytes(set.value(ContextHeaders.SIGNATURE)));
    require(same, ContextRefusal.WRONG_SIGNATURE);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void requireTime(String millis) throws RefusedContextException {
    require(MILLISECONDS.matcher(millis).matches(), ContextRefusal.INVALID_TIME);
    Duration age = Duration.between(Instant.ofEpochMilli(Long.parseLong(millis)), clock.instant());
    require(age.compareTo(options.validity()) <= 0, ContextRefusal.EXPIRED);
    require(age.negated().compareTo(options.validity()) <= 0, ContextRefusal.NOT_YET_VALID);
  }

  private static void require(boolean holds, ContextRefusal reason) throws RefusedContextException {
    if (!holds) {
      throw new RefusedContextException(reason);
    }
  }
}
