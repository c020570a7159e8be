package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.health.HealthStatus;
import com.techcorp.saga.FaultOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A node starts again so many times within a window, and then stays down. */
class RestartsTest {
  private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);
  private final Restarts restarts =
      new Restarts(
          FaultOptions.DEFAULT.withMaxRestarts(2).withRestartWindow(Duration.ofMinutes(10)),
          time::get);

  @Test
  void oneMoreThanAllowedWithinTheWindowIsTooMany() {
    assertThat(restarts.again()).isTrue();
    assertThat(restarts.again()).isTrue();
    assertThat(restarts.isDown()).isFalse();
    assertThat(restarts.findings()).isEmpty();

    assertThat(restarts.again()).isFalse();

    assertThat(restarts.isDown()).isTrue();
    assertThat(restarts.count()).isEqualTo(2);
    assertThat(restarts.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("NODE_DOWN");
              assertThat(finding.severity()).isEqualTo(HealthStatus.DOWN);
            });
  }

  @Test
  void whatIsOlderThanTheWindowDoesNotCount() {
    for (int i = 0; i < 20; i++) {
      assertThat(restarts.again()).isTrue();
      time.addAndGet(Duration.ofMinutes(6).toNanos());
    }
  }

  @Test
  void whatIsDownStaysDown() {
    for (int i = 0; i < 3; i++) {
      restarts.again();
    }
    time.addAndGet(Duration.ofDays(1).toNanos());

    assertThat(restarts.again()).isFalse();
    assertThat(restarts.isDown()).isTrue();
  }
}
