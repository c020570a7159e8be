package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.InProcessEventBus;
import com.techcorp.health.Finding;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.BatchOptions;
import com.techcorp.messaging.ConsumerOptions;
import com.techcorp.messaging.ConsumerPausedException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Consumers that are paused, by the minute and for more than a day. */
class PausedConsumersTest {
  private static final String UPDATED = "product.updated";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private final SteppedBus stepped = new SteppedBus();
  private final SteppedClock clock = stepped.clock();
  private final SteppedThreads threads = stepped.threads();
  private final List<String> calls = stepped.calls();
  private final InProcessEventBus bus = stepped.bus();
  private boolean away = true;
  private int trials;

  @AfterEach
  void close() {
    stepped.close();
  }

  private void subscribePausing(ConsumerOptions options) {
    bus.subscribe(
        new Subscription(
            "paused",
            SteppedBus.WANTED,
            event -> {
              pauseIfAway();
              calls.add("paused " + event.sequence());
            },
            options));
  }

  private void pauseIfAway() {
    if (away) {
      trials++;
      throw new ConsumerPausedException("search is away", RETRY_AFTER);
    }
  }

  private static Event updated(UUID product) {
    return new Event(
        UUID.randomUUID(),
        new EventStream("product", product),
        Event.UNORDERED,
        UPDATED,
        JsonObject.EMPTY);
  }

  /** The process goes on for so long, a step at a time. */
  private void pass(Duration time, Duration step) {
    for (Duration past = Duration.ZERO; past.compareTo(time) < 0; past = past.plus(step)) {
      clock.advance(step);
      threads.run();
    }
  }

  private List<Finding> pauses() {
    return bus.findings().stream()
        .filter(finding -> finding.code().equals("CONSUMER_PAUSED"))
        .toList();
  }

  private long waiting() {
    return stepped.storage().consumerBacklog().list("paused", 100_000).size();
  }

  @Test
  void aPauseOfADayUsesUpNoAttemptAndFillsNoBacklog() {
    // given a bound of one event, and a ladder of three attempts of a second
    subscribePausing(ConsumerOptions.DEFAULT.withMaxBacklog(1));
    assertThat(stepped.publish(stepped.events(2).get(0))).isOne();

    // when an event comes every quarter of an hour
    List<Event> later = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Event event = SteppedBus.event(UUID.randomUUID(), 1);
      later.add(event);
      assertThat(stepped.publish(event)).isOne();
      stepped.measure(new Backlog(0, Duration.ZERO, stepped.storage().consumerBacklog().waiting()));
      pass(Duration.ofMinutes(15), Duration.ofMinutes(1));
    }

    // then it was tried all the time, and nothing is lost
    assertThat(trials).isBetween(1_000, 3_100);
    assertThat(stepped.dead("paused")).isEmpty();
    assertThat(waiting()).isEqualTo(101);
    assertThat(
            Objects.requireNonNull(stepped.storage().consumerBacklog().waiting().get("paused"))
                .whilePaused())
        .isEqualTo(101);
    assertThat(bus.counters()).containsEntry("consumers.pauses", 1L);
    assertThat(pauses()).hasSize(1);
    assertThat(pauses().get(0).since()).isGreaterThan(Duration.ofHours(24));
    assertThat(pauses().get(0).what()).contains("search is away").contains("paused");

    // when
    away = false;
    pass(Duration.ofMinutes(2), Duration.ofSeconds(1));

