package com.techcorp.messaging.internal;

import static com.techcorp.messaging.OutboxFake.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.messaging.Event;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bus that lets an order go on before it has taken an event. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayPublicationTest extends RelayFixture {
  private static final CompletableFuture<Boolean> YES = CompletableFuture.completedFuture(true);

  private static boolean waitsForChains(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING
        && Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(StreamPublisher.class.getName()));
  }

  private static Function<Event, CompletableFuture<Boolean>> ofTheSecond(
      CompletableFuture<Boolean> answer) {
    return event -> event.sequence() == 2 ? answer : YES;
  }

  @Test
  void theOrderGoesOnBehindAnEventThatHasPassed() {
    // given
    CompletableFuture<Boolean> later = new CompletableFuture<>();
    bus.taking(ofTheSecond(later));
    add(1, 3);

    // when
    relay.pass();
    eventually().until(() -> bus.taken().size() == 3);

    // then nothing leaves the outbox out of sequence, and the order stays busy
    assertThat(bus.sequencesOf(order(1))).containsExactly(1, 2, 3);
    assertThat(outbox.waiting()).hasSize(3);
    assertThat(relay.underWay()).isOne();

    // when
    later.complete(true);

    // then
    eventually().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());
    settled();
  }

  @Test
  void whatHasPassedAndIsNotTakenIsOfferedAgainWithWhatFollows() {
    // given
    bus.taking(ofTheSecond(CompletableFuture.completedFuture(false)));
    add(1, 3);

    // when
    pass();

    // then
    assertThat(outbox.waiting()).extracting(Event::sequence).containsExactly(2, 3);

    // when
    bus.taking(event -> YES);
    pass();

    // then
    assertThat(bus.sequencesOf(order(1))).containsExactly(1, 2, 3, 2, 3);
    assertThat(outbox.waiting()).isEmpty();
  }

  @Test
  void soItIsWhenKeepingItFails() {
    // given
    bus.taking(ofTheSecond(CompletableFuture.failedFuture(new IllegalStateException("no room"))));
    add(1, 3);

    // when
    pass();

    // then
    assertThat(outbox.waiting()).extracting(Event::sequence).containsExactly(2, 3);
  }

  @Test
  void whatIsTakenLeavesTheOutboxBeforeAnEventThatDoesNotPass() {
    // given
    CompletableFuture<Boolean> later = new CompletableFuture<>();
    bus.taking(event -> later);
    bus.when(event -> event.sequence() < 3);
    add(1, 3);

    // when
    relay.pass();
    eventually().until(() -> bus.taken().size() == 2);
    later.complete(true);
    settled();

    // then
    assertThat(outbox.waiting()).extracting(Event::sequence).containsExactly(3);
  }

  @Test
  void closingWaitsForWhatIsBeingKept() throws InterruptedException {
    // given
    CompletableFuture<Boolean> later = new CompletableFuture<>();
    bus.taking(ofTheSecond(later));
    add(1, 2);
    relay.pass();
    eventually().until(() -> bus.taken().size() == 2);

    // when
    Thread closer = new Thread(relay::close);
    closer.start();

    // then it waits
    eventually().until(() -> waitsForChains(closer));
    assertThat(outbox.waiting()).hasSize(2);

    // when
    later.complete(true);
    closer.join(LIMIT.toMillis());

    // then
    assertThat(closer.isAlive()).isFalse();
    assertThat(outbox.waiting()).isEmpty();
  }
}
