package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthSource;
import com.techcorp.messaging.BatchOptions;
import com.techcorp.messaging.ConsumerPausedException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.EventTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an {@link EventTransport} does while a consumer says that what it needs is away. */
public abstract class EventBusPausesContract extends EventBusScenario {
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration NEVER = Duration.ofHours(1);

  private final AtomicBoolean away = new AtomicBoolean(true);
  private final AtomicInteger trials = new AtomicInteger();

  /** For subclasses. */
  protected EventBusPausesContract() {}

  private void subscribePausing(Duration retryAfter, String... types) {
    bus()
        .subscribe(
            new Subscription(
                "pausing",
                Set.of(types),
                event -> {
                  pauseIfAway(retryAfter);
                  of("pausing").add(event);
                },
                oneThread()));
  }

  private void subscribePausingBatches(BatchOptions batches) {
    bus()
        .subscribe(
            Subscription.batch(
                "pausing",
                Set.of(UPDATED),
                batches,
                batch -> {
                  pauseIfAway(SOON);
                  of("pausing").addAll(batch);
                  return batch.stream().map(event -> EventOutcome.handled()).toList();
                }));
  }

  private void pauseIfAway(Duration retryAfter) {
    if (away.get()) {
      trials.incrementAndGet();
      throw new ConsumerPausedException("search is away", retryAfter);
    }
  }

  private List<Finding> findings() {
    assertThat(bus()).isInstanceOf(HealthSource.class);
    return ((HealthSource) bus())
        .findings().stream().filter(finding -> finding.code().equals("CONSUMER_PAUSED")).toList();
  }

  private static List<Event> products(int count) {
    return Stream.generate(() -> updated(UUID.randomUUID())).limit(count).toList();
  }

  private void awaitPausing(List<Event> events) {
    await().atMost(LIMIT).until(() -> new HashSet<>(of("pausing")).containsAll(events));
  }

  @Test
  void aPausedConsumerGetsNothingAndItsEventsCountAsPublished() {
    // given
    subscribePausing(NEVER, UPDATED);
    subscribe("second", UPDATED);
    offer(updated(UUID.randomUUID()));
    await().atMost(LIMIT).until(() -> !findings().isEmpty());

    // when
    List<Event> events = products(50);
    events.forEach(this::offer);

    // then others have them
    awaitHandled("second", 51);
    assertThat(trials).hasValue(1);
    assertThat(of("pausing")).isEmpty();
    assertThat(reasonsOfDead("pausing")).isEmpty();
  }

  @Test
  void aPausedConsumerIsAFindingUntilItGoesOn() {
    // given
    subscribePausing(SOON, UPDATED);
    assertThat(findings()).isEmpty();

    // when
    Event event = updated(UUID.randomUUID());
    offer(event);

    // then
    await().atMost(LIMIT).until(() -> findings().size() == 1);
    assertThat(findings().get(0).what()).contains("pausing").contains("search is away");
    Duration since = findings().get(0).since();
    await().atMost(LIMIT).until(() -> trials.get() >= 3);
    assertThat(findings().get(0).since()).as("of the first pause").isGreaterThan(since);
    assertThat(((HealthSource) bus()).counters()).containsEntry("consumers.pauses", 1L);

    // when
    away.set(false);

    // then
    awaitPausing(List.of(event));
    await().atMost(LIMIT).until(() -> findings().isEmpty());
  }

  @Test
  void noNumberOfPausesUsesUpAnAttemptOrLosesAnEvent() {
    // given
    subscribePausing(Duration.ofMillis(1), UPDATED, CONFIRMED);
    List<Event> events = new ArrayList<>(products(30));
    Stream.generate(() -> event(UUID.randomUUID(), 1, CONFIRMED)).limit(10).forEach(events::add);

    // when
    events.forEach(this::offer);
    await().atMost(LIMIT).until(() -> trials.get() > 10 * attempts());
    away.set(false);

    // then
    awaitPausing(events);
    assertThat(of("pausing")).hasSize(events.size());
    assertThat(reasonsOfDead("pausing")).isEmpty();
  }

  @Test
  void anEventKeepsTheAttemptsItHadBeforeAPause() {
    // given one that is poison, between pauses
    Event poison = updated(UUID.randomUUID());
    bus()
        .subscribe(
            new Subscription(
                "pausing",
                Set.of(UPDATED),
                event -> {
                  of("pausing").add(event);
                  if (of("pausing").size() % 3 != 0) {
                    throw new ConsumerPausedException("search is away", Duration.ofMillis(1));
                  }
                  throw new IllegalStateException("no luck");
                },
                oneThread()));

    // when
    offer(poison);

    // then
    await().atMost(LIMIT).until(() -> reasonsOfDead("pausing").size() == 1);
    assertThat(reasonsOfDead("pausing"))
        .containsExactly("java.lang.IllegalStateException: no luck");
    assertThat(of("pausing")).hasSize(3 * attempts());
  }

  @Test
  void aBatchIsPausedAsAWholeAndComesAgain() {
    // given
    subscribePausingBatches(BatchOptions.of(7));
    List<Event> events = products(50);

    // when
    events.forEach(this::offering);
    await().atMost(LIMIT).until(() -> trials.get() > 2 * attempts());
    away.set(false);

    // then
    awaitPausing(events);
    assertThat(of("pausing")).hasSize(50);
    assertThat(reasonsOfDead("pausing")).isEmpty();
  }

  @Test
  void whatABatchHandledBeforeItsPauseDoesNotComeAgain() {
    // given one that handles every second event of its first batch
    List<Event> events = products(10);
    bus()
        .subscribe(
            Subscription.batch(
                "pausing",
                Set.of(UPDATED),
                BatchOptions.of(10).withMaxWait(Duration.ofMillis(200)),
                batch -> {
                  List<EventOutcome> outcomes = new ArrayList<>();
                  boolean first = trials.getAndIncrement() == 0;
                  for (Event event : batch) {
                    boolean handles = !first || outcomes.size() % 2 == 0;
                    outcomes.add(
                        handles
                            ? EventOutcome.handled()
                            : EventOutcome.paused("search is away", SOON));
                    if (handles) {
                      of("pausing").add(event);
                    }
                  }
                  return outcomes;
                }));

    // when
    events.forEach(this::offering);

    // then
    awaitPausing(events);
    Event last = updated(UUID.randomUUID());
    offer(last);
    awaitPausing(List.of(last));
    assertThat(of("pausing")).hasSize(11).doesNotHaveDuplicates();
  }

  @Test
  void aCoalescingConsumerGetsEachProductAfterAPause() {
    // given
    subscribePausingBatches(BatchOptions.of(10).withCoalescing(true));
    List<UUID> products = Stream.generate(UUID::randomUUID).limit(5).toList();

    // when
    List<Event> last = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      last.clear();
      for (UUID product : products) {
        last.add(updated(product));
      }
      last.forEach(this::offering);
    }
    await().atMost(LIMIT).until(() -> trials.get() > attempts());
    away.set(false);

    // then
    await()
        .atMost(LIMIT)
        .until(() -> of("pausing").stream().map(Event::stream).distinct().count() == 5);
    Event marker = updated(UUID.randomUUID());
    offer(marker);
    awaitPausing(List.of(marker));
    assertThat(reasonsOfDead("pausing")).isEmpty();
  }
}
