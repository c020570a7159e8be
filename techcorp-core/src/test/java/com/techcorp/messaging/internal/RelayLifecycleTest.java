package com.techcorp.messaging.internal;

import static com.techcorp.messaging.OutboxFake.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.messaging.Event;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The relay's thread, and what goes wrong around it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayLifecycleTest extends RelayFixture {
  @Test
  void goesOnAfterTheStorageWasAway() {
    // given
    relayWith(PATIENT.withTimes(Duration.ofSeconds(3), Duration.ofMillis(5)));
    add(1, 2);
    outbox.failNext(5);

    // when
    relay.start();

    // then
    await().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());
    assertThat(bus.sequencesOf(order(1))).containsExactly(1, 2);
  }

  @Test
  void removesAgainWhatItCouldNotRemove() {
    // given the storage goes away while an event is being published
    bus.when(
        event -> {
          outbox.failNext(1);
          return true;
        });
    add(1, 1);

    // when
    relay.pass();
    relay.pass();

    // then
    assertThat(bus.taken()).hasSize(1);
    assertThat(outbox.waiting()).isEmpty();
  }

  @Test
  void isWokenByANudge() {
    // given a relay that polls rarely, at rest
    relay.start();
    add(1, 1);
    relay.nudge();
    await().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());

    // when
    add(2, 1);
    relay.nudge();

    // then
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());
  }

  @Test
  @Tag("T29")
  void isNotStoppedByAConsumerThatHangs() throws InterruptedException {
    // given
    relayWith(PATIENT.withTimes(Duration.ofMillis(600), Duration.ofMillis(50)));
    CountDownLatch release = new CountDownLatch(1);
    bus.when(event -> !event.orderId().equals(order(1)) || awaited(release));
    add(1, 1);
    add(2, 1);

    // when
    relay.pass();

    // then
    assertThat(outbox.waiting()).extracting(Event::orderId).containsExactly(order(1));

    // when it comes to an end
    relay.pass();
    release.countDown();
    await().until(() -> !bus.sequencesOf(order(1)).isEmpty());
    await()
        .untilAsserted(
            () -> {
              relay.pass();
              assertThat(outbox.waiting()).isEmpty();
            });

    // then it was not offered twice
    assertThat(bus.sequencesOf(order(1))).containsExactly(1);
  }

  @Test
  void waitsOnCloseForTheRunningPassAndGivesTheLeaseUp() throws InterruptedException {
    // given
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    bus.when(
        event -> {
          entered.countDown();
          return awaited(release);
        });
    add(1, 1);
    relay.start();
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

    // when
    Thread closer = new Thread(relay::close);
    closer.start();
    await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
    assertThat(outbox.waiting()).hasSize(1);
    release.countDown();
    closer.join(10_000);

    // then
    assertThat(closer.isAlive()).isFalse();
    assertThat(outbox.waiting()).isEmpty();
    assertThat(outbox.holder()).isNull();
  }
}
