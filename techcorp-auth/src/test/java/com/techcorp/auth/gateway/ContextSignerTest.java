package com.techcorp.auth.gateway;

import static com.techcorp.auth.gateway.TestContexts.ANA;
import static com.techcorp.auth.gateway.TestContexts.BEN;
import static com.techcorp.auth.gateway.TestContexts.KEY;
import static com.techcorp.auth.gateway.TestContexts.NONE;
import static com.techcorp.auth.gateway.TestContexts.NOW;
import static com.techcorp.auth.gateway.TestContexts.REQUEST;
import static com.techcorp.auth.gateway.TestContexts.others;
import static com.techcorp.auth.gateway.TestContexts.value;
import static com.techcorp.auth.gateway.TestContexts.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import com.techcorp.auth.TokenClaims;
import com.techcorp.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway lets pass from outside, and what it adds. */
class ContextSignerTest {
  private static final String TRACEPARENT =
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private static final TokenClaims CLAIMS =
      new TokenClaims(
          ANA.userId(), ANA.email(), ANA.sessionId(), UUID.randomUUID(), NOW, NOW.plusSeconds(9));

  private final ContextSigner signer = TestContexts.signer();
  private final ContextSigner trusting =
      ContextSigner.of(
          ContextKeys.of(KEY),
          ContextOptions.DEFAULT.withKeepTraceparent(true),
          TestContexts.clock());

  @Test
  void theContextStandsInTheseHeaders() {
    // when
    RequestHeaders signed = signer.sign(REQUEST, NONE, BEN);

    // then
    assertThat(signed.entries())
        .containsExactly(
            entry("X-TechCorp-Context-Version", "1"),
            entry("X-TechCorp-Context-Key", ContextKeys.of(KEY).signingId()),
            entry("X-TechCorp-Context-Time", "1718452800123"),
            entry("X-TechCorp-Context-User", "0190163d-8001-7a7a-9b9b-00c04fc964aa"),
            entry("X-TechCorp-Context-Email", "ben@example.com"),
            entry("X-TechCorp-Context-Session", "0190163d-8002-7a7a-9b9b-00c04fc964bb"),
            entry("X-TechCorp-Context-Request", "0190163d-8003-7a7a-9b9b-00c04fc964cc"),
            entry("X-TechCorp-Context-Signature", value(signed, "X-TechCorp-Context-Signature")));
  }

  @Test
  void otherHeadersKeepTheirOrderAndRepetitions() {
    // given
    List<Map.Entry<String, String>> outside =
        List.of(
            entry("Accept", "text/plain"),
            entry("Cookie", "a=1"),
            entry("accept", "text/html; q=0.5"),
            entry("X-TechCorp-Context-User", "x"),
            entry("Cookie", ""),
            entry("X-TechCorp", "ours, and not reserved"),
            entry("X-Obs-Text", "caf\u00E9\tau lait"));
    List<Map.Entry<String, String>> kept = new ArrayList<>(outside);
    kept.remove(3);

    // then
    assertThat(signer.strip(RequestHeaders.of(outside)).entries()).isEqualTo(kept);
    RequestHeaders signed = signer.sign(REQUEST, RequestHeaders.of(outside), BEN);
    assertThat(signed.entries()).hasSize(kept.size() + 8);
    assertThat(signed.entries().subList(0, kept.size())).isEqualTo(kept);
  }

  @ParameterizedTest
  @Tag("T55")
  @ValueSource(
      strings = {
        "X-TechCorp-Context-User",
        "x-techcorp-context-user",
        "X-TECHCORP-CONTEXT-USER",
        "X_TechCorp_Context_User",
        "X-TechCorp_Context-User",
        "x_techcorp_context_signature",
        "X.TechCorp.Context.User",
        "X-TechCorp-Context",
        "X-TechCorp-Context-",
        "X-TechCorp-Context-Roles",
        "XTechCorpContextUser",
        "X--TechCorp--Context--User",
        "-X-TechCorp-Context-User",
        "X-Tech-Corp-Context-User"
      })
  void whatIsReservedDoesNotPassInAnySpellingNorBehind1000Headers(String name) {
    // given
    List<Map.Entry<String, String>> others = others(1_000);
    List<Map.Entry<String, String>> outside = new ArrayList<>(others);
    outside.add(entry(name, "1"));
    outside.add(entry(name, "2"));
    outside.add(0, entry(name, "3"));

    // then
    assertThat(signer.strip(RequestHeaders.of(outside)).entries()).isEqualTo(others);
    assertThat(ContextHeaders.isReserved(name)).isTrue();
  }

  @ParameterizedTest(name = "[{index}]")
  @Tag("T55")
  @ValueSource(
      strings = {
        "",
        " ",
        " X-TechCorp-Context-User",
        "X-TechCorp-Context-User ",
        "X-TechCorp-Context-User\t",
        "X-TechCorp-Context-User:",
        "X-TechCorp-Context-User\0",
        "\0X-TechCorp-Context-User",
        "X-TechCorp-\r\n Context-User",
        "A: b\r\nX-TechCorp-Context-User",
        "A\nX-TechCorp-Context-User",
        "\uFEFFX-TechCorp-Context-User",
        "X-TechCorp-Context-User\u200B",
        "X-TechCorp-Context-User\u00A0",
        "X\u2010TechCorp\u2010Context\u2010User",
        "X-TechCorp-Context-\u017Fession",
        "X-TechCorp-Context-\u212Aey",
        "\uFF38-TechCorp-Context-User",
        "\u0425-TechCorp-Context-User",
        "X-TechCorp-Context-User\uD800",
        "\u0158-TechCorp-Context-User",
        ":path"
      })
  void aNameThatHttpDoesNotAllowDoesNotPass(String name) {
    RequestHeaders outside = RequestHeaders.of(List.of(entry("A", "1"), entry(name, "2")));

    assertThat(signer.strip(outside).entries()).containsExactly(entry("A", "1"));
  }

