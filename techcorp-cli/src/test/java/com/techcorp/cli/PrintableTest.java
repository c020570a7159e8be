package com.techcorp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void leavesWhatPeopleReadAsItIs() {
    assertThat(Printable.of("{\"os\":\"Ação 日本 \uD83D\uDE00 \\u001b\"}"))
        .isEqualTo("{\"os\":\"Ação 日本 \uD83D\uDE00 \\u001b\"}");
  }

  @Test
  void escapesWhatATerminalObeys() {
    assertThat(Printable.of("{\n\t\"a\":1}\r")).isEqualTo("{\\u000a\\u0009\"a\":1}\\u000d");
    assertThat(Printable.of("\u001b[2J\u009b31m\u0007\u007f"))
        .isEqualTo("\\u001b[2J\\u009b31m\\u0007\\u007f");
  }

  @Test
  void escapesWhatHidesOrTurnsAText() {
    assertThat(Printable.of("\u202Eevil\u2028\u200B\uFEFF"))
        .isEqualTo("\\u202eevil\\u2028\\u200b\\ufeff");
    assertThat(Printable.of("\uD800x" + Character.toString(0xE0001)))
        .isEqualTo("\\ud800x\\U000e0001");
  }
}
