package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.techcorp.InProcessEventBus;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.NotFoundException;
import com.techcorp.error.WiringException;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.ConsumerOptions;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import com.techcorp.order.OrderEventType;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bus within a process, stepped: what it hands over when, and what it keeps where. */
class InProcessEventBusTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration WAIT = Duration.ofSeconds(1);

  /** So long at the most what a consumer failed on gathers before it is written. */
  private static final Duration GATHERING = Duration.ofMillis(250);

  private static final String CONFIRMED = "order.confirmed";
  private static final Set<String> WANTED = Set.of(CONFIRMED);

  private final SteppedClock clock = SteppedClock.create();
  private final SteppedThreads threads = SteppedThreads.on(clock);
  private final MemoryStorage storage = MemoryStorage.create(clock);
  private final Fence node = storage.nodes().register("bus", Duration.ofDays(1));
  private final List<Throwable> fatal = new ArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final UUID order = UUID.randomUUID();
  private final InProcessEventBus bus = start(node, threads);
  private Backlog measured = Backlog.NONE;

  private InProcessEventBus start(Fence holder, Threads on) {
    InProcessEventBus started = new InProcessEventBus(storage.inbox(), RetryPolicy.every(WAIT, 3));
    FaultBoundary faults = new FaultBoundary();
    faults.onFatal(fatal::add);
    started.start(
        new BusContext(on, () -> holder, faults, storage.consumerBacklog(), () -> measured));
    return started;
  }

  @AfterEach
  void close() {
    bus.close();
  }

  private static Event event(UUID of, int sequence) {
    return new Event(
        UUID.randomUUID(), OrderEventType.streamOf(of), sequence, CONFIRMED, JsonObject.EMPTY);
  }

  private List<Event> events(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(sequence -> event(order, sequence)).toList();
  }

  private Subscription consumer(String name, Subscription.Handler handler) {
    return new Subscription(
        name,
        WANTED,
        event -> {
          calls.add(name + " " + event.sequence());
          handler.handle(event);
        });
  }

  private void subscribe(String name) {
    bus.subscribe(consumer(name, event -> {}));
  }

  private void subscribeFailing(String name, int sequence, int times) {
    List<Event> failed = new ArrayList<>();
    bus.subscribe(
        consumer(
            name,
            event -> {
              if (event.sequence() == sequence && failed.size() < times) {
                failed.add(event);
                throw new IllegalStateException("no luck");
              }
            }));
  }

  private int publish(List<Event> events, boolean fresh) {
    CompletableFuture<Integer> taken = bus.publish(events, fresh);
    threads.run();
    if (!taken.isDone()) {
      clock.advance(GATHERING);
      threads.run();
    }
    assertThat(taken).isDone();
    return taken.join();
  }

  private int publish(Event... events) {
    return publish(List.of(events), true);
  }

  private void later(Duration step) {
    clock.advance(step);
    threads.run();
    clock.advance(WAIT);
    threads.run();
  }

  private List<Integer> waitingFor(String consumer) {
    return storage.consumerBacklog().list(consumer, 100).stream().map(Event::sequence).toList();
  }

  private List<Inbox.DeadLetter> dead(String consumer) {
    return storage.inbox().dead(consumer, 100);
  }

  @Test
  void callsEachConsumerThatAskedForTheType() {
    // given
    subscribe("first");
    subscribe("second");
    bus.subscribe(new Subscription("third", Set.of("order.cancelled"), e -> calls.add("third")));

    // when
    int taken = publish(events(2), true);

    // then
    assertThat(taken).isEqualTo(2);
    assertThat(calls).containsExactlyInAnyOrder("first 1", "first 2", "second 1", "second 2");
  }

  @Test
  void takesAnEventThatNoOneWants() {
    assertThat(publish(events(3), true)).isEqualTo(3);
  }

  @Test
  void refusesANameThatIsTaken() {
    subscribe("notifications");

    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> subscribe("notifications"))
        .withMessageContaining("'notifications'");
  }

  @Test
  void whatFailsLeavesTheOutboxWithAllThatFollowsIt() {
    // given
    subscribe("other");
    subscribeFailing("flaky", 2, 1);

    // when
    int taken = publish(events(3), true);

    // then
    assertThat(taken).isEqualTo(3);
    assertThat(waitingFor("flaky")).containsExactly(2, 3);
    assertThat(calls).contains("other 3").doesNotContain("flaky 3");

    // when its wait is over
    later(WAIT);

    // then in sequence, and no other consumer again
    assertThat(calls)
        .filteredOn(call -> call.startsWith("flaky"))
        .containsExactly("flaky 1", "flaky 2", "flaky 2", "flaky 3");
    assertThat(calls).filteredOn(call -> call.startsWith("other")).hasSize(3);
    assertThat(waitingFor("flaky")).isEmpty();
  }

  @Test
  void whatSeveralOrdersFailOnIsWrittenTogether() {
    // given
    bus.subscribe(
        consumer(
            "down",
            event -> {
              throw new IllegalStateException("no luck");
            }));
    List<CompletableFuture<Integer>> taken = new ArrayList<>();
    IntStream.range(0, 5)
        .forEach(i -> taken.add(bus.publish(List.of(event(UUID.randomUUID(), 1)), true)));

    // when
    threads.run();

    // then it stays in the outbox until it is written
    assertThat(calls).hasSize(5);
    assertThat(taken).allSatisfy(each -> assertThat(each).isNotDone());
    assertThat(waitingFor("down")).isEmpty();

    // when
    clock.advance(GATHERING);
    threads.run();

    // then
    assertThat(taken).allSatisfy(each -> assertThat(each).isCompletedWithValue(1));
    assertThat(waitingFor("down")).hasSize(5);
  }

  @Test
  void whatManyOrdersFailOnIsWrittenAtOnce() {
    // given
    bus.subscribe(
        consumer(
            "down",
            event -> {
              throw new IllegalStateException("no luck");
            }));

    // when
    IntStream.range(0, 256).forEach(i -> bus.publish(List.of(event(UUID.randomUUID(), 1)), true));
    threads.run();

    // then
    assertThat(storage.consumerBacklog().list("down", 1_000)).hasSize(256);
  }

  @Test
  void anEventThatIsHandledAfterItsTimeOutIsHandledAndTheNextOneIsDueAtOnce() {
    // given a consumer that fails on an event, and the second time returns only when interrupted
    Duration timeout = Duration.ofSeconds(10);
    CountDownLatch forEver = new CountDownLatch(1);
    InProcessEventBus real = start(node, new RealPools(threads));
    real.subscribe(
        consumer(
                "late",
                event -> {
                  if (event.sequence() == 1 && calls.size() == 1) {
                    throw new IllegalStateException("no luck");
                  } else if (event.sequence() == 1) {
                    assertThatExceptionOfType(InterruptedException.class)
                        .isThrownBy(forEver::await);
                  }
                })
            .withOptions(ConsumerOptions.DEFAULT.withTimeout(timeout)));
    CompletableFuture<Integer> taken = real.publish(events(2), true);
    await().atMost(PATIENCE).until(() -> real.counters().get("consumers.failed") == 1);
    clock.advance(GATHERING);
    threads.run();
    assertThat(taken).isCompletedWithValue(2);
    later(WAIT);
    await().atMost(PATIENCE).until(() -> calls.size() == 2);

    // when
    clock.advance(timeout);
    threads.run();
    await().atMost(PATIENCE).until(() -> real.findings().isEmpty());
    threads.run();
    clock.advance(Duration.ofMillis(10));
    threads.run();

    // then
    await().atMost(PATIENCE).until(() -> calls.size() == 3);
    assertThat(calls).containsExactly("late 1", "late 1", "late 2");
    real.close();
  }

  @Test
  void whatIsPublishedLaterGoesBehindWhatWaits() {
    // given
    subscribeFailing("flaky", 1, 1);
    List<Event> events = events(3);
    publish(events.subList(0, 1), true);

    // when this process and another one publish what follows
    int taken = publish(events.subList(1, 2), false);
    SteppedThreads others = SteppedThreads.on(clock);
    InProcessEventBus another = start(storage.nodes().register("other", WAIT), others);
    another.subscribe(consumer("flaky", event -> calls.add("elsewhere")));
    CompletableFuture<Integer> takenElsewhere = another.publish(events.subList(2, 3), false);
    others.run();

    // then
    assertThat(taken).isEqualTo(1);
    assertThat(takenElsewhere).isCompletedWithValue(1);
    assertThat(calls).containsExactly("flaky 1");
    assertThat(waitingFor("flaky")).containsExactly(1, 2, 3);

    // when
    later(WAIT);

    // then
    assertThat(calls).containsExactly("flaky 1", "flaky 1", "flaky 2", "flaky 3");
    another.close();
  }

  @Test
  void anotherProcessGoesOnWhenTheOneThatHeldABacklogIsGone() {
    // given
    subscribeFailing("flaky", 1, 1);
    publish(events(2), true);
    threads.stop();
    storage.nodes().retire(node);

    // when
    SteppedThreads others = SteppedThreads.on(clock);
    InProcessEventBus heir = start(storage.nodes().register("heir", WAIT), others);
    heir.subscribe(consumer("flaky", event -> calls.add("heir")));
    others.run();
    clock.advance(WAIT);
    others.run();

    // then
    assertThat(calls).containsExactly("flaky 1", "flaky 1", "heir", "flaky 2", "heir");
    assertThat(waitingFor("flaky")).isEmpty();
    heir.close();
  }

  @Test
  @Tag("T18")
  void whatFailsAgainAndAgainIsADeadLetterAndTheNextGoesOn() {
    // given
    subscribeFailing("poisoned", 1, 100);

    // when
    publish(events(2), true);
    for (int i = 0; i < 3; i++) {
      later(WAIT);
    }

    // then
    assertThat(calls).containsExactly("poisoned 1", "poisoned 1", "poisoned 1", "poisoned 2");
    assertThat(dead("poisoned"))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.event().sequence()).isEqualTo(1);
              assertThat(letter.reason()).isEqualTo("java.lang.IllegalStateException: no luck");
            });
    assertThat(waitingFor("poisoned")).isEmpty();
    assertThat(bus.counters())
        .containsEntry("consumers.failed", 3L)
        .containsEntry("consumers.moved-to-backlog", 2L)
        .containsEntry("consumers.dead-letters", 1L);
  }

  @Test
  @Tag("B01")
  void anErrorIsAFailedDeliveryLikeAnyOther() {
    // given
    List<Error> thrown =
        new ArrayList<>(
            List.of(new ServiceConfigurationError("no provider"), new StackOverflowError()));
    bus.subscribe(
        consumer(
            "ledger",
            event -> {
              if (!thrown.isEmpty()) {
                throw thrown.remove(0);
              }
            }));

    // when
    publish(event(order, 1));
    later(WAIT);
    later(WAIT);

    // then
    assertThat(calls).containsExactly("ledger 1", "ledger 1", "ledger 1");
    assertThat(waitingFor("ledger")).isEmpty();
    assertThat(dead("ledger")).isEmpty();
    assertThat(fatal).isEmpty();
  }

  @Test
  @Tag("B01")
  void aFatalErrorIsAFailedDeliveryAndPassedOn() {
    // given
    OutOfMemoryError error = new OutOfMemoryError("Java heap space (simulated)");
    List<Error> thrown = new ArrayList<>(List.of(error));
    bus.subscribe(
        consumer(
            "ledger",
            event -> {
              if (!thrown.isEmpty()) {
                throw thrown.remove(0);
              }
            }));

    // when
    publish(event(order, 1));

    // then
    assertThat(fatal).containsExactly(error);
    assertThat(waitingFor("ledger")).containsExactly(1);

    // when
    later(WAIT);

    // then
    assertThat(waitingFor("ledger")).isEmpty();
  }

  @Test
  @Tag("B01")
  void aPoisonEventCostsItselfAndNobodyElse() {
    // given a consumer that throws an Error for so many orders as once stopped all events
    int bad = 1_100;
    List<Event> failed = new ArrayList<>();
    bus.subscribe(
        consumer(
            "ledger",
            event -> {
              if (failed.size() < bad) {
                failed.add(event);
                throw new ServiceConfigurationError("no provider");
              }
            }));
    subscribe("mails");

    // when
    List<CompletableFuture<Integer>> taken = new ArrayList<>();
    for (int i = 0; i < bad + 50; i++) {
      taken.add(bus.publish(List.of(event(UUID.randomUUID(), 1)), true));
      threads.run();
    }
    clock.advance(GATHERING);
    threads.run();

    // then
    assertThat(taken).allSatisfy(each -> assertThat(each).isCompletedWithValue(1));
    assertThat(calls).filteredOn("mails 1"::equals).hasSize(bad + 50);
    assertThat(waitingFor("ledger")).isNotEmpty();
    for (int i = 0; i < 60; i++) {
      later(WAIT);
    }
    assertThat(waitingFor("ledger")).isEmpty();
    assertThat(dead("ledger")).isEmpty();
    assertThat(calls).filteredOn("ledger 1"::equals).hasSize(2 * bad + 50);
  }

  @Test
  void shortensTheReasonAndCleansIt() {
    // given
    bus.subscribe(
        consumer(
            "wordy",
            event -> {
              throw new IllegalStateException("\0" + "x".repeat(1000));
            }));

    // when
    publish(event(order, 1));
    later(WAIT);
    later(WAIT);

    // then
    assertThat(dead("wordy").get(0).reason()).hasSize(500).doesNotContain("\0");
  }

  @Test
  void whatABusyConsumerHasNoRoomForWaitsInItsBacklog() {
    // given one that has room for two orders
    bus.subscribe(
        consumer("slow", event -> {})
            .withOptions(
                ConsumerOptions.DEFAULT.withThreads(1).withMaxWaiting(2).withMaxWait(WAIT)));

    // when five come at once
    List<CompletableFuture<Integer>> taken = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      taken.add(bus.publish(List.of(event(UUID.randomUUID(), 1)), true));
    }
    threads.run();

    // then
    assertThat(taken).allMatch(each -> each.isDone() && each.join() == 1);
    assertThat(bus.counters()).containsEntry("consumers.moved-to-backlog", 3L);
    later(WAIT);
    assertThat(calls).hasSize(5);
    assertThat(waitingFor("slow")).isEmpty();
  }

  @Test
  void aConsumerThatIsBusyForAMomentLosesOnlyWhatHasWaitedTooLong() throws Exception {
    // given: one whose thread, a real one, is busy
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch called = new CountDownLatch(3);
    InProcessEventBus real = start(node, new RealPools(threads));
    real.subscribe(
        new Subscription(
            "busy",
            WANTED,
            event -> {
              called.countDown();
              busy.await();
            },
            ConsumerOptions.DEFAULT.withThreads(1).withMaxWaiting(10).withMaxWait(WAIT)));
    real.publish(List.of(event(UUID.randomUUID(), 1)), true);
    await().atMost(PATIENCE).until(() -> called.getCount() == 2);

    // when: one order waits for longer than it may, and one not yet
    CompletableFuture<Integer> late = real.publish(List.of(event(UUID.randomUUID(), 1)), true);
    clock.advance(WAIT.multipliedBy(3).dividedBy(4));
    threads.run();
    CompletableFuture<Integer> young = real.publish(List.of(event(UUID.randomUUID(), 1)), true);
    clock.advance(WAIT.dividedBy(2));
    threads.run();

    // then
    assertThat(late).isCompletedWithValue(1);
    assertThat(young).isNotDone();
    assertThat(real.counters()).containsEntry("consumers.moved-to-backlog", 1L);
    assertThat(waitingFor("busy")).hasSize(1);

    // and when
    busy.countDown();

    // then: it takes that from memory
    assertThat(young.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isOne();
    assertThat(real.counters()).containsEntry("consumers.moved-to-backlog", 1L);
    real.close();
  }

  /** A test's time and timers, with threads of their own for what runs at once. */
  private record RealPools(SteppedThreads stepped) implements Threads {
    @Override
    public ScheduledExecutorService timer(String name, int size) {
      return stepped.timer(name, size);
    }

    @Override
    public ExecutorService pool(String name, int size) {
      return new OwnThreads().pool(name, size);
    }

    @Override
    public long nanoTime() {
      return stepped.nanoTime();
    }

    @Override
    public void await(CompletableFuture<?> future) {
      new OwnThreads().await(future);
    }

    @Override
    public boolean await(CompletableFuture<?> future, Duration limit) {
      return new OwnThreads().await(future, limit);
    }
  }

  @Test
  void aBacklogAtItsBoundTurnsIntoDeadLettersAndSaysSo() {
    // given
    bus.subscribe(
        consumer(
                "down",
                event -> {
                  throw new IllegalStateException("no luck");
                })
            .withOptions(ConsumerOptions.DEFAULT.withMaxBacklog(2)));

    // when
    publish(event(UUID.randomUUID(), 1));
    publish(event(UUID.randomUUID(), 1));
    assertThat(bus.findings()).isEmpty();
    publish(event(UUID.randomUUID(), 1));
    measured = new Backlog(0, Duration.ZERO, storage.consumerBacklog().waiting());

    // then
    assertThat(waitingFor("down")).hasSize(2);
    assertThat(dead("down"))
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
  void takesNothingOnceClosed() {
    subscribe("first");

    bus.close();

    assertThat(publish(event(order, 1))).isZero();
    assertThat(calls).isEmpty();
  }

  @Test
  void replaysDeadLettersOnceTheirConsumerIsMended() {
    // given two dead letters, and a consumer that fails once more
    List<Event> events = events(2);
    events.forEach(event -> storage.inbox().addDeadLetter("flaky", event, "no luck"));
    subscribeFailing("flaky", 1, 1);

    // when
    int replayed = bus.replay("flaky", 10);
    later(WAIT);
    later(WAIT);

    // then
    assertThat(replayed).isEqualTo(2);
    assertThat(calls).containsExactly("flaky 1", "flaky 1", "flaky 2");
    assertThat(dead("flaky")).isEmpty();
    assertThat(
            storage
                .consumerBacklog()
                .waitingIn(List.of(new Queue("flaky", OrderEventType.streamOf(order)))))
        .isEmpty();
    assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> bus.replay("nobody", 1));
  }
}
