package com.techcorp.auth.gateway;

import static com.techcorp.auth.gateway.TestContexts.ANA;
import static com.techcorp.auth.gateway.TestContexts.BEN;
import static com.techcorp.auth.gateway.TestContexts.KEY;
import static com.techcorp.auth.gateway.TestContexts.NONE;
import static com.techcorp.auth.gateway.TestContexts.OTHER_KEY;
import static com.techcorp.auth.gateway.TestContexts.REQUEST;
import static com.techcorp.auth.gateway.TestContexts.headers;
import static com.techcorp.auth.gateway.TestContexts.others;
import static com.techcorp.auth.gateway.TestContexts.signed;
import static com.techcorp.auth.gateway.TestContexts.signedWith;
import static com.techcorp.auth.gateway.TestContexts.value;
import static com.techcorp.auth.gateway.TestContexts.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which context headers a service believes. */
class ContextVerifierTest {
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

  @Test
  void whatAGatewaySignedIsAccepted() {
    assertThat(verifier.verify(REQUEST, signed())).isEqualTo(new ContextVerdict.Accepted(ANA));
    assertThat(verifier.verify(REQUEST, TestContexts.signer().sign(REQUEST, NONE, BEN)))
        .isEqualTo(new ContextVerdict.Accepted(BEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "j\u00F6rg+a b%41@b\u00FCcher.example",
        "\u5C71\u7530@\u4F8B\u3048.\u30C6\u30B9\u30C8",
        "\uD83D\uDCE7@example.com",
        "\"a,b;c\\\"d\"@example.com",
        "a%0D%0Ab@example.com",
        " a "
      })
  void anyAddressArrivesAsItIs(String email) {
    // given
    RequestContext context =
        new RequestContext(ANA.userId(), email, ANA.sessionId(), ANA.requestId(), null);

    // when
    RequestHeaders signed = TestContexts.signer().sign(REQUEST, NONE, context);

    // then
    assertThat(value(signed, ContextHeaders.EMAIL)).matches("[A-Za-z0-9._~@%-]+");
    assertThat(verifier.verify(REQUEST, signed)).isEqualTo(new ContextVerdict.Accepted(context));
  }

  @Test
  void theLongestContextIsAccepted() {
    RequestContext context =
        new RequestContext(
            ANA.userId(), "\u5C71".repeat(320), ANA.sessionId(), "r".repeat(128), null);

    assertThat(verifier.verify(REQUEST, TestContexts.signer().sign(REQUEST, NONE, context)))
        .isEqualTo(new ContextVerdict.Accepted(context));
  }

  @Test
  void namesArriveInAnyLetterCaseAndOrderAmongOtherHeaders() {
    // given
    List<Map.Entry<String, String>> headers = new ArrayList<>(others(1_000));
    signed().forEach((name, value) -> headers.add(0, entry(name.toLowerCase(Locale.ROOT), value)));

    // then
    assertThat(verifier.verify(REQUEST, RequestHeaders.of(headers)))
        .isEqualTo(new ContextVerdict.Accepted(ANA));
  }

  @Test
  void withoutContextHeadersARequestIsAnonymous() {
    assertThat(verifier.verify(REQUEST, NONE)).isEqualTo(new ContextVerdict.Anonymous());
    assertThat(verifier.verify(REQUEST, RequestHeaders.of(others(1_000))))
        .isEqualTo(new ContextVerdict.Anonymous());
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /orders/a%20b?page=2",
    "get, /orders/a%20b?page=2",
    "GET, /orders/a%20c?page=2",
    "GET, /orders/a b?page=2",
    "GET, /orders/a+b?page=2",
    "GET, //orders/a%20b?page=2",
    "GET, /x/../orders/a%20b?page=2",
    "GET, /orders/a%20b?page=3",
    "GET, /orders/a%20b?page=2&page=3",
    "GET, /orders/a%20b?page=2?",
    "GET, /orders/a%20b",
    "GET, /orders/a%20bpage=2",
    "GET, /orders/a%20b%3Fpage=2"
  })
  void anotherRequestIsRefused(String method, String target) {
    assertThat(verifier.verify(RequestLine.of(method, target), signed()))
        .isInstanceOf(ContextVerdict.Refused.class);
  }

