package com.techcorp.auth.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.EmailAddress;
import com.techcorp.error.InvalidInputException;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which spellings are one address, which are not, and which are none. */
class EmailAddressesTest {
  @ParameterizedTest
  @Tag("T60")
  @CsvSource({
    "ana@example.com,            ana@example.com",
    "Ana.SOUZA@Example.COM,      ana.souza@example.com",
    "'  ana@example.com ',       ana@example.com",
    // KELVIN SIGN, LONG S, and a ligature
    "\u212Aelvin@example.com,    kelvin@example.com",
    "\u212AELVIN@example.com,    kelvin@example.com",
    "\u017Fam@example.com,       sam@example.com",
    "\uFB01n@example.com,        fin@example.com",
    // composed and decomposed
    "jos\u00E9@example.com,      jos\u00E9@example.com",
    "jose\u0301@example.com,     jos\u00E9@example.com",
    "JOSE\u0301@example.com,     jos\u00E9@example.com",
    "\u212Bke@example.com,       \u00E5ke@example.com",
    // letters that fold to several, or to a letter at the end of a word
    "stra\u00DFe@example.com,    strasse@example.com",
    "STRASSE@example.com,        strasse@example.com",
    "STRA\u1E9EE@example.com,    strasse@example.com",
    "\u039F\u0394\u039F\u03A3@example.com,  \u03BF\u03B4\u03BF\u03C3@example.com",
    "\u03BF\u03B4\u03BF\u03C2@example.com,  \u03BF\u03B4\u03BF\u03C3@example.com",
    // domains
    "ana@B\u00DCCHER.example,    ana@xn--bcher-kva.example",
    "ana@bu\u0308cher.example,   ana@xn--bcher-kva.example",
    "ana@XN--BCHER-KVA.example,  ana@xn--bcher-kva.example",
    "ana@fa\u00DF.de,            ana@xn--fa-hia.de",
    "ana@\u212Aelvin.com,        ana@kelvin.com",
    "ana@\uFF45xample\u3002com,  ana@example.com",
    "ana@\u65E5\u672C\u8A9E\u3002jp,  ana@xn--wgv71a119e.jp",
    "ana@\u0646\u0627\u0645\u0647\u200C\u0627\u06CC.com,  ana@xn--mgba3gch31f060k.com",
    "ana@ab--cd.example,         ana@ab--cd.example",
    "ana@localhost,              ana@localhost"
  })
  void hasTheCanonicalForm(String spelling, String canonical) {
    EmailAddress address = EmailAddresses.of(spelling);

    assertThat(address.canonical()).isEqualTo(canonical);
    assertThat(EmailAddresses.of(canonical).canonical()).isEqualTo(canonical);
  }

  @Test
  void theSignsOfAnAtomAreKept() {
    String signs = "o'neil+x=y/z!#$%&*?^_`{|}~-@example.com";

    assertThat(EmailAddresses.of(signs)).isEqualTo(new EmailAddress(signs, signs));
  }

  @Test
  void theSpellingIsKept() {
    assertThat(EmailAddresses.of(" Jose\u0301.SOUZA@B\u00FCcher.example  ").spelling())
        .isEqualTo("Jose\u0301.SOUZA@B\u00FCcher.example");
  }

  @ParameterizedTest
  @CsvSource({
    "ana@example.com,      an.a@example.com",
    "ana@example.com,      ana+shop@example.com",
    "ana@example.com,      \u0430na@example.com",
    "ana@example.com,      \u00E1na@example.com",
    "ana@example.com,      \uFF41na@example.com",
    "ana@example.com,      ana@mail.example.com",
    "istanbul@example.com, \u0130stanbul@example.com",
    "istanbul@example.com, \u0131stanbul@example.com",
    "ana@fass.de,          ana@fa\u00DF.de"
  })
  void areTwoAddresses(String one, String other) {
    assertThat(EmailAddresses.of(one).canonical())
        .isNotEqualTo(EmailAddresses.of(other).canonical());
  }

  @Test
  @Tag("T60")
  void noLocaleChangesTheForm() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(EmailAddresses.of("IRIS@EXAMPLE.COM").canonical()).isEqualTo("iris@example.com");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@",
        "ana",
        "ana@",
        "@example.com",
        " @example.com",
        "ana @example.com",
        "ana@ example.com",
        "a na@example.com",
        "ana@exa mple.com",
        "ana\t@example.com",
        "ana@example.com\n",
        "\rana@example.com",
        "ana\r\nBcc:x@example.com",
        "ana\0@example.com",
        "ana@example.com\0",
        "ana\u007F@example.com",
        "ana\u0085@example.com",
        "ana\uD800@example.com",
        "\uDC00ana@example.com",
        "ana@exam\uD800ple.com",
        "ana@example.com\uDC00",
        "a@b@example.com",
        ".ana@example.com",
        "ana.@example.com",
        "an..a@example.com",
        "\"ana\"@example.com",
        "\"a b\"@example.com",
        "ana(x)@example.com",
        "<ana@example.com>",
        "ana,bob@example.com",
        "ana;bob@example.com",
        "an\\a@example.com",
        "ana\u037E@example.com",
        "ana\u00A0@example.com",
        "ana\u200B@example.com",
        "ana\u200D@example.com",
        "ana\u202E@example.com",
        "ana\u00AD@example.com",
        "ana\uFE0F@example.com",
        "ana\uFEFF@example.com",
        "ana\u3164@example.com",
        "ana\u2028@example.com",
        "ana\uE000@example.com",
        "ana\uFFFF@example.com",
        "ana\u0378@example.com",
        "ana@example..com",
        "ana@.example.com",
        "ana@example.com.",
        "ana@-example.com",
        "ana@example-.com",
        "ana@exa_mple.com",
        "ana@[127.0.0.1]",
        "ana@exam\u00ADple.com",
        "ana@exam\u200Bple.com",
        "ana@a\u200Db.de",
        "ana@xn--\u00FC.de",
        "ana@xn--a.de",
        "ana@example.com\u3002"
      })
  void isNoAddress(String text) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> EmailAddresses.of(text))
        .withMessageNotContainingAny("ana", "example", "bob")
        .satisfies(refused -> assertThat(refused.field()).isEqualTo("email"));
  }

  @Test
  void noneIsNoAddress() {
    for (String none : new String[] {null, ""}) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> EmailAddresses.of(none))
          .withMessage("email: is missing");
    }
  }

  @Test
  void lengthsAreBounded() {
    String domain = "d".repeat(63) + "." + "e".repeat(63) + "." + "f".repeat(57);
    assertThat(EmailAddresses.of("x".repeat(64) + "@" + domain + ".c").canonical()).hasSize(252);
    assertThat(EmailAddresses.of("x".repeat(64) + "@" + domain + ".com").canonical()).hasSize(254);
    for (String tooLong :
        new String[] {
          "x".repeat(65) + "@example.com",
          "\u00E9".repeat(33) + "@example.com",
          // short as it is spelled, and long once it is folded
          "\u0149".repeat(32) + "@example.com",
          "x".repeat(64) + "@" + domain + ".comm",
          "x@" + "d".repeat(64) + ".com",
          "x@" + "\u00FC".repeat(63) + ".com",
          "x@" + "d.".repeat(127) + "com",
          "x".repeat(321),
          "x".repeat(1_000_000) + "@example.com",
          "x@" + "\u3002".repeat(1_000_000)
        }) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> EmailAddresses.of(tooLong))
          .withMessageStartingWith("email: ");
    }
  }
}
