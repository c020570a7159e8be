package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.InProcessEventBus;
import com.techcorp.error.NotFoundException;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.ConsumerOptions;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import com.techcorp.order.OrderEventType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a consumer fails on for too long, or too often, is a dead letter. */
class DeadLettersTest {
  private final SteppedBus stepped = new SteppedBus();
  private final MemoryStorage storage = stepped.storage();
  private final List<String> calls = stepped.calls();
  private final UUID order = stepped.order();
  private final InProcessEventBus bus = stepped.bus();

  @AfterEach
  void close() {
    stepped.close();
  }

  @Test
  @Tag("T18")
  void whatFailsAgainAndAgainIsADeadLetterAndTheNextGoesOn() {
    // given
    stepped.subscribeFailing("poisoned", 1, 100);

    // when
    stepped.publish(stepped.events(2), true);
    for (int i = 0; i < 3; i++) {
      stepped.later(SteppedBus.WAIT);
    }

    // then
    assertThat(calls).containsExactly("poisoned 1", "poisoned 1", "poisoned 1", "poisoned 2");
    assertThat(stepped.dead("poisoned"))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.event().sequence()).isEqualTo(1);
              assertThat(letter.reason()).isEqualTo("java.lang.IllegalStateException: no luck");
            });
    assertThat(stepped.waitingFor("poisoned")).isEmpty();
    assertThat(bus.counters())
        .containsEntry("consumers.failed", 3L)
        .containsEntry("consumers.moved-to-backlog", 2L)
        .containsEntry("consumers.dead-letters", 1L);
  }

  @Test
  void shortensTheReasonAndCleansIt() {
    // given
    bus.subscribe(
        stepped.consumer(
            "wordy",
            event -> {
              throw new IllegalStateException("\0" + "x".repeat(1000));
            }));

    // when
    stepped.publish(SteppedBus.event(order, 1));
    stepped.later(SteppedBus.WAIT);
    stepped.later(SteppedBus.WAIT);

    // then
    assertThat(stepped.dead("wordy").get(0).reason()).hasSize(500).doesNotContain("\0");
  }

  @Test
  void aBacklogAtItsBoundTurnsIntoDeadLettersAndSaysSo() {
    // given
    bus.subscribe(
        stepped
            .consumer(
                "down",
                event -> {
                  throw new IllegalStateException("no luck");
                })
            .withOptions(ConsumerOptions.DEFAULT.withMaxBacklog(2)));

    // when
    stepped.publish(SteppedBus.event(UUID.randomUUID(), 1));
    stepped.publish(SteppedBus.event(UUID.randomUUID(), 1));
    assertThat(bus.findings()).isEmpty();
    stepped.publish(SteppedBus.event(UUID.randomUUID(), 1));
    stepped.measure(new Backlog(0, Duration.ZERO, storage.consumerBacklog().waiting()));

    // then
    assertThat(stepped.waitingFor("down")).hasSize(2);
    assertThat(stepped.dead("down"))
        .singleElement()
        .satisfies(
            letter ->
                assertThat(letter.reason())
                    .isEqualTo(
                        "the backlog of down is full; java.lang.IllegalStateException: no luck"));
    assertThat(bus.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("CONSUMER_BACKLOG_FULL");
              assertThat(finding.what()).contains("2 events wait for consumer down");
            });
  }

  @Test
  void replaysDeadLettersOnceTheirConsumerIsMended() {
    // given two dead letters, and a consumer that fails once more
    List<Event> events = stepped.events(2);
    events.forEach(event -> storage.inbox().addDeadLetter("flaky", event, "no luck"));
    stepped.subscribeFailing("flaky", 1, 1);

    // when
    int replayed = bus.replay("flaky", 10);
    stepped.later(SteppedBus.WAIT);
    stepped.later(SteppedBus.WAIT);

    // then
    assertThat(replayed).isEqualTo(2);
    assertThat(calls).containsExactly("flaky 1", "flaky 1", "flaky 2");
    assertThat(stepped.dead("flaky")).isEmpty();
    assertThat(
            storage
                .consumerBacklog()
                .waitingIn(List.of(new Queue("flaky", OrderEventType.streamOf(order)))))
        .isEmpty();
    assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> bus.replay("nobody", 1));
  }
}
