package com.techcorp.auth.gateway;

import static com.techcorp.auth.gateway.TestContexts.ANA;
import static com.techcorp.auth.gateway.TestContexts.BEN;
import static com.techcorp.auth.gateway.TestContexts.NONE;
import static com.techcorp.auth.gateway.TestContexts.REQUEST;
import static com.techcorp.auth.gateway.TestContexts.headers;
import static com.techcorp.auth.gateway.TestContexts.plus;
import static com.techcorp.auth.gateway.TestContexts.refused;
import static com.techcorp.auth.gateway.TestContexts.signed;
import static com.techcorp.auth.gateway.TestContexts.signedWith;
import static com.techcorp.auth.gateway.TestContexts.value;
import static com.techcorp.auth.gateway.TestContexts.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers that a service refuses, each with its reason. */
class ContextRefusalTest {
  private final ContextVerifier verifier = TestContexts.verifier();

  /**
   * Headers that must be refused.
   *
   * @param name what is wrong with them
   * @param headers the headers
   * @param reason why they must be refused
   */
  record Hostile(String name, RequestHeaders headers, ContextRefusal reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void isRefusedWithItsReason(Hostile hostile) {
    assertThat(verifier.verify(REQUEST, hostile.headers())).isEqualTo(refused(hostile.reason()));
  }

  @Test
  void aRequestThatNobodyCanSendIsRefused() {
    assertThat(verifier.verify(RequestLine.of("GET", "/a b"), signed()))
        .isEqualTo(refused(ContextRefusal.MALFORMED_REQUEST));
    assertThat(verifier.verify(RequestLine.of("", "/\0"), NONE))
        .isEqualTo(new ContextVerdict.Anonymous());
  }

  @Test
  void eachReasonIsShown() {
    // given
    Set<ContextRefusal> shown =
        hostile()
            .map(Hostile::reason)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(ContextRefusal.class)));

