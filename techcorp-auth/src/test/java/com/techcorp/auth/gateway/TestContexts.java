package com.techcorp.auth.gateway;

import com.techcorp.testkit.SteppedClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Contexts, keys and headers that the tests of both sides share. */
final class TestContexts {
  static final Instant NOW = Instant.parse("2024-06-15T12:00:00.123Z");

  /** Texts, so that a test finds them wherever they are shown. */
  static final byte[] KEY = bytes("planted-context-key-of-32-bytes!");

  static final byte[] OTHER_KEY = bytes("another-context-key-of-32-bytes!");

  static final RequestContext ANA =
      new RequestContext(
          UUID.fromString("6f9619ff-8b86-4d11-b42d-00c04fc964ff"),
          "ana@example.com",
          UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91"),
          "0190163d-86f7-7c1c-b1a5-1f0c1e9a3b52",
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

  static final RequestContext BEN =
      new RequestContext(
          UUID.fromString("0190163d-8001-7a7a-9b9b-00c04fc964aa"),
          "ben@example.com",
          UUID.fromString("0190163d-8002-7a7a-9b9b-00c04fc964bb"),
          "0190163d-8003-7a7a-9b9b-00c04fc964cc",
          null);

  static final RequestLine REQUEST = RequestLine.of("GET", "/orders/a%20b?page=2");

  static final RequestHeaders NONE = RequestHeaders.of(Map.of());

  private TestContexts() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static SteppedClock clock() {
    return SteppedClock.at(NOW);
  }

  static ContextSigner signer() {
    return signer(ContextKeys.of(KEY));
  }

  static ContextSigner signer(ContextKeys keys) {
    return ContextSigner.of(keys, ContextOptions.DEFAULT, clock());
  }

  static ContextVerifier verifier() {
    return verifier(ContextKeys.of(KEY));
  }

  static ContextVerifier verifier(ContextKeys keys) {
    return ContextVerifier.of(keys, ContextOptions.DEFAULT, clock());
  }

  /** The headers of Ana's request, as a gateway signed them. */
  static RequestHeaders signed() {
    return signer().sign(REQUEST, NONE, ANA);
  }

  /** The values of headers by their names; for sets in which each is there once. */
  static Map<String, String> values(RequestHeaders headers) {
    Map<String, String> values = new LinkedHashMap<>();
    headers.forEach(values::put);
    return values;
  }

  /** The value of a header that is there once. */
  static String value(RequestHeaders headers, String name) {
    return Objects.requireNonNull(values(headers).get(name), name);
  }

  static RequestHeaders headers(Map<String, String> values) {
    return RequestHeaders.of(values.entrySet());
  }

  /** The signed values with one changed. */
  static RequestHeaders with(String name, String value) {
    Map<String, String> values = values(signed());
    values.put(name, value);
    return headers(values);
  }

  /** The signed values and one more. */
  static RequestHeaders plus(String name, String value) {
    return signed().plus(Map.of(name, value));
  }

  static ContextVerdict refused(ContextRefusal reason) {
    return new ContextVerdict.Refused(reason);
  }

  /** The values with one changed, under a signature that is right again. */
  static RequestHeaders signedWith(String name, String value) {
    Map<String, String> values = values(signed());
    values.put(name, value);
    values.put(
        ContextHeaders.SIGNATURE,
        ContextSignature.of(ContextKeys.of(KEY).signing(), REQUEST, values));
    return headers(values);
  }

  /** As many headers that say nothing. */
  static List<Map.Entry<String, String>> others(int count) {
    List<Map.Entry<String, String>> others = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      others.add(Map.entry("X-Other-" + i, "value " + i));
    }
    return others;
  }
}
