package com.techcorp.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret, no forged line and nothing unstorable gets past here. */
class TokenRedactionTest {
  private static final String TOKEN = "tok/4242+Secret=1";
  private final TokenRedaction redaction = TokenRedaction.of(List.of(TOKEN));

  @Test
  void removesASecretAsItIsAndInAnyCase() {
    assertThat(redaction.text("card " + TOKEN + "!")).isEqualTo("card ***!");
    assertThat(redaction.text("card " + TOKEN.toUpperCase(Locale.ROOT) + "!"))
        .isEqualTo("card ***!");
  }

  @Test
  void removesASecretThatIsEncodedForAUrl() {
    String once = URLEncoder.encode(TOKEN, StandardCharsets.UTF_8);
    String twice = URLEncoder.encode(once, StandardCharsets.UTF_8);

    assertThat(redaction.text("source=" + once + "&x")).isEqualTo("source=***&x");
    assertThat(redaction.text("source=" + once.toLowerCase(Locale.ROOT) + "&x"))
        .isEqualTo("source=***&x");
    assertThat(redaction.text("source=" + twice + "&x")).isEqualTo("source=***&x");
  }

  @Test
  void removesASecretThatIsEscapedForJsonOrHtml() {
    StringBuilder json = new StringBuilder();
    StringBuilder html = new StringBuilder();
    TOKEN.chars().forEach(c -> json.append(String.format("\\u%04X", c)));
    TOKEN.chars().forEach(c -> html.append("&#").append(c).append(';'));

    assertThat(redaction.text("{" + json + "}")).isEqualTo("{***}");
    assertThat(redaction.text("{" + TOKEN.replace("/", "\\/") + "}")).isEqualTo("{***}");
    assertThat(redaction.text("<" + html + ">")).isEqualTo("<***>");
    assertThat(TokenRedaction.of(List.of("a&b<c")).text("x a&amp;b&lt;c y")).isEqualTo("x *** y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k:", "ke:", "key:", "user:"})
  void removesASecretInBase64WhateverStandsInFront(String before) {
    byte[] bytes = (before + TOKEN + ":more").getBytes(StandardCharsets.UTF_8);
    String plain = Base64.getEncoder().encodeToString(bytes);
    String forUrls = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

    for (String encoded : List.of(plain, forUrls)) {
      String clean = redaction.text("Basic " + encoded);
      String rest = clean.replace("Basic ", "").replaceFirst("\\*\\*\\*.*", "");
      assertThat(clean).contains("***");
      assertThat(new String(Base64.getUrlDecoder().decode(rest), StandardCharsets.UTF_8))
          .doesNotContain(TOKEN.substring(0, 4));
    }
  }

  @Test
  void removesASecretInHexadecimal() {
    String hex = HexFormat.of().formatHex(TOKEN.getBytes(StandardCharsets.UTF_8));

    assertThat(redaction.text("0x" + hex.toUpperCase(Locale.ROOT))).isEqualTo("0x***");
  }

  @Test
  void aShortSecretIsOnlyRemovedAsItIs() {
    assertThat(TokenRedaction.of(List.of("x1")).text("x1 X1 eDE")).isEqualTo("*** X1 eDE");
  }

  @Test
  void withoutSecretsATextStaysAsItIs() {
    assertThat(TokenRedaction.of(List.of("", " "))).isSameAs(TokenRedaction.NONE);
    assertThat(TokenRedaction.NONE.text("503 Olá €")).isEqualTo("503 Olá €");
    assertThat(TokenRedaction.NONE.text(null)).isEqualTo("null");
  }

  @Test
  void aTextIsOneLineThatEveryStorageTakes() {
    assertThat(TokenRedaction.NONE.text("a\r\nb\tc\u001b[31m\u2028\u202e"))
        .isEqualTo("a\\r\\nb\\tc\\u001b[31m\\u2028\\u202e");
    assertThat(TokenRedaction.NONE.text("\0 \uD83D")).isEqualTo("\uFFFD \uFFFD");
    assertThat(TokenRedaction.NONE.text("x".repeat(499) + "\uD83D\uDE00"))
        .isEqualTo("x".repeat(499));
  }

  @Test
  void aReasonNamesCausesAndWhatWasSuppressed() {
    IllegalStateException fault =
        new IllegalStateException("charge", new RuntimeException("card " + TOKEN));
    fault.addSuppressed(new IllegalArgumentException("close " + TOKEN));

    assertThat(redaction.reason(fault))
        .isEqualTo(
            "java.lang.IllegalStateException: charge; caused by java.lang.RuntimeException: card"
                + " ***; suppressed java.lang.IllegalArgumentException: close ***");
  }

  @Test
  void aFaultWithNothingToHideIsLoggedAsItIs() {
    IllegalStateException fault = new IllegalStateException("503", new RuntimeException("reset"));

    assertThat(redaction.safe(fault)).isSameAs(fault);
  }

  @Test
  void aFaultThatQuotesASecretIsLoggedAsACopyWithItsStack() {
    IllegalStateException fault =
        new IllegalStateException("charge " + TOKEN, new RuntimeException("card " + TOKEN));
    fault.addSuppressed(new IllegalArgumentException("close " + TOKEN));
    StringWriter printed = new StringWriter();

    redaction.safe(fault).printStackTrace(new PrintWriter(printed));

    assertThat(printed.toString())
        .startsWith("java.lang.IllegalStateException: charge ***")
        .contains("Caused by: java.lang.RuntimeException: card ***")
        .contains("Suppressed: java.lang.IllegalArgumentException: close ***")
        .contains("RedactionTest.aFaultThatQuotesASecret")
        .doesNotContain(TOKEN);
  }

  @Test
  void aMessageThatCannotBeReadIsNamed() {
    RuntimeException fault =
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new IllegalStateException("broken");
          }
        };

    assertThat(redaction.reason(fault)).contains("its message cannot be read");
  }

  @Test
  void anIdentifierThatQuotesASecretIsMaskedAsAWhole() {
    assertThat(redaction.identifier("ch_1\0")).isEqualTo("ch_1\uFFFD");
    assertThat(redaction.identifier("ch_" + TOKEN.toLowerCase(Locale.ROOT))).isEqualTo("***");
  }

  @Test
  void whereSecretsCannotBeKnownNothingIsShown() {
    assertThat(TokenRedaction.HIDDEN.text("anything")).isEqualTo("***");
    assertThat(TokenRedaction.HIDDEN.safe(new RuntimeException(TOKEN)).toString())
        .isEqualTo("java.lang.RuntimeException: ***");
  }
}
