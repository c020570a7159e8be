package com.techcorp.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class CallLoopTest {
  private static final SliceTimes SHORT =
      new SliceTimes(Duration.ofMillis(1), Duration.ofMillis(100));

  @Test
  void callsOfAllCallersCount() throws Exception {
    CallLoop.Call fiveMillis = () -> LockSupport.parkNanos(5_000_000);

    double perSecond = new CallLoop(List.of(fiveMillis, fiveMillis)).perSecond(SHORT);

    assertThat(perSecond).isPositive().isLessThan(1_000);
  }

  @Test
  void aCallThatFailsEndsTheLoop() {
    CallLoop loop =
        new CallLoop(
            List.of(
                () -> {
                  throw new IllegalArgumentException("planted");
                }));

    assertThatThrownBy(() -> loop.perSecond(SHORT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("planted");
  }

  @Test
  void theWindowStaysOpenUntilACallHasReturned() throws Exception {
    CallLoop.Call longerThanTheWindow = () -> LockSupport.parkNanos(500_000_000);

    double perSecond = new CallLoop(List.of(longerThanTheWindow)).perSecond(SHORT);

    assertThat(perSecond).isPositive();
  }
}
