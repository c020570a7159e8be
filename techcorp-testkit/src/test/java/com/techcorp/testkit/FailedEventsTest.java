package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.InProcessEventBus;
import com.techcorp.messaging.Event;
import com.techcorp.storage.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a consumer fails on waits for it in sequence, and other consumers go on. */
class FailedEventsTest {
  private final SteppedBus stepped = new SteppedBus();
  private final SteppedClock clock = stepped.clock();
  private final SteppedThreads threads = stepped.threads();
  private final MemoryStorage storage = stepped.storage();
  private final Fence node = stepped.node();
  private final List<String> calls = stepped.calls();
  private final InProcessEventBus bus = stepped.bus();

  @AfterEach
  void close() {
    stepped.close();
  }

  @Test
  void whatFailsLeavesTheOutboxWithAllThatFollowsIt() {
    // given
    stepped.subscribe("other");
    stepped.subscribeFailing("flaky", 2, 1);

    // when
    int taken = stepped.publish(stepped.events(3), true);

    // then
    assertThat(taken).isEqualTo(3);
    assertThat(stepped.waitingFor("flaky")).containsExactly(2, 3);
    assertThat(calls).contains("other 3").doesNotContain("flaky 3");

    // when its wait is over
    stepped.later(SteppedBus.WAIT);

    // then in sequence, and no other consumer again
    assertThat(calls)
        .filteredOn(call -> call.startsWith("flaky"))
        .containsExactly("flaky 1", "flaky 2", "flaky 2", "flaky 3");
    assertThat(calls).filteredOn(call -> call.startsWith("other")).hasSize(3);
    assertThat(stepped.waitingFor("flaky")).isEmpty();
  }

  @Test
  void whatSeveralOrdersFailOnIsWrittenTogether() {
    // given
    bus.subscribe(
        stepped.consumer(
            "down",
            event -> {
              throw new IllegalStateException("no luck");
            }));
    List<CompletableFuture<Integer>> taken = new ArrayList<>();
    IntStream.range(0, 5)
        .forEach(
            i -> taken.add(bus.publish(List.of(SteppedBus.event(UUID.randomUUID(), 1)), true)));

    // when
    threads.run();

    // then it stays in the outbox until it is written
    assertThat(calls).hasSize(5);
    assertThat(taken).allSatisfy(each -> assertThat(each).isNotDone());
    assertThat(stepped.waitingFor("down")).isEmpty();

    // when
    clock.advance(SteppedBus.GATHERING);
    threads.run();

    // then
    assertThat(taken).allSatisfy(each -> assertThat(each).isCompletedWithValue(1));
    assertThat(stepped.waitingFor("down")).hasSize(5);
  }

  @Test
  void whatManyOrdersFailOnIsWrittenAtOnce() {
    // given
    bus.subscribe(
        stepped.consumer(
            "down",
            event -> {
              throw new IllegalStateException("no luck");
            }));

    // when
    IntStream.range(0, 256)
        .forEach(i -> bus.publish(List.of(SteppedBus.event(UUID.randomUUID(), 1)), true));
    threads.run();

    // then
    assertThat(storage.consumerBacklog().list("down", 1_000)).hasSize(256);
  }

  @Test
  void whatIsPublishedLaterGoesBehindWhatWaits() {
    // given
    stepped.subscribeFailing("flaky", 1, 1);
    List<Event> events = stepped.events(3);
    stepped.publish(events.subList(0, 1), true);

    // when this process and another one publish what follows
    int taken = stepped.publish(events.subList(1, 2), false);
    SteppedThreads others = SteppedThreads.on(clock);
    InProcessEventBus another =
        stepped.start(storage.nodes().register("other", SteppedBus.WAIT), others);
    another.subscribe(stepped.consumer("flaky", event -> calls.add("elsewhere")));
    CompletableFuture<Integer> takenElsewhere = another.publish(events.subList(2, 3), false);
    others.run();

    // then
    assertThat(taken).isEqualTo(1);
    assertThat(takenElsewhere).isCompletedWithValue(1);
    assertThat(calls).containsExactly("flaky 1");
    assertThat(stepped.waitingFor("flaky")).containsExactly(1, 2, 3);

    // when
    stepped.later(SteppedBus.WAIT);

    // then
    assertThat(calls).containsExactly("flaky 1", "flaky 1", "flaky 2", "flaky 3");
    another.close();
  }

  @Test
  void anotherProcessGoesOnWhenTheOneThatHeldABacklogIsGone() {
    // given
    stepped.subscribeFailing("flaky", 1, 1);
    stepped.publish(stepped.events(2), true);
    threads.stop();
    storage.nodes().retire(node);

    // when
    SteppedThreads others = SteppedThreads.on(clock);
    InProcessEventBus heir =
        stepped.start(storage.nodes().register("heir", SteppedBus.WAIT), others);
    heir.subscribe(stepped.consumer("flaky", event -> calls.add("heir")));
    others.run();
    clock.advance(SteppedBus.WAIT);
    others.run();

    // then
    assertThat(calls).containsExactly("flaky 1", "flaky 1", "heir", "flaky 2", "heir");
    assertThat(stepped.waitingFor("flaky")).isEmpty();
    heir.close();
  }
}
