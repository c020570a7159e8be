package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.InProcessEventBus;
import com.techcorp.messaging.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A consumer that throws an error, and not an exception, fails on an event like any other. */
class ConsumerErrorsTest {
  private final SteppedBus stepped = new SteppedBus();
  private final SteppedClock clock = stepped.clock();
  private final SteppedThreads threads = stepped.threads();
  private final List<Throwable> fatal = stepped.fatal();
  private final List<String> calls = stepped.calls();
  private final UUID order = stepped.order();
  private final InProcessEventBus bus = stepped.bus();

  @AfterEach
  void close() {
    stepped.close();
  }

  @Test
  @Tag("B01")
  void anErrorIsAFailedDeliveryLikeAnyOther() {
    // given
    List<Error> thrown =
        new ArrayList<>(
            List.of(new ServiceConfigurationError("no provider"), new StackOverflowError()));
    bus.subscribe(
        stepped.consumer(
            "ledger",
            event -> {
              if (!thrown.isEmpty()) {
                throw thrown.remove(0);
              }
            }));

    // when
    stepped.publish(SteppedBus.event(order, 1));
    stepped.later(SteppedBus.WAIT);
    stepped.later(SteppedBus.WAIT);

    // then
    assertThat(calls).containsExactly("ledger 1", "ledger 1", "ledger 1");
    assertThat(stepped.waitingFor("ledger")).isEmpty();
    assertThat(stepped.dead("ledger")).isEmpty();
    assertThat(fatal).isEmpty();
  }

  @Test
  @Tag("B01")
  void aFatalErrorIsAFailedDeliveryAndPassedOn() {
    // given
    OutOfMemoryError error = new OutOfMemoryError("Java heap space (simulated)");
    List<Error> thrown = new ArrayList<>(List.of(error));
    bus.subscribe(
        stepped.consumer(
            "ledger",
            event -> {
              if (!thrown.isEmpty()) {
                throw thrown.remove(0);
              }
            }));

    // when
    stepped.publish(SteppedBus.event(order, 1));

    // then
    assertThat(fatal).containsExactly(error);
    assertThat(stepped.waitingFor("ledger")).containsExactly(1);

    // when
    stepped.later(SteppedBus.WAIT);

    // then
    assertThat(stepped.waitingFor("ledger")).isEmpty();
  }

  @Test
  @Tag("B01")
  void aPoisonEventCostsItselfAndNobodyElse() {
    // given a consumer that throws an Error for so many orders as once stopped all events
    int bad = 1_100;
    List<Event> failed = new ArrayList<>();
    bus.subscribe(
        stepped.consumer(
            "ledger",
            event -> {
              if (failed.size() < bad) {
                failed.add(event);
                throw new ServiceConfigurationError("no provider");
              }
            }));
    stepped.subscribe("mails");

    // when
    List<CompletableFuture<Integer>> taken = new ArrayList<>();
    for (int i = 0; i < bad + 50; i++) {
      taken.add(bus.publish(List.of(SteppedBus.event(UUID.randomUUID(), 1)), true));
      threads.run();
    }
    clock.advance(SteppedBus.GATHERING);
    threads.run();

    // then
    assertThat(taken).allSatisfy(each -> assertThat(each).isCompletedWithValue(1));
    assertThat(calls).filteredOn("mails 1"::equals).hasSize(bad + 50);
    assertThat(stepped.waitingFor("ledger")).isNotEmpty();
    for (int i = 0; i < 60; i++) {
      stepped.later(SteppedBus.WAIT);
    }
    assertThat(stepped.waitingFor("ledger")).isEmpty();
    assertThat(stepped.dead("ledger")).isEmpty();
    assertThat(calls).filteredOn("ledger 1"::equals).hasSize(2 * bad + 50);
  }
}
