package com.techcorp.messaging.internal;

import static com.techcorp.messaging.OutboxFake.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The relay's thread, and what goes wrong around it. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayLifecycleTest extends RelayFixture {
  @Test
  void goesOnAfterTheStorageWasAway() {
    // given
    relayWith(PATIENT.withPollInterval(Duration.ofMillis(5)));
    add(1, 2);
    outbox.failNext(5);

    // when
    relay.start();

    // then
    eventually().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());
    assertThat(bus.sequencesOf(order(1))).containsExactly(1, 2);
  }

  @Test
  void removesAgainWhatItCouldNotRemove() {
    // given the storage goes away while an event is being published
    relayWith(PATIENT.withPollInterval(Duration.ofMillis(50)));
    bus.when(
        event -> {
          outbox.failNext(3);
          return true;
        });
    add(1, 1);

    // when
    relay.start();

    // then
    eventually().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());
    assertThat(bus.taken()).hasSize(1);
  }

  @Test
  void publishesFromMemoryWhatWasJustCommitted() {
    // given a relay that polls rarely, at rest
    relay.start();
    eventually().until(() -> outbox.reads() == 1);

    // when
    relay.handOver(OURS, commit(1, 1, 2), Instant.EPOCH);

    // then
    eventually().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());
    assertThat(bus.sequencesOf(order(1))).containsExactly(1, 2);
    assertThat(bus.taken().get(0).payload().text("timestamp"))
        .isEqualTo("1970-01-01T00:00:00.000000Z");
    assertThat(outbox.reads()).as("without looking").isEqualTo(1);
  }

  @Test
  void aPassThatFindsAnOrderBeforeItIsHandedOverLeavesItAlone() {
    // given a commit whose thread was stopped before it could hand over
    relay.start();
    eventually().until(() -> outbox.reads() == 1);
    relay.expect(List.of(order(1)));
    List<Publish> committed = commit(1, 1, 2);

    // when
    pass();

    // then
    assertThat(bus.taken()).isEmpty();

    // when
    relay.handOver(OURS, committed, Instant.EPOCH);
    settled();
    relay.noLongerExpect(List.of(order(1)));

    // then
    eventually().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());
    assertThat(bus.sequencesOf(order(1))).containsExactly(1, 2);
  }

  @Test
  void laterEventsOfAnOrderThatWasSteppedOverFollowWhatIsHandedOver() {
    // given a pass that found the second event too, which another commit had written
    CompletableFuture<Boolean> first = new CompletableFuture<>();
    bus.answering(event -> event.sequence() == 1 ? first : CompletableFuture.completedFuture(true));
    relay.start();
    eventually().until(() -> outbox.reads() == 1);
    relay.expect(List.of(order(1)));
    List<Publish> committed = commit(1, 1, 1);
    commit(1, 2, 2);
    pass();

    // when
    relay.handOver(OURS, committed, Instant.EPOCH);
    relay.noLongerExpect(List.of(order(1)));
    first.complete(true);

    // then
    eventually().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());
    assertThat(bus.sequencesOf(order(1))).containsExactly(1, 2);
  }

  @Test
  void whatAPassHasSteppedOverIsReadAgainWhenNobodyHandsItOver() {
    // given
    relay.start();
    eventually().until(() -> outbox.reads() == 1);
    relay.expect(List.of(order(1)));
    commit(1, 1, 1);
    pass();

    // when the commit's answer was lost
    relay.noLongerExpect(List.of(order(1)));

    // then
    eventually().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());
    assertThat(bus.sequencesOf(order(1))).containsExactly(1);
  }

  @Test
  void readsFromTheOutboxWhatMayHaveOthersInFrontOfIt() {
    // given
    relay.start();
    eventually().until(() -> outbox.reads() == 1);
    commit(1, 1, 1);

    // when
    relay.handOver(OURS, commit(1, 2, 2), Instant.EPOCH);

    // then
    eventually().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());
    assertThat(bus.sequencesOf(order(1))).containsExactly(1, 2);
  }

  @Test
  void comesBackToAnOrderWhoseEarlierEventsWereUnderWay() {
    // given
    CompletableFuture<Boolean> first = new CompletableFuture<>();
    bus.answering(event -> event.sequence() == 1 ? first : CompletableFuture.completedFuture(true));
    relay.start();
    eventually().until(() -> outbox.reads() == 1);
    relay.handOver(OURS, commit(1, 1, 1), Instant.EPOCH);
    relay.handOver(OURS, commit(1, 2, 2), Instant.EPOCH);
    eventually().until(() -> outbox.reads() == 2);

    // when
    first.complete(true);

    // then
    eventually().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());
    assertThat(bus.sequencesOf(order(1))).containsExactly(1, 2);
  }

  @Test
  void leavesWhatWasCommittedUnderALostLease() {
    // given
    relay.start();
    eventually().until(() -> outbox.reads() == 1);

    // when
    relay.handOver(new Fence(7, 1), commit(1, 1, 1), Instant.EPOCH);
    relay.close();

    // then
    assertThat(bus.taken()).isEmpty();
  }

  @Test
  void looksWhenTheTimeOfWhatWasCommittedIsNotKnown() {
    // given
    relay.start();
    eventually().until(() -> outbox.reads() == 1);

    // when
    relay.handOver(OURS, commit(1, 1, 1), null);

    // then
    eventually().untilAsserted(() -> assertThat(bus.sequencesOf(order(1))).containsExactly(1));
    assertThat(outbox.reads()).isEqualTo(2);
  }

  @Test
  void pollsOnlyIfTold() {
    // given
    relayWith(PATIENT.withHandOver(false));
    relay.start();
    eventually().until(() -> outbox.reads() == 1);

    // when
    relay.handOver(OURS, commit(1, 1, 1), Instant.EPOCH);
    relay.close();

    // then
    assertThat(bus.taken()).isEmpty();
  }

  @Test
  @Tag("T29")
  void isNotStoppedByAConsumerThatHangs() {
    // given
    relayWith(PATIENT.withPollInterval(Duration.ofMillis(20)));
    CountDownLatch release = new CountDownLatch(1);
    bus.when(event -> !event.stream().equals(order(1)) || awaited(release));
    add(1, 1);
    relay.start();

    // when
    add(2, 1);

    // then
    eventually()
        .untilAsserted(
            () -> assertThat(outbox.waiting()).extracting(Event::stream).containsExactly(order(1)));

    // when it comes to an end
    release.countDown();

    // then it was not offered twice
    eventually().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());
    assertThat(bus.sequencesOf(order(1))).containsExactly(1);
  }

  @Test
  void waitsOnCloseForTheRunningPassAndRemovesIt() throws InterruptedException {
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
    assertThat(entered.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

    // when
    Thread closer = new Thread(relay::close);
    closer.start();
    eventually().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
    assertThat(outbox.waiting()).hasSize(1);
    release.countDown();
    closer.join(LIMIT.toMillis());

    // then
    assertThat(closer.isAlive()).isFalse();
    assertThat(outbox.waiting()).isEmpty();
  }
}
