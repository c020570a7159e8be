package com.techcorp.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Nobody's address ends in a log. */
class CleanTextTest {
  @Test
  void addressesAreMasked() {
    assertThat(CleanText.of("550 <ana@example.com>... mailto:ANA@example.com ana%40b no", "x@y.z"))
        .isEqualTo("550 *** *** *** no");
  }

  @Test
  void theRecipientsNameIsMaskedWhereItStandsAlone() {
    assertThat(CleanText.of("user Ana unknown, analysis done (ana)", "ana@example.com"))
        .isEqualTo("user *** unknown, analysis done (***)");
  }

  @Test
  void aTextIsOneLine() {
    assertThat(CleanText.of(" a\r\n b\t\0c ", "x@y.z")).isEqualTo("a b c");
  }

  @Test
  void aTextIsShortAndBreaksNoCharacter() {
    assertThat(CleanText.of("a".repeat(300), "x@y.z")).hasSize(200);
    assertThat(CleanText.of("a".repeat(199) + "😀", "x@y.z")).isEqualTo("a".repeat(199));
  }
}