  @ParameterizedTest(name = "[{index}]")
  @Tag("T55")
  @ValueSource(
      strings = {
        "b\r\nX-TechCorp-Context-User: 1",
        "b\nX-TechCorp-Context-User: 1",
        "b\rX-TechCorp-Context-User: 1",
        "b\r\n X-TechCorp-Context-User: 1",
        "b\u010D\u010AX-TechCorp-Context-User: 1",
        "b\0",
        "b\u0001",
        "b\u007F",
        "b\uD83D\uDCE7"
      })
  void aValueThatHttpDoesNotAllowDoesNotPass(String value) {
    RequestHeaders outside = RequestHeaders.of(List.of(entry("A", value), entry("B", "2")));

    assertThat(signer.strip(outside).entries()).containsExactly(entry("B", "2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-TechCorp-Context-User",
        "close, x_techcorp_context_signature",
        "x-techcorp-context-version , keep-alive"
      })
  void nobodyAsksTheNextProxyToRemoveAContextHeader(String value) {
    RequestHeaders outside =
        RequestHeaders.of(
            List.of(entry("connection", value), entry("Connection", "keep-alive, Upgrade")));

    assertThat(signer.strip(outside).entries())
        .containsExactly(entry("Connection", "keep-alive, Upgrade"));
  }

  @Test
  void anUntrustedTraceDoesNotPass() {
    // given
    RequestHeaders outside = traced("traceparent", TRACEPARENT);

    // then
    assertThat(signer.strip(outside).entries()).isEmpty();
    assertThat(signer.context(CLAIMS, outside).traceparent()).isNull();
    assertThat(signer.strip(traced("Trace_Parent", TRACEPARENT)).entries()).isEmpty();
  }

  @Test
  void aTrustedTracePassesAndBecomesTheContexts() {
    // given
    RequestHeaders outside = traced("Traceparent", TRACEPARENT);

    // when
    RequestContext context = trusting.context(CLAIMS, outside);

    // then
    assertThat(context.traceparent()).isEqualTo(TRACEPARENT);
    assertThat(trusting.strip(outside)).isEqualTo(outside);
    RequestHeaders signed = trusting.sign(REQUEST, outside, context);
    assertThat(signed.entries().subList(0, 2)).isEqualTo(outside.entries());
    assertThat(values(signed)).containsEntry("X-TechCorp-Context-Traceparent", TRACEPARENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, 00"
      })
  void aTrustedTraceThatIsNotWellFormedDoesNotPass(String traceparent) {
    // given
    RequestHeaders outside = traced("traceparent", traceparent);

    // then
    assertThat(trusting.strip(outside).entries()).isEmpty();
    assertThat(trusting.context(CLAIMS, outside).traceparent()).isNull();
  }

  @Test
  void twoTrustedTracesAreNone() {
    // given
    RequestHeaders outside =
        RequestHeaders.of(
            List.of(entry("traceparent", TRACEPARENT), entry("TRACEPARENT", TRACEPARENT)));

    // then
    assertThat(trusting.strip(outside).entries()).isEmpty();
    assertThat(trusting.context(CLAIMS, outside).traceparent()).isNull();
  }

  @Test
  void theTraceThatTheHostGivesReplacesTheOneFromOutside() {
    // given
    RequestHeaders outside = traced("traceparent", TRACEPARENT);

    for (ContextSigner each : List.of(signer, trusting)) {
      // when
      RequestHeaders signed = each.sign(REQUEST, outside, ANA);

      // then
      assertThat(values(signed))
          .containsEntry("traceparent", ANA.traceparent())
          .containsEntry("X-TechCorp-Context-Traceparent", ANA.traceparent())
          .doesNotContainKey("tracestate");
    }
  }

  @Test
  void aContextSaysWhatTheTokenSaysUnderANewId() {
    // when
    RequestContext first = signer.context(CLAIMS, NONE);
    RequestContext second = signer.context(CLAIMS, NONE);

    // then
    assertThat(first)
        .isEqualTo(ANA.withRequestId(first.requestId()).withTraceparent(null))
        .isNotEqualTo(second);
    assertThat(UUID.fromString(first.requestId()).version()).isEqualTo(7);
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(
      strings = {
        "/a b",
        "/a\r\nX-TechCorp-Context-User: 1",
        "/a\0",
        "/caf\u00E9",
        "/a?b=\u010A",
        "/a?b c",
        "/a?\uD800"
      })
  void aRequestThatNobodyCanSendIsNotSigned(String target) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> signer.sign(RequestLine.of("GET", target), NONE, ANA))
        .withMessage("request: method, path and query must be of visible characters of ASCII")
        .satisfies(thrown -> assertThat(thrown.field()).isEqualTo("request"));
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(strings = {"", "GET ", "G\r\nET", "G\u0130T"})
  void aMethodThatNobodyCanSendIsNotSigned(String method) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> signer.sign(RequestLine.of(method, "/"), NONE, ANA));
  }

  private static RequestHeaders traced(String name, String traceparent) {
    return RequestHeaders.of(List.of(entry(name, traceparent), entry("tracestate", "vendor=1")));
  }
}
