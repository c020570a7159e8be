package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.messaging.BatchOptions;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.EventRefusedException;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.EventTransport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an {@link EventTransport} does with a consumer that gets several events at once. */
public abstract class EventBusBatchesContract extends EventBusScenario {
  private final List<List<Event>> batches = new CopyOnWriteArrayList<>();

  /** For subclasses. */
  protected EventBusBatchesContract() {}

  private static List<Event> products(int count) {
    return Stream.generate(() -> updated(UUID.randomUUID())).limit(count).toList();
  }

  private List<EventOutcome> record(List<Event> batch) {
    batches.add(batch);
    of("batches").addAll(batch);
    return handled(batch);
  }

  private static List<EventOutcome> handled(List<Event> batch) {
    return batch.stream().map(event -> EventOutcome.handled()).toList();
  }

  @Test
  void givesABatchHandlerAtMostAsManyEventsAsItAskedFor() {
    // given a consumer that is held up by its first batch
    CountDownLatch first = new CountDownLatch(1);
    bus()
        .subscribe(
            Subscription.batch(
                    "batches",
                    Set.of(UPDATED),
                    BatchOptions.of(4),
                    batch -> {
                      first.await();
                      return record(batch);
                    })
                .withOptions(oneThread()));
    List<Event> events = products(30);

    // when
    List.copyOf(events).forEach(event -> offering(event));
    first.countDown();

    // then
    awaitHandled("batches", 30);
    assertThat(of("batches")).containsExactlyInAnyOrderElementsOf(events);
    assertThat(batches).allMatch(batch -> batch.size() <= 4).anyMatch(batch -> batch.size() == 4);
  }

  @Test
  void aBatchThatIsNotFullWaitsForMoreEvents() {
    // given
    bus()
        .subscribe(
            Subscription.batch(
                "batches",
                Set.of(UPDATED),
                BatchOptions.of(3).withMaxWait(Duration.ofSeconds(30)),
                this::record));
    List<Event> events = products(3);

    // when
    events.forEach(event -> offering(event));

    // then
    awaitHandled("batches", 3);
    assertThat(batches).hasSize(1);
  }

  @Test
  void aBatchGoesWhenItsTimeHasCome() {
    // given
    bus()
        .subscribe(
            Subscription.batch(
                "batches",
                Set.of(UPDATED),
                BatchOptions.of(1_000).withMaxWait(Duration.ofMillis(100)),
                this::record));

    // when
    offer(updated(UUID.randomUUID()));

    // then
    awaitHandled("batches", 1);
    assertThat(batches).hasSize(1);
  }

  @Test
  void aBatchHasOneEventOfEachOrderedStreamInSequence() {
    // given
    bus()
        .subscribe(
            Subscription.batch(
                "batches",
                Set.of(CONFIRMED),
                BatchOptions.of(10).withMaxWait(Duration.ofMillis(20)),
                this::record));
    List<UUID> orders = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());

    // when
    List<Event> events =
        IntStream.rangeClosed(1, 10)
            .boxed()
            .flatMap(sequence -> orders.stream().map(order -> event(order, sequence, CONFIRMED)))
            .toList();
    events.forEach(event -> offering(event));

