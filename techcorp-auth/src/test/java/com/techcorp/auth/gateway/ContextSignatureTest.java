package com.techcorp.auth.gateway;

import static com.techcorp.auth.gateway.TestContexts.ANA;
import static com.techcorp.auth.gateway.TestContexts.KEY;
import static com.techcorp.auth.gateway.TestContexts.NONE;
import static com.techcorp.auth.gateway.TestContexts.OTHER_KEY;
import static com.techcorp.auth.gateway.TestContexts.REQUEST;
import static com.techcorp.auth.gateway.TestContexts.bytes;
import static com.techcorp.auth.gateway.TestContexts.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.WiringException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract as other languages see it, and its keys. */
class ContextSignatureTest {
  /**
   * Python's {@code hmac}, {@code hashlib}, {@code struct.pack(">I", …)} and {@code
   * urllib.parse.quote(email, safe="@")} made these.
   */
  @Test
  void isTheOneThatPythonComputes() {
    // given
    RequestContext context =
        new RequestContext(
            ANA.userId(),
            "j\u00F6rg+a@example.com",
            ANA.sessionId(),
            ANA.requestId(),
            ANA.traceparent());

    // when
    Map<String, String> signed = values(TestContexts.signer().sign(REQUEST, NONE, context));

    // then
    assertThat(signed)
        .containsEntry("X-TechCorp-Context-Key", "RHNI8zugNrv0")
        .containsEntry("X-TechCorp-Context-Email", "j%C3%B6rg%2Ba@example.com")
        .containsEntry(
            "X-TechCorp-Context-Signature", "6kWsl97h8i7XB8lEiN3q-yoyVvpo6roCoqeS6i-Mpw4");
  }

  @Test
  void partsThatMoveChangeIt() {
    // given
    List<RequestLine> lines =
        List.of(
            new RequestLine("GET", "/a", "b"),
            new RequestLine("GET", "/ab", ""),
            new RequestLine("GET/", "a", "b"),
            new RequestLine("G", "ET/a", "b"),
            new RequestLine("GET", "/a?b", ""));

    // when
    Stream<String> signatures =
        lines.stream()
            .map(line -> ContextSignature.of(ContextKeys.of(KEY).signing(), line, Map.of()));

    // then
    assertThat(signatures).doesNotHaveDuplicates();
  }

  @Test
  void aKeyHas32BytesOrMore() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> ContextKeys.of(bytes("planted-short-key")))
        .withMessage("a key to sign context headers with must have at least 32 bytes, has 17");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> ContextKeys.of(KEY).alsoAccepting(new byte[31]))
        .withMessageContaining("at least 32 bytes, has 31");
  }

  @Test
  void aKeyIsCopied() {
    // given
    byte[] key = KEY.clone();
    ContextKeys keys = ContextKeys.of(key);

    // when
    key[0]++;

    // then
    assertThat(values(TestContexts.signer(keys).sign(REQUEST, NONE, ANA)))
        .isEqualTo(values(TestContexts.signed()));
  }

  @Test
  void theSameKeyHasTheSameIdAndOthersHaveOthers() {
    assertThat(ContextKeys.of(KEY).alsoAccepting(OTHER_KEY).signingId())
        .isEqualTo(ContextKeys.of(KEY).signingId())
        .isNotEqualTo(ContextKeys.of(OTHER_KEY).signingId())
        .hasSize(12);
  }
}