  @Test
  void aSetIsValidFor30SecondsInBothDirections() {
    // given
    RequestHeaders signed = signed();

    for (int seconds : new int[] {0, 1, 30, -30}) {
      assertThat(at(Duration.ofSeconds(seconds)).verify(REQUEST, signed))
          .as("%s s old", seconds)
          .isEqualTo(new ContextVerdict.Accepted(ANA));
    }
    for (Duration age : List.of(Duration.ofMillis(30_001), Duration.ofSeconds(31))) {
      assertThat(at(age).verify(REQUEST, signed)).isEqualTo(refused(ContextRefusal.EXPIRED));
      assertThat(at(age.negated()).verify(REQUEST, signed))
          .isEqualTo(refused(ContextRefusal.NOT_YET_VALID));
    }
  }

  @Test
  void optionsChangeTheValidity() {
    // given
    SteppedClock clock = TestContexts.clock();
    ContextVerifier patient =
        ContextVerifier.of(
            ContextKeys.of(KEY),
            ContextOptions.DEFAULT.withValidity(Duration.ofSeconds(60)),
            clock);
    RequestHeaders signed = signed();

    // when
    clock.advance(Duration.ofSeconds(60));

    // then
    assertThat(patient.verify(REQUEST, signed)).isInstanceOf(ContextVerdict.Accepted.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(patient.verify(REQUEST, signed)).isEqualTo(refused(ContextRefusal.EXPIRED));
  }

  /** docs/authentication.md says so. */
  @Test
  void aReplayWithinTheValidityIsAccepted() {
    RequestHeaders signed = signed();

    assertThat(verifier.verify(REQUEST, signed)).isInstanceOf(ContextVerdict.Accepted.class);
    assertThat(at(Duration.ofSeconds(29)).verify(REQUEST, signed))
        .isInstanceOf(ContextVerdict.Accepted.class);
  }

  @ParameterizedTest
  @MethodSource("names")
  void anyValueThatIsChangedIsFound(String name) {
    // given
    String value = value(signed(), name);

    for (int at = 0; at <= value.length(); at++) {
      for (String inserted : List.of("0", "1", "a", "A", "-", "_")) {
        String longer = value.substring(0, at) + inserted + value.substring(at);
        String changed =
            longer.substring(0, at + 1) + longer.substring(Math.min(at + 2, longer.length()));
        String shorter = value.substring(0, at) + value.substring(Math.min(at + 1, value.length()));
        for (String other : List.of(longer, changed, shorter)) {
          if (!other.equals(value)) {
            assertThat(verifier.verify(REQUEST, with(name, other)))
                .as("%s: %s", name, other)
                .isInstanceOf(ContextVerdict.Refused.class);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void anyHeaderThatIsRemovedIsFound(String name) {
    // given
    Map<String, String> values = values(signed());
    values.remove(name);

    // then
    assertThat(verifier.verify(REQUEST, headers(values)))
        .isEqualTo(
            refused(
                name.equals(ContextHeaders.TRACEPARENT)
                    ? ContextRefusal.WRONG_SIGNATURE
                    : ContextRefusal.MISSING));
  }

  @Test
  void aTraceThatIsAddedIsFound() {
    // given
    RequestHeaders signed = TestContexts.signer().sign(REQUEST, NONE, BEN);
    Map<String, String> values = values(signed);
    values.put(ContextHeaders.TRACEPARENT, String.valueOf(ANA.traceparent()));

    // then
    assertThat(verifier.verify(REQUEST, headers(values)))
        .isEqualTo(refused(ContextRefusal.WRONG_SIGNATURE));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aHeaderThatIsThereTwiceIsRefusedAlsoIfBothSayTheSame(String name) {
    for (String value : List.of(value(signed(), name), "x")) {
      if (!name.equals(ContextHeaders.VERSION) || value.equals("1")) {
        assertThat(verifier.verify(REQUEST, plus(name.toUpperCase(Locale.ROOT), value)))
            .isEqualTo(refused(ContextRefusal.REPEATED));
      }
    }
  }

  @Test
  void valuesDoNotMoveFromOneHeaderIntoTheNext() {
    // given
    Map<String, String> moved = values(signed());
    moved.put(ContextHeaders.USER, value(signed(), ContextHeaders.SESSION));
    moved.put(ContextHeaders.SESSION, value(signed(), ContextHeaders.USER));

    // then
    assertThat(verifier.verify(REQUEST, headers(moved)))
        .isEqualTo(refused(ContextRefusal.WRONG_SIGNATURE));
  }

  @Test
  void aForeignKeyIsRefusedAlsoUnderTheIdOfOurs() {
    // given
    RequestHeaders foreign =
        TestContexts.signer(ContextKeys.of(OTHER_KEY)).sign(REQUEST, NONE, ANA);
    ContextKeys ours = ContextKeys.of(KEY);
    Map<String, String> disguised = values(foreign);
    disguised.put(ContextHeaders.KEY, ours.signingId());
    disguised.put(
        ContextHeaders.SIGNATURE,
        ContextSignature.of(ContextKeys.of(OTHER_KEY).signing(), REQUEST, disguised));

    // then
    assertThat(verifier.verify(REQUEST, foreign)).isEqualTo(refused(ContextRefusal.UNKNOWN_KEY));
    assertThat(verifier.verify(REQUEST, headers(disguised)))
        .isEqualTo(refused(ContextRefusal.WRONG_SIGNATURE));
  }

  @Test
  void bothKeysAreAcceptedWhileTheKeyChanges() {
    // given
    ContextKeys before = ContextKeys.of(KEY).alsoAccepting(OTHER_KEY);
    ContextKeys after = ContextKeys.of(OTHER_KEY).alsoAccepting(KEY);

    for (ContextKeys signing : List.of(before, after)) {
      RequestHeaders signed = TestContexts.signer(signing).sign(REQUEST, NONE, ANA);
      for (ContextKeys accepting : List.of(before, after)) {
        assertThat(TestContexts.verifier(accepting).verify(REQUEST, signed))
            .isEqualTo(new ContextVerdict.Accepted(ANA));
      }
    }
    // and afterwards
    RequestHeaders old = TestContexts.signer(before).sign(REQUEST, NONE, ANA);
    assertThat(TestContexts.verifier(ContextKeys.of(OTHER_KEY)).verify(REQUEST, old))
        .isEqualTo(refused(ContextRefusal.UNKNOWN_KEY));
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

    // then the others are shown by tests above
    assertThat(EnumSet.complementOf(EnumSet.copyOf(shown)))
        .containsExactly(
            ContextRefusal.MALFORMED_REQUEST, ContextRefusal.EXPIRED, ContextRefusal.NOT_YET_VALID);
  }

  static Stream<String> names() {
    return Stream.concat(ContextHeaders.SIGNED.stream(), Stream.of(ContextHeaders.SIGNATURE));
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

  private static RequestHeaders with(String name, String value) {
    Map<String, String> values = values(signed());
    values.put(name, value);
    return headers(values);
  }

  private static RequestHeaders plus(String name, String value) {
    return signed().plus(Map.of(name, value));
  }

  private static ContextVerdict refused(ContextRefusal reason) {
    return new ContextVerdict.Refused(reason);
  }

  private static ContextVerifier at(Duration after) {
    return ContextVerifier.of(
        ContextKeys.of(KEY), ContextOptions.DEFAULT, SteppedClock.at(TestContexts.NOW.plus(after)));
  }
}