    // then the others are shown by the test above and by ContextVerifierTest
    assertThat(EnumSet.complementOf(EnumSet.copyOf(shown)))
        .containsExactly(
            ContextRefusal.MALFORMED_REQUEST, ContextRefusal.EXPIRED, ContextRefusal.NOT_YET_VALID);
  }

  static Stream<Hostile> hostile() {
    String signature = value(signed(), ContextHeaders.SIGNATURE);
    return Stream.of(
        of("version 2", signedWith(ContextHeaders.VERSION, "2"), ContextRefusal.UNKNOWN_VERSION),
        of("version 01", signedWith(ContextHeaders.VERSION, "01"), ContextRefusal.UNKNOWN_VERSION),
        of("no version", with(ContextHeaders.VERSION, ""), ContextRefusal.UNKNOWN_VERSION),
        of(
            "version 2 with a name that it may have",
            signedWith(ContextHeaders.VERSION, "2")
                .plus(Map.of("X-TechCorp-Context-Roles", "admin")),
            ContextRefusal.UNKNOWN_VERSION),
        of("an unknown name", plus("X-TechCorp-Context-Roles", "x"), ContextRefusal.UNKNOWN_NAME),
        of("underscores", plus("X_TechCorp_Context_User", "x"), ContextRefusal.UNKNOWN_NAME),
        of("NUL", plus("X-TechCorp-Context-User\0", "x"), ContextRefusal.UNKNOWN_NAME),
        of("KELVIN SIGN", plus("X-TechCorp-Context-\u212Aey", "x"), ContextRefusal.UNKNOWN_NAME),
        of("a long s", plus("X-TechCorp-Context-\u017Fession", "x"), ContextRefusal.UNKNOWN_NAME),
        of("a space before", plus(" X-TechCorp-Context-User", "x"), ContextRefusal.UNKNOWN_NAME),
        of("the prefix alone", plus("X-TechCorp-Context", "x"), ContextRefusal.UNKNOWN_NAME),
        of("a user twice", plus(ContextHeaders.USER, "x"), ContextRefusal.REPEATED),
        of(
            "a user alone",
            headers(Map.of(ContextHeaders.USER, ANA.userId().toString())),
            ContextRefusal.MISSING),
        of("an empty user", with(ContextHeaders.USER, ""), ContextRefusal.MALFORMED_VALUE),
        of("a NUL in a value", with(ContextHeaders.EMAIL, "a\0"), ContextRefusal.MALFORMED_VALUE),
        of("a line break", with(ContextHeaders.EMAIL, "a\r\nb"), ContextRefusal.MALFORMED_VALUE),
        of(
            "a value that is folded",
            with(ContextHeaders.EMAIL, "a b"),
            ContextRefusal.MALFORMED_VALUE),
        of(
            "a value of Latin-1",
            with(ContextHeaders.EMAIL, "\u00E9"),
            ContextRefusal.MALFORMED_VALUE),
        of("half a pair", with(ContextHeaders.EMAIL, "\uD800"), ContextRefusal.MALFORMED_VALUE),
        of(
            "two values in one",
            with(ContextHeaders.USER, ANA.userId() + ", " + BEN.userId()),
            ContextRefusal.MALFORMED_VALUE),
        of(
            "a value of 1 MB",
            with(ContextHeaders.KEY, "k".repeat(1_000_000)),
            ContextRefusal.MALFORMED_VALUE),
        of("another key", with(ContextHeaders.KEY, "AAAAAAAAAAAA"), ContextRefusal.UNKNOWN_KEY),
        of("no signature", with(ContextHeaders.SIGNATURE, "x"), ContextRefusal.WRONG_SIGNATURE),
        of(
            "a padded signature",
            with(ContextHeaders.SIGNATURE, signature + "="),
            ContextRefusal.WRONG_SIGNATURE),
        of("no time", signedWith(ContextHeaders.TIME, "now"), ContextRefusal.INVALID_TIME),
        of("a negative time", signedWith(ContextHeaders.TIME, "-1"), ContextRefusal.INVALID_TIME),
        of(
            "a long time",
            signedWith(ContextHeaders.TIME, "9".repeat(16)),
            ContextRefusal.INVALID_TIME),
        of("no UUID", signedWith(ContextHeaders.USER, "1-1-1-1-1"), ContextRefusal.INVALID_USER),
        of(
            "another form of the UUID",
            signedWith(ContextHeaders.USER, ANA.userId().toString().toUpperCase(Locale.ROOT)),
            ContextRefusal.INVALID_USER),
        of("no e-mail", signedWith(ContextHeaders.EMAIL, "%20"), ContextRefusal.INVALID_EMAIL),
        of(
            "a line break in it",
            signedWith(ContextHeaders.EMAIL, "a%0Ab"),
            ContextRefusal.INVALID_EMAIL),
        of("a longer form", signedWith(ContextHeaders.EMAIL, "%61"), ContextRefusal.INVALID_EMAIL),
        of("lower case", signedWith(ContextHeaders.EMAIL, "%c3%bc"), ContextRefusal.INVALID_EMAIL),
        of("half an escape", signedWith(ContextHeaders.EMAIL, "a%4"), ContextRefusal.INVALID_EMAIL),
        of("no UTF-8", signedWith(ContextHeaders.EMAIL, "%FF"), ContextRefusal.INVALID_EMAIL),
        of(
            "a surrogate",
            signedWith(ContextHeaders.EMAIL, "%ED%A0%80"),
            ContextRefusal.INVALID_EMAIL),
        of("overlong", signedWith(ContextHeaders.EMAIL, "%C0%AF"), ContextRefusal.INVALID_EMAIL),
        of("a plus", signedWith(ContextHeaders.EMAIL, "a+b"), ContextRefusal.INVALID_EMAIL),
        of(
            "321 characters",
            signedWith(ContextHeaders.EMAIL, "a".repeat(321)),
            ContextRefusal.INVALID_EMAIL),
        of(
            "no session",
            signedWith(ContextHeaders.SESSION, "g".repeat(36)),
            ContextRefusal.INVALID_SESSION),
        of(
            "129 characters",
            signedWith(ContextHeaders.REQUEST, "r".repeat(129)),
            ContextRefusal.INVALID_REQUEST),
        of(
            "no trace",
            signedWith(ContextHeaders.TRACEPARENT, "00-0-0-00"),
            ContextRefusal.INVALID_TRACEPARENT));
  }

  private static Hostile of(String name, RequestHeaders headers, ContextRefusal reason) {
    return new Hostile(name, headers, reason);
  }
}
