package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.auth.spi.LoginLimits;
import com.techcorp.auth.spi.LoginLimits.Budget;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Attempts of {@link LoginLimits} come back one by one, and nothing is left of a full budget. */
public abstract class LoginRefillContract extends LoginLimitsScenario {
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  /** For subclasses. */
  protected LoginRefillContract() {}

  @Test
  void oneComesBackAfterItsTime() {
    // given
    Budget budget = new Budget(2, SHORT);

    // when, then: also a second time
    for (int i = 0; i < 2; i++) {
      takeAll(KEY, budget);
      eventually(() -> taken(KEY, budget));
    }
  }

  @Test
  void theTimeToldIsNoLongerThanForOne() {
    // given
    Budget budget = new Budget(5, SHORT);

    // when, then
    for (int i = 0; i < 20; i++) {
      assertThat(limits().take(KEY, budget).orElse(SHORT)).isBetween(Duration.ofNanos(1), SHORT);
    }
  }

  @Test
  void noMoreComeBackThanThereAre() {
    // given
    Budget few = new Budget(3, Duration.ofHours(1));
    Budget many = new Budget(3, SHORT);
    takeAll(KEY, many);

    // when: all are back, and its key has gone
    eventually(() -> adapter().keys().getAsLong() == 0);

    // then
    assertThat(takeAll(KEY, few)).isEqualTo(3);
  }

  @Test
  @Tag("T52")
  void everyKeyGoesByItself() {
    // given
    Budget budget = new Budget(5, SHORT);
    for (int i = 0; i < 20; i++) {
      assertThat(taken("ip:192.0.2." + i, budget)).isTrue();
    }
    takeAll(KEY, budget);
    assertThat(taken("slow", new Budget(5, Duration.ofHours(1)))).isTrue();

    // when, then
    eventually(() -> adapter().keys().getAsLong() == 1);
  }

  @Test
  @Tag("T52")
  void aKeyWhoseAttemptsAreGivenBackGoesToo() {
    // given
    Budget budget = new Budget(5, Duration.ofHours(1));
    taken(KEY, budget);
    taken(KEY, budget);

    // when
    limits().giveBack(KEY, budget);
    limits().giveBack(KEY, budget);
    limits().giveBack("unknown", budget);

    // then
    eventually(() -> adapter().keys().getAsLong() == 0);
  }

  private void eventually(Callable<Boolean> state) {
    await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              pass(TICK);
              return state.call();
            });
  }
}
