package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.techcorp.InProcessEventBus;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.messaging.ConsumerOptions;
import com.techcorp.messaging.Subscription;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Consumers that take longer than they may, or have no room. */
class BusyConsumersTest {
  private final SteppedBus stepped = new SteppedBus();
  private final SteppedClock clock = stepped.clock();
  private final SteppedThreads threads = stepped.threads();
  private final Fence node = stepped.node();
  private final List<String> calls = stepped.calls();
  private final InProcessEventBus bus = stepped.bus();

  @AfterEach
  void close() {
    stepped.close();
  }

  @Test
  void anEventThatIsHandledAfterItsTimeOutIsHandledAndTheNextOneIsDueAtOnce() {
    // given a consumer that fails on an event, and the second time returns only when interrupted
    Duration timeout = Duration.ofSeconds(10);
    CountDownLatch forEver = new CountDownLatch(1);
    InProcessEventBus real = stepped.start(node, new RealPools(threads));
    real.subscribe(
        stepped
            .consumer(
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
    CompletableFuture<Integer> taken = real.publish(stepped.events(2), true);
    await().atMost(SteppedBus.PATIENCE).until(() -> real.counters().get("consumers.failed") == 1);
    clock.advance(SteppedBus.GATHERING);
    threads.run();
    assertThat(taken).isCompletedWithValue(2);
    stepped.later(SteppedBus.WAIT);
    await().atMost(SteppedBus.PATIENCE).until(() -> calls.size() == 2);

    // when
    clock.advance(timeout);
    threads.run();
    await().atMost(SteppedBus.PATIENCE).until(() -> real.findings().isEmpty());
    threads.run();
    clock.advance(Duration.ofMillis(10));
    threads.run();

    // then
    await().atMost(SteppedBus.PATIENCE).until(() -> calls.size() == 3);
    assertThat(calls).containsExactly("late 1", "late 1", "late 2");
    real.close();
  }

  @Test
  void whatABusyConsumerHasNoRoomForWaitsInItsBacklog() {
    // given one that has room for two orders
    bus.subscribe(
        stepped
            .consumer("slow", event -> {})
            .withOptions(
                ConsumerOptions.DEFAULT
                    .withThreads(1)
                    .withMaxWaiting(2)
                    .withMaxWait(SteppedBus.WAIT)));

    // when five come at once
    List<CompletableFuture<Integer>> taken = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      taken.add(bus.publish(List.of(SteppedBus.event(UUID.randomUUID(), 1)), true));
    }
    threads.run();

    // then
    assertThat(taken).allMatch(each -> each.isDone() && each.join() == 1);
    assertThat(bus.counters()).containsEntry("consumers.moved-to-backlog", 3L);
    stepped.later(SteppedBus.WAIT);
    assertThat(calls).hasSize(5);
    assertThat(stepped.waitingFor("slow")).isEmpty();
  }

  @Test
  void aConsumerThatIsBusyForAMomentLosesOnlyWhatHasWaitedTooLong() throws Exception {
    // given: one whose thread, a real one, is busy
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch called = new CountDownLatch(3);
    InProcessEventBus real = stepped.start(node, new RealPools(threads));
    real.subscribe(
        new Subscription(
            "busy",
            SteppedBus.WANTED,
            event -> {
              called.countDown();
              busy.await();
            },
            ConsumerOptions.DEFAULT
                .withThreads(1)
                .withMaxWaiting(10)
                .withMaxWait(SteppedBus.WAIT)));
    real.publish(List.of(SteppedBus.event(UUID.randomUUID(), 1)), true);
    await().atMost(SteppedBus.PATIENCE).until(() -> called.getCount() == 2);

    // when: one order waits for longer than it may, and one not yet
    CompletableFuture<Integer> late =
        real.publish(List.of(SteppedBus.event(UUID.randomUUID(), 1)), true);
    clock.advance(SteppedBus.WAIT.multipliedBy(3).dividedBy(4));
    threads.run();
    CompletableFuture<Integer> young =
        real.publish(List.of(SteppedBus.event(UUID.randomUUID(), 1)), true);
    clock.advance(SteppedBus.WAIT.dividedBy(2));
    threads.run();

    // then
    assertThat(late).isCompletedWithValue(1);
    assertThat(young).isNotDone();
    assertThat(real.counters()).containsEntry("consumers.moved-to-backlog", 1L);
    assertThat(stepped.waitingFor("busy")).hasSize(1);

    // and when
    busy.countDown();

    // then: it takes that from memory
    assertThat(young.get(SteppedBus.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isOne();
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
}
