package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CrashVerdictTest {
  private static final Duration IN_TIME = Duration.ofSeconds(5);

  @Test
  void ordersThatTheProviderHasNotDecidedAreNobodysFault() {
    assertThat(new CrashVerdict(9, IN_TIME, 0, 2, 20, 0, 9, 0).clean()).isTrue();
  }

  @Test
  void nothingMayBeLateLostDoubledOrLeft() {
    assertThat(new CrashVerdict(9, IN_TIME, 1, 0, 20, 0, 9, 0).clean()).as("late").isFalse();
    assertThat(new CrashVerdict(9, IN_TIME, 1, 0, 20, 0, 9, 0).onlyLate()).isTrue();
    assertThat(new CrashVerdict(9, IN_TIME, 1, 0, 20, 1, 9, 0).onlyLate()).isFalse();
    assertThat(new CrashVerdict(9, IN_TIME, 0, 0, 20, 1, 9, 0).clean()).as("lost").isFalse();
    assertThat(new CrashVerdict(9, IN_TIME, 0, 0, 20, 0, 9, 1).clean()).as("doubled").isFalse();
    assertThat(new CrashVerdict(9, null, 0, 0, 20, 0, 9, 0).clean()).as("left").isFalse();
  }
}
