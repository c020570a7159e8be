package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.spi.LoginLimits;
import com.techcorp.auth.spi.LoginLimits.Budget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@link LoginLimits} allow as many attempts as there are, also if all come at once. */
public abstract class LoginBudgetContract extends LoginLimitsScenario {
  /** Slow enough that none comes back during a test. */
  private static final Duration SLOW = Duration.ofHours(1);

  private static final int ROUNDS = 5;

  /** For subclasses. */
  protected LoginBudgetContract() {}

  @Test
  void allowsAsManyAsThereAre() {
    // given
    Budget budget = new Budget(3, SLOW);

    // when, then
    assertThat(takeAll(KEY, budget)).isEqualTo(3);
    Optional<Duration> wait = limits().take(KEY, budget);
    assertThat(wait.orElseThrow()).isBetween(Duration.ofMillis(1), SLOW);
  }

  @Test
  void allowsOne() {
    assertThat(takeAll(KEY, new Budget(1, SLOW))).isEqualTo(1);
  }

  @Test
  void takesNothingFromWhoeverIsRefused() {
    // given
    Budget budget = new Budget(3, SLOW);
    takeAll(KEY, budget);

    // when
    for (int i = 0; i < 10; i++) {
      assertThat(taken(KEY, budget)).isFalse();
    }
    limits().giveBack(KEY, budget);

    // then
    assertThat(takeAll(KEY, budget)).isEqualTo(1);
  }

  @Test
  void countsEachKeyByItself() {
    // given
    Budget budget = new Budget(3, SLOW);
    takeAll(KEY, budget);

    // when, then
    assertThat(takeAll("ip:2001:db8::/64", budget)).isEqualTo(3);
    assertThat(takeAll(KEY + " ", budget)).isEqualTo(3);
    assertThat(takeAll("{" + KEY + "}", new Budget(5, SLOW))).isEqualTo(5);
    assertThat(taken(KEY, budget)).isFalse();
  }

  @Test
  void givesBackWhatWasTakenAndNoMore() {
    // given
    Budget budget = new Budget(3, SLOW);
    limits().giveBack(KEY, budget);
    assertThat(taken(KEY, budget)).isTrue();

    // when
    for (int i = 0; i < 5; i++) {
      limits().giveBack(KEY, budget);
    }

    // then
    assertThat(takeAll(KEY, budget)).isEqualTo(3);
  }

  @RepeatedTest(ROUNDS)
  @Tag("T51")
  void allowsNoMoreIfAllComeAtOnce() throws Exception {
    // given
    Budget budget = new Budget(10, SLOW);

    // when
    List<Boolean> taken = Threads.together(64, thread -> () -> taken(KEY, budget));

    // then
    assertThat(taken).filteredOn(Boolean::booleanValue).hasSize(10);
  }

  @RepeatedTest(ROUNDS)
  @Tag("T51")
  void losesNoneOfThoseThatAreGivenBackAtOnce() throws Exception {
    // given
    Budget budget = new Budget(20, SLOW);
    takeAll(KEY, budget);

    // when: 12 are given back, while as many are asked for
    List<Integer> taken =
        Threads.together(
            24,
            thread ->
                () -> {
                  if (thread % 2 == 0) {
                    limits().giveBack(KEY, budget);
                    return 0;
                  }
                  return taken(KEY, budget) ? 1 : 0;
                });

    // then
    int already = taken.stream().mapToInt(Integer::intValue).sum();
    assertThat(already + takeAll(KEY, budget)).isEqualTo(12);
  }
}
