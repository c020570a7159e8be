package com.techcorp.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A pause is kept, and a shorter one does not end it. */
class RateGateTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final RateGate gate = new RateGate(nanos::get);

  private void later(Duration step) {
    nanos.addAndGet(step.toNanos());
  }

  @Test
  void itIsOpenAtFirst() {
    assertThat(gate.isShut()).isFalse();
  }

  @Test
  void itOpensWhenThePauseIsOver() {
    gate.shut(Duration.ofSeconds(2));
    later(Duration.ofSeconds(1));
    assertThat(gate.isShut()).isTrue();
    later(Duration.ofSeconds(1));
    assertThat(gate.isShut()).isFalse();
  }

  @Test
  void theLongestPauseOfSeveralIsKept() {
    gate.shut(Duration.ofSeconds(10));
    gate.shut(Duration.ofSeconds(1));
    later(Duration.ofSeconds(9));
    assertThat(gate.isShut()).isTrue();
    gate.shut(Duration.ofSeconds(10));
    later(Duration.ofSeconds(9));
    assertThat(gate.isShut()).isTrue();
  }

  @Test
  void itOpensAfterAMinuteWhateverWasAskedFor() {
    gate.shut(Duration.ofDays(100_000_000));
    later(Duration.ofMinutes(1));
    assertThat(gate.isShut()).isFalse();
  }
}
