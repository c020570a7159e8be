package com.techcorp.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TopologyWatchTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  @DisplayName("S15: a watch goes on after an API that did not answer, and after an error")
  void aWatchGoesOnAfterWhatItsLookThrows() {
    // given
    AtomicInteger looks = new AtomicInteger();
    try (TopologyWatch watch =
        new TopologyWatch(
            () -> {
              switch (looks.incrementAndGet()) {
                case 1 -> throw new UnavailableException("no answer");
                case 2 -> throw new NoClassDefFoundError("broken");
                default -> {
                  return List.of();
                }
              }
            })) {
      // when
      watch.start(Duration.ofMillis(1));

      // then
      await().atMost(LIMIT).until(() -> looks.get() >= 4);
    }
  }

  @Test
  void anIntervalThatIsTooShortIsRefused() {
    try (RabbitEventBus bus = RabbitEventBus.connect("amqp://127.0.0.1:1")) {
      assertThatThrownBy(() -> bus.watchTopology("http://127.0.0.1:1", Duration.ZERO))
          .isInstanceOf(WiringException.class);
      assertThat(bus.awaitConnected(Duration.ZERO)).isFalse();
    }
  }
}
