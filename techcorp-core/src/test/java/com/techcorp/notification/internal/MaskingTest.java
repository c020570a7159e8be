package com.techcorp.notification.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
  @ParameterizedTest
  @CsvSource({
    "maria@example.com, m***@example.com",
    "m@example.com, m***@example.com",
    "\"a@b\"@example.com, '\"***@example.com'",
    "@example.com, ***",
    "+55 11 91234 5678, ***",
    "'', ***"
  })
  void showsOfARecipientWhatAnOperatorRecognises(String recipient, String shown) {
    assertThat(Masking.recipient(recipient)).isEqualTo(shown);
  }
}
