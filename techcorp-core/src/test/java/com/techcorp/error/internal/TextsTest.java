package com.techcorp.error.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.InvalidInputException;
import com.techcorp.error.Reasons;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write, and what failures say, can be kept by every storage. */
class TextsTest {
  private static final String ROCKET = "\uD83D\uDE80";

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  ", "a\0b", "half \uD83D", "half \uDE80", "\uD800", "\uDFFF"})
  void refusesWhatCannotBeKept(String text) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Texts.kept("reason", text))
        .withMessageContaining("reason");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "off to " + ROCKET, "\uD7FF\uE000", "\u0001"})
  void keepsTheRestAsItIs(String text) {
    assertThat(Texts.kept("reason", text)).isEqualTo(text);
  }

  @Test
  void keepsUpTo500Characters() {
    assertThat(Texts.kept("reason", "x".repeat(500))).hasSize(500);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Texts.kept("reason", "x".repeat(501)))
        .withMessageContaining("500");
  }

  @Test
  void aFailureIsNamedByItsClassAndMessage() {
    assertThat(Reasons.of(new IllegalStateException("no\0t now")))
        .isEqualTo("java.lang.IllegalStateException: no\uFFFDt now");
    assertThat(Reasons.of(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void aLongReasonIsCutWithoutSplittingACharacter() {
    assertThat(Reasons.clean("x".repeat(500))).hasSize(500);
    assertThat(Reasons.clean("x".repeat(501))).isEqualTo("x".repeat(500));
    assertThat(Reasons.clean("x".repeat(499) + ROCKET)).isEqualTo("x".repeat(499));
    assertThat(Reasons.clean("x".repeat(498) + ROCKET + "y")).isEqualTo("x".repeat(498) + ROCKET);
  }
}
