package com.techcorp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password is taken as it arrives, or is refused before anything is done with it. */
class PasswordTest {
  private static final String KEY = "\uD83D\uDD11";

  @ParameterizedTest
  @ValueSource(
      strings = {" blanks around ", "\0", "a\0b", "\r\n", "e\u0301", "\u00E9", "\u212A", KEY, "K"})
  void isUsedExactlyAsItArrives(String text) {
    assertThat(Password.of(text).utf8()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void mayHave1024Bytes() {
    assertThat(Password.of("x".repeat(1_024)).utf8()).hasSize(1_024);
    assertThat(Password.of("\u00E9".repeat(512)).utf8()).hasSize(1_024);
    assertThat(Password.of(KEY.repeat(256)).utf8()).hasSize(1_024);
  }

  @Test
  @Tag("T59")
  void aLongerOneIsRefused() {
    for (String text :
        new String[] {
          "x".repeat(1_025), "\u00E9".repeat(513), KEY.repeat(257), "x".repeat(1_000_000)
        }) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> Password.of(text))
          .withMessage("password: must have 1024 bytes at the most");
    }
  }

  @Test
  void noneIsRefused() {
    for (String none : new String[] {null, ""}) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> Password.of(none))
          .withMessage("password: is missing");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"secret\uD800", "\uDC00secret", "sec\uD83Dret", "secret\uDC00\uD800", "\uD800"})
  void halfASurrogatePairIsRefused(String text) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Password.of("newPassword", text))
        .withMessage("newPassword: must be Unicode, without half a surrogate pair")
        .withNoCause()
        .satisfies(refused -> assertThat(refused.field()).isEqualTo("newPassword"));
  }

  @Test
  void charactersAreCodePoints() {
    assertThat(Password.of("abc").characters()).isEqualTo(3);
    assertThat(Password.of("\u00E9\u20AC" + KEY + "\0").characters()).isEqualTo(4);
    assertThat(Password.of("e\u0301").characters()).isEqualTo(2);
  }

  @Test
  void nobodyChangesIt() {
    // given
    Password password = Password.of("correct horse");

    // when
    password.utf8()[0] = 0;

    // then
    assertThat(password.utf8()).isEqualTo("correct horse".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void itsTextShowsNothing() {
    assertThat(Password.of("correct horse")).hasToString("Password[***]");
    assertThat(new EmailAddress("ana@example.com", "Ana@example.com"))
        .hasToString("EmailAddress[***]");
  }
}