    // then
    awaitHandled("batches", 30);
    assertThat(batches)
        .allMatch(batch -> batch.stream().map(Event::stream).distinct().count() == batch.size());
    for (UUID order : orders) {
      assertThat(of("batches"))
          .filteredOn(event -> event.stream().id().equals(order))
          .extracting(Event::sequence)
          .isSorted()
          .hasSize(10);
    }
  }

  @Test
  void eachEventOfABatchHasItsOwnOutcome() {
    // given one event that fails once, one that is refused, and one that comes too early once
    List<Event> events = products(10);
    Event failing = events.get(2);
    Event refused = events.get(4);
    Event early = events.get(6);
    bus()
        .subscribe(
            Subscription.batch(
                "batches",
                Set.of(UPDATED),
                BatchOptions.of(10).withMaxWait(Duration.ofMillis(100)),
                batch -> {
                  record(batch);
                  return batch.stream()
                      .map(
                          event -> {
                            long times = of("batches").stream().filter(event::equals).count();
                            if (event.equals(refused)) {
                              return EventOutcome.refused("no product");
                            } else if (event.equals(failing) && times == 1) {
                              return EventOutcome.failed("no luck");
                            } else if (event.equals(early) && times == 1) {
                              return EventOutcome.postponed("too early", Duration.ofMillis(10));
                            }
                            return EventOutcome.handled();
                          })
                      .toList();
                }));

    // when
    events.forEach(event -> offering(event));

    // then
    awaitHandled("batches", 12);
    await().atMost(LIMIT).until(() -> reasonsOfDead("batches").size() == 1);
    assertThat(reasonsOfDead("batches")).containsExactly("no product");
    for (Event event : events) {
      assertThat(of("batches"))
          .filteredOn(event::equals)
          .hasSize(event.equals(failing) || event.equals(early) ? 2 : 1);
    }
  }

  @Test
  void anEventThatIsPostponedUsesUpNoAttempt() {
    // given one that is postponed first, more often than there are attempts, and fails in between
    int postponed = 2 * attempts();
    int failures = attempts() - 1;
    Event event = updated(UUID.randomUUID());
    bus()
        .subscribe(
            Subscription.batch(
                "batches",
                Set.of(UPDATED),
                BatchOptions.of(10),
                batch -> {
                  record(batch);
                  int times = of("batches").size();
                  if (times <= postponed + failures) {
                    return List.of(
                        times % 2 == 0 && times <= 2 * failures
                            ? EventOutcome.failed("no luck")
                            : EventOutcome.postponed("not yet", Duration.ofMillis(1)));
                  }
                  return handled(batch);
                }));

    // when
    offer(event);

    // then
    awaitHandled("batches", postponed + failures + 1);
    offer(updated(UUID.randomUUID()));
    awaitHandled("batches", postponed + failures + 2);
    assertThat(reasonsOfDead("batches")).isEmpty();
  }

  @Test
  void aBatchHandlerThatThrowsFailsOnEveryEvent() {
    // given
    List<Event> events = products(5);
    bus()
        .subscribe(
            Subscription.batch(
                "batches",
                Set.of(UPDATED),
                BatchOptions.of(5).withMaxWait(Duration.ofMillis(100)),
                batch -> {
                  List<EventOutcome> outcomes = record(batch);
                  if (batches.size() == 1) {
                    throw new IllegalStateException("no luck");
                  }
                  return batches.size() == 2 ? List.of() : outcomes;
                }));

    // when
    events.forEach(event -> offering(event));

    // then
    await().atMost(LIMIT).until(() -> Set.copyOf(of("batches")).size() == 5);
    int failed = batches.get(0).size();
    await().atMost(LIMIT).until(() -> batches.size() >= 3 && of("batches").size() > 5 + failed - 1);
    assertThat(reasonsOfDead("batches")).isEmpty();
    Event next = updated(UUID.randomUUID());
    offer(next);
    await().atMost(LIMIT).until(() -> of("batches").contains(next));
  }

  @Test
  void theHandlerOfSingleEventsCanRefuseOne() {
    // given
    Event refused = event(UUID.randomUUID(), 1, CONFIRMED);
    Event next = event(refused.stream().id(), 2, CONFIRMED);
    bus()
        .subscribe(
            new Subscription(
                "strict",
                Set.of(CONFIRMED),
                event -> {
                  of("strict").add(event);
                  if (event.equals(refused)) {
                    throw new EventRefusedException("no such warehouse");
                  }
                }));

    // when
    offer(refused);
    offer(next);

    // then
    await().atMost(LIMIT).until(() -> of("strict").contains(next));
    await().atMost(LIMIT).until(() -> reasonsOfDead("strict").size() == 1);
    assertThat(reasonsOfDead("strict")).containsExactly("no such warehouse");
    assertThat(of("strict")).containsExactly(refused, next);
  }

  @Test
  void aCoalescingConsumerGetsTheLastOfSeveralEventsOfAProduct() {
    // given a consumer that is held up by the event of another product
    Event blocking = updated(UUID.randomUUID());
    CountDownLatch blocked = new CountDownLatch(1);
    bus()
        .subscribe(
            Subscription.batch(
                    "batches",
                    Set.of(UPDATED),
                    BatchOptions.of(100).withMaxWait(Duration.ofMillis(100)).withCoalescing(true),
                    batch -> {
                      if (batch.contains(blocking)) {
                        blocked.await();
                      }
                      return record(batch);
                    })
                .withOptions(oneThread()));
    UUID product = UUID.randomUUID();
    List<Event> changes = Stream.generate(() -> updated(product)).limit(20).toList();

    // when
    offering(blocking);
    changes.forEach(event -> offering(event));
    blocked.countDown();

    // then
    await().atMost(LIMIT).until(() -> of("batches").contains(changes.get(19)));
    assertThat(batches)
        .allMatch(batch -> batch.stream().map(Event::stream).distinct().count() == batch.size());
    assertThat(reasonsOfDead("batches")).isEmpty();
  }
}
