package com.techcorp.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.WiringException;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int DRAWS = 2_000;

  @RepeatedTest(3)
  void eachWaitIsHalfToTheWholeOfTheOneThatDoubles() {
    RetryPolicy policy = new RetryPolicy(SECOND, MINUTE, 20);

    assertThat(shortest(policy, 1)).isBetween(500L, 520L);
    assertThat(longest(policy, 1)).isBetween(980L, 1_000L);
    assertThat(shortest(policy, 2)).isBetween(1_000L, 1_040L);
    assertThat(longest(policy, 2)).isBetween(1_960L, 2_000L);
    assertThat(shortest(policy, 5)).isBetween(8_000L, 8_320L);
    assertThat(longest(policy, 5)).isBetween(15_680L, 16_000L);
  }

  @Test
  void noWaitIsLongerThanTheLongest() {
    RetryPolicy policy = new RetryPolicy(SECOND, MINUTE, 20);

    assertThat(longest(policy, 7)).isBetween(58_000L, 60_000L);
    assertThat(shortest(policy, 1_000_000)).isGreaterThanOrEqualTo(30_000L);
    assertThat(longest(policy, 1_000_000)).isLessThanOrEqualTo(60_000L);
  }

  @Test
  void aWaitIsNeverNothing() {
    RetryPolicy policy = RetryPolicy.every(Duration.ofMillis(1), 3);

    assertThat(shortest(policy, 0)).isEqualTo(1);
  }

  @Test
  void theBudgetIsSpentWithTheLastAttempt() {
    RetryPolicy policy = RetryPolicy.every(SECOND, 3);

    assertThat(policy.exhausted(2)).isFalse();
    assertThat(policy.exhausted(3)).isTrue();
    assertThat(policy.exhausted(4)).isTrue();
  }

  @Test
  void refusesWhatIsNoPolicy() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> new RetryPolicy(Duration.ZERO, SECOND, 1))
        .withMessageContaining("first");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> new RetryPolicy(SECOND.negated(), SECOND, 1))
        .withMessageContaining("first");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> new RetryPolicy(MINUTE, SECOND, 1))
        .withMessageContaining("longest");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> RetryPolicy.every(SECOND, 0))
        .withMessageContaining("attempts");
    assertThat(RetryPolicy.every(SECOND, 1).exhausted(1)).isTrue();
  }

  private static long shortest(RetryPolicy policy, int attempt) {
    return java.util.stream.LongStream.range(0, DRAWS)
        .map(draw -> policy.waitAfter(attempt).toMillis())
        .min()
        .orElseThrow();
  }

  private static long longest(RetryPolicy policy, int attempt) {
    return java.util.stream.LongStream.range(0, DRAWS)
        .map(draw -> policy.waitAfter(attempt).toMillis())
        .max()
        .orElseThrow();
  }
}