    // then
    assertThat(calls).hasSize(101);
    assertThat(waiting()).isZero();
    assertThat(pauses()).isEmpty();
  }

  @Test
  void whatComesAfterAPauseCountsAgainstTheBoundAsBefore() {
    // given more events of a pause than the bound allows, and no pause any more
    subscribePausing(ConsumerOptions.DEFAULT.withMaxBacklog(1));
    for (int i = 0; i < 5; i++) {
      stepped.publish(SteppedBus.event(UUID.randomUUID(), 1));
    }
    stepped.measure(new Backlog(0, Duration.ZERO, stepped.storage().consumerBacklog().waiting()));
    assertThat(bus.findings()).noneMatch(each -> each.code().equals("CONSUMER_BACKLOG_FULL"));
    away = false;
    pass(Duration.ofMinutes(2), Duration.ofSeconds(1));
    assertThat(calls).hasSize(5);

    // when a consumer beside it fails on two events
    bus.subscribe(
        stepped
            .consumer(
                "failing",
                event -> {
                  throw new IllegalStateException("no luck");
                })
            .withOptions(ConsumerOptions.DEFAULT.withMaxBacklog(1)));
    stepped.publish(SteppedBus.event(UUID.randomUUID(), 1));
    stepped.publish(SteppedBus.event(UUID.randomUUID(), 1));

    // then the second one is a dead letter
    assertThat(stepped.dead("failing")).hasSize(1);
  }

  @Test
  void anOrdersEventsStayInSequenceThroughPauses() {
    // given
    subscribePausing(ConsumerOptions.DEFAULT);
    List<Event> events = stepped.events(9);
    stepped.publish(events.subList(0, 3), true);
    pass(RETRY_AFTER.multipliedBy(2), Duration.ofSeconds(1));
    stepped.publish(events.subList(3, 6), false);

    // when it goes on, and pauses once more in the middle
    away = false;
    pass(RETRY_AFTER.plusSeconds(2), Duration.ofSeconds(1));
    away = true;
    stepped.publish(events.subList(6, 9), false);
    away = false;
    pass(RETRY_AFTER.multipliedBy(2), Duration.ofSeconds(1));

    // then
    assertThat(calls)
        .containsExactly(
            "paused 1",
            "paused 2",
            "paused 3",
            "paused 4",
            "paused 5",
            "paused 6",
            "paused 7",
            "paused 8",
            "paused 9");
  }

  @Test
  void itIsTriedWithOneEventAtATime() {
    // given
    subscribePausing(ConsumerOptions.DEFAULT);
    for (int i = 0; i < 20; i++) {
      stepped.publish(SteppedBus.event(UUID.randomUUID(), 1));
    }
    int before = trials;

    // when
    pass(RETRY_AFTER.plusSeconds(2), Duration.ofSeconds(1));

    // then
    assertThat(before).isOne();
    assertThat(trials).isEqualTo(2);
  }

  @Test
  void oneEventOfAProductWaitsForAConsumerThatCoalesces() {
    // given two consumers that are away, of which one needs only the last event of a product
    List<Event> seen = new ArrayList<>();
    bus.subscribe(
        Subscription.batch(
            "paused",
            Set.of(UPDATED),
            BatchOptions.of(10).withCoalescing(true),
            batch -> {
              pauseIfAway();
              seen.addAll(batch);
              return batch.stream().map(event -> EventOutcome.handled()).toList();
            }));
    bus.subscribe(
        new Subscription(
            "all",
            Set.of(UPDATED),
            event -> {
              if (away) {
                throw new ConsumerPausedException("all is away", RETRY_AFTER);
              }
            }));
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();

    // when
    List<Event> last = List.of();
    for (int i = 0; i < 50; i++) {
      last = List.of(updated(first), updated(second));
      for (Event event : last) {
        CompletableFuture<Integer> taken = bus.publish(List.of(event), true);
        threads.run();
        clock.advance(SteppedBus.GATHERING);
        threads.run();
        assertThat(taken).isCompletedWithValue(1);
      }
    }

    // then
    assertThat(stepped.storage().consumerBacklog().list("paused", 1_000))
        .containsExactlyInAnyOrderElementsOf(last);
    assertThat(stepped.storage().consumerBacklog().list("all", 1_000)).hasSize(100);

    // when
    away = false;
    pass(RETRY_AFTER.multipliedBy(2), Duration.ofSeconds(1));

    // then
    assertThat(seen).containsExactlyInAnyOrderElementsOf(last);
    assertThat(waiting()).isZero();
    assertThat(stepped.dead("paused")).isEmpty();
  }

  @Test
  void anotherProcessTakesOverWhatWaitsForAPausedConsumer() {
    // given
    subscribePausing(ConsumerOptions.DEFAULT);
    stepped.publish(SteppedBus.event(UUID.randomUUID(), 1));
    stepped.publish(SteppedBus.event(UUID.randomUUID(), 1));

    // when
    bus.close();
    stepped.storage().nodes().retire(stepped.node());
    InProcessEventBus other =
        stepped.start(stepped.storage().nodes().register("other", Duration.ofDays(1)), threads);
    List<Event> taken = new ArrayList<>();
    other.subscribe(new Subscription("paused", SteppedBus.WANTED, taken::add));
    pass(RETRY_AFTER.multipliedBy(2), Duration.ofSeconds(1));

    // then
    assertThat(taken).hasSize(2);
    other.close();
  }
}
