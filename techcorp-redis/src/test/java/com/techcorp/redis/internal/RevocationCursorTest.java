package com.techcorp.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationCursorTest {
  @Test
  void betweenTwoTimesAReaderGoesBackALittle() {
    RevocationCursor cursor = RevocationCursor.parse("1764500000000");

    assertThat(cursor.from()).isEqualTo("1764499990000");
    assertThat(cursor.text()).isEqualTo("1764500000000");
  }

  @Test
  void withinAReadingItGoesOnWhereItWas() {
    RevocationCursor cursor = RevocationCursor.parse("1764500000000 s:1:2");

    assertThat(cursor.from()).isEqualTo("1764500000000");
    assertThat(cursor.member()).isEqualTo("s:1:2");
    assertThat(RevocationCursor.parse(cursor.text())).isEqualTo(cursor);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "x", "-1", "1e9", "99999999999999999999", "1 "})
  void whateverElseIsTheBeginning(String text) {
    assertThat(RevocationCursor.parse(text).from()).isEqualTo("-inf");
  }
}
