package com.techcorp.auth.gateway;

import static com.techcorp.auth.gateway.TestContexts.ANA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.techcorp.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a context may say, and that nothing shows it. */
class RequestContextTest {
  @ParameterizedTest(name = "[{index}]")
  @ValueSource(
      strings = {
        "",
        " ",
        "a\r\nb",
        "a\nb",
        "a\rb",
        "a\0b",
        "a\tb",
        "a\u007Fb",
        "a\u0085b",
        "\uD800",
        "a\uDC00"
      })
  void anAddressThatNoHeaderMaySayIsRefusedByItsField(String email) {
    assertRefused("email", () -> with(email));
  }

  @Test
  void anAddressOf321CharactersIsRefused() {
    assertThat(with("a".repeat(320)).email()).hasSize(320);
    assertRefused("email", () -> with("a".repeat(321)));
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(strings = {"", " ", "a b", "a\r\nb", "a\0", "caf\u00E9", "\u0100"})
  void anIdThatNoHeaderMaySayIsRefusedByItsField(String requestId) {
    assertRefused("requestId", () -> ANA.withRequestId(requestId));
  }

  @Test
  void anIdOf129CharactersIsRefused() {
    assertThat(ANA.withRequestId("r".repeat(128)).requestId()).hasSize(128);
    assertRefused("requestId", () -> ANA.withRequestId("r".repeat(129)));
  }

  @ParameterizedTest(name = "[{index}]")
  @ValueSource(
      strings = {
        "",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n"
      })
  void aTraceThatIsNotWellFormedIsRefusedByItsField(String traceparent) {
    assertRefused("traceparent", () -> ANA.withTraceparent(traceparent));
  }

  @Test
  void nothingShowsPersonHeaderOrKey() {
    // given
    ContextKeys keys = ContextKeys.of(TestContexts.KEY).alsoAccepting(TestContexts.OTHER_KEY);
    RequestHeaders signed = TestContexts.signed();
    RequestLine line = RequestLine.of("GET", "/users/ana@example.com?token=planted");
    String signature = TestContexts.value(signed, ContextHeaders.SIGNATURE);

    // when
    List<Object> shown =
        List.of(
            ANA,
            keys,
            signed,
            line,
            RequestLine.of("planted", "/"),
            ContextOptions.DEFAULT,
            TestContexts.signer(keys),
            TestContexts.verifier(keys),
            TestContexts.verifier(keys).verify(TestContexts.REQUEST, signed),
            TestContexts.verifier(keys).verify(line, signed));

    // then
    byte[] key = TestContexts.KEY;
    assertThat(shown)
        .extracting(Object::toString)
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContain(
                        ANA.email(),
                        ANA.userId().toString(),
                        ANA.sessionId().toString(),
                        signature,
                        "token",
                        new String(key, 0, 11, StandardCharsets.US_ASCII),
                        Arrays.toString(key),
                        HexFormat.of().formatHex(key),
                        Base64.getEncoder().encodeToString(key)));
  }

  @Test
  void noExceptionQuotesWhatItRefuses() {
    assertThat(
            List.of(
                refusal(() -> with("planted\0")),
                refusal(() -> ANA.withRequestId("planted planted")),
                refusal(() -> ANA.withTraceparent("planted")),
                refusal(
                    () ->
                        TestContexts.signer()
                            .sign(
                                RequestLine.of("GET", "/planted planted"),
                                RequestHeaders.of(Map.of("planted", List.of("planted"))),
                                ANA))))
        .allSatisfy(thrown -> assertThat(thrown).hasMessageNotContaining("planted"))
        .allSatisfy(thrown -> assertThat(thrown).hasNoCause());
  }

  private static RequestContext with(String email) {
    return new RequestContext(ANA.userId(), email, ANA.sessionId(), ANA.requestId(), null);
  }

  private static void assertRefused(String field, Runnable attempt) {
    assertThat(refusal(attempt).field()).isEqualTo(field);
  }

  private static InvalidInputException refusal(Runnable attempt) {
    return catchThrowableOfType(InvalidInputException.class, attempt::run);
  }
}
