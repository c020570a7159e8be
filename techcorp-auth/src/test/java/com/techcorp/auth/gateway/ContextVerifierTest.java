package com.techcorp.auth.gateway;

import static com.techcorp.auth.gateway.TestContexts.ANA;
import static com.techcorp.auth.gateway.TestContexts.BEN;
import static com.techcorp.auth.gateway.TestContexts.KEY;
import static com.techcorp.auth.gateway.TestContexts.NONE;
import static com.techcorp.auth.gateway.TestContexts.OTHER_KEY;
import static com.techcorp.auth.gateway.TestContexts.REQUEST;
import static com.techcorp.auth.gateway.TestContexts.headers;
import static com.techcorp.auth.gateway.TestContexts.others;
import static com.techcorp.auth.gateway.TestContexts.refused;
import static com.techcorp.auth.gateway.TestContexts.signed;
import static com.techcorp.auth.gateway.TestContexts.value;
import static com.techcorp.auth.gateway.TestContexts.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which context headers a service believes. */
class ContextVerifierTest {
  private final ContextVerifier verifier = TestContexts.verifier();

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

  private static ContextVerifier at(Duration after) {
    return ContextVerifier.of(
        ContextKeys.of(KEY), ContextOptions.DEFAULT, SteppedClock.at(TestContexts.NOW.plus(after)));
  }
}
