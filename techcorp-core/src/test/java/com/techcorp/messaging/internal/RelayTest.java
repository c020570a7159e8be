package com.techcorp.messaging.internal;

import static com.techcorp.messaging.OutboxFake.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.UnavailableException;
import com.techcorp.messaging.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayTest extends RelayFixture {
  @Test
  void publishesEachOrdersEventsInSequence() {
    // given more orders than are under way at once
    for (int order = 1; order <= 40; order++) {
      add(order, 3);
    }

    // when
    relay.start();
    eventually().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());

    // then
    assertThat(bus.taken()).hasSize(120);
    for (int order = 1; order <= 40; order++) {
      assertThat(bus.sequencesOf(order(order))).containsExactly(1, 2, 3);
    }
  }

  @Test
  void hasMoreOrdersUnderWayThanThreads() {
    // given one thread, and a bus that answers when it was offered an event of each of 5 orders
    relayWith(PATIENT.withThreads(1));
    List<CompletableFuture<Boolean>> open = new ArrayList<>();
    bus.answering(
        event -> {
          CompletableFuture<Boolean> answer = new CompletableFuture<>();
          synchronized (open) {
            open.add(answer);
            if (open.size() == 5) {
              open.forEach(each -> each.complete(true));
              open.clear();
            }
          }
          return answer;
        });
    for (int order = 1; order <= 5; order++) {
      add(order, 2);
    }

    // when
    pass();

    // then
    for (int order = 1; order <= 5; order++) {
      assertThat(bus.sequencesOf(order(order))).containsExactly(1, 2);
    }
    assertThat(outbox.waiting()).isEmpty();
  }

  @Test
  void offersAgainWhatTheBusLost() {
    // given
    AtomicInteger offers = new AtomicInteger();
    bus.answering(
        event ->
            offers.incrementAndGet() == 1
                ? CompletableFuture.failedFuture(new IllegalStateException("connection lost"))
                : CompletableFuture.completedFuture(true));
    add(1, 2);

    // when
    pass();
    pass();

    // then
    assertThat(bus.sequencesOf(order(1))).containsExactly(1, 2);
    assertThat(offers).hasValue(3);
  }

  @Test
  @Tag("T18")
  void isNotHeldUpByAnOrderThatIsStuck() {
    // given
    bus.when(event -> !event.stream().equals(order(1)));
    add(1, 2);
    add(2, 2);

    // when
    pass();

    // then
    assertThat(bus.sequencesOf(order(2))).containsExactly(1, 2);
    assertThat(bus.sequencesOf(order(1))).isEmpty();
    assertThat(outbox.waiting()).extracting(Event::stream).containsExactly(order(1), order(1));
  }

  @Test
  void offersNothingOfAnOrderBehindAnEventThatWasNotTaken() {
    // given
    AtomicInteger offers = new AtomicInteger();
    bus.when(
        event -> {
          offers.incrementAndGet();
          return event.sequence() != 2;
        });
    add(1, 3);

    // when
    pass();

    // then
    assertThat(offers).hasValue(2);
    assertThat(outbox.waiting()).extracting(Event::sequence).containsExactly(2, 3);
  }

  @Test
  @Tag("T18")
  void reachesTheTailBehindManyStuckOrders() {
    // given
    bus.when(event -> event.stream().id().compareTo(order(100).id()) > 0);
    for (int order = 1; order <= 55; order++) {
      add(order, 2);
    }
    add(101, 2);

    // when
    relay.start();

    // then
    eventually().untilAsserted(() -> assertThat(bus.sequencesOf(order(101))).containsExactly(1, 2));
  }

  @Test
  void offersStuckOrdersOncePerPoll() {
    // given
    AtomicInteger offers = new AtomicInteger();
    bus.when(
        event -> {
          if (event.stream().equals(order(1))) {
            offers.incrementAndGet();
            return false;
          }
          return true;
        });
    add(1, 1);
    relay.start();
    eventually().until(() -> offers.get() == 1);
    settled();

    // when orders go on, and some of their events have to be read from the outbox
    for (int order = 2; order <= 30; order++) {
      relay.handOver(OURS, commit(order, 1, 1), Instant.EPOCH);
      settled();
      relay.handOver(OURS, commit(order, 2, 2), Instant.EPOCH);
    }

    // then
    assertThat(offers).hasValue(1);
  }

  @Test
  @Tag("T25")
  void findsAnEventThatWasCommittedLateAmongOlderOnes() {
    // given
    add(5, 1);
    pass();

    // when
    add(4, 1);
    pass();

    // then
    assertThat(bus.taken()).extracting(Event::stream).containsExactly(order(5), order(4));
  }

  @Test
  void doesNothingWithoutALease() {
    // given
    lease = null;
    add(1, 1);

    // when
    RelaySchedule.Ending pass = pass();

    // then
    assertThat(pass).isEqualTo(RelaySchedule.Ending.IDLE);
    assertThat(bus.taken()).isEmpty();
  }

  @Test
  void leavesToAnotherNodeWhatItHolds() {
    // given
    outbox.add(1, 1, TYPE, ANOTHER);
    add(2, 1);

    // when
    pass();

    // then
    assertThat(bus.taken()).extracting(Event::stream).containsExactly(order(2));
    assertThat(outbox.waiting()).hasSize(1);
  }

  @Test
  void goesNoFurtherInAnOrderOnceTheLeaseIsLost() {
    // given a lease that is lost while an event is being published
    bus.when(
        event -> {
          lease = null;
          return true;
        });
    add(1, 2);

    // when
    pass();

    // then what was published is removed all the same: it is there
    assertThat(bus.sequencesOf(order(1))).containsExactly(1);
    assertThat(outbox.waiting()).extracting(Event::sequence).containsExactly(2);
  }

  @Test
  void probesABusThatIsAwayWithOnePage() {
    // given
    AtomicBoolean away = new AtomicBoolean(true);
    AtomicInteger offers = new AtomicInteger();
    bus.answering(
        event -> {
          offers.incrementAndGet();
          return away.get()
              ? CompletableFuture.failedFuture(new UnavailableException("no broker"))
              : CompletableFuture.completedFuture(true);
        });
    add(1, 1);
    pass();
    for (int order = 2; order <= 100; order++) {
      add(order, 1);
    }
    offers.set(0);

    // when
    RelaySchedule.Ending pass = pass();

    // then
    assertThat(pass).isEqualTo(RelaySchedule.Ending.IDLE);
    assertThat(offers).hasValue(PATIENT.batch());

    // when it is back
    away.set(false);
    relay.start();

    // then
    eventually().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());
  }

  @Test
  void hasABoundedNumberOfOrdersUnderWay() {
    // given a bus that does not answer
    CompletableFuture<Boolean> later = new CompletableFuture<>();
    bus.answering(event -> later);
    for (int order = 1; order <= 100; order++) {
      add(order, 1);
    }

    // when
    relay.start();
    eventually().until(() -> relay.underWay() >= 2 * PATIENT.batch());

    // then
    assertThat(relay.underWay()).isLessThan(3 * PATIENT.batch());

    // when
    later.complete(true);

    // then it goes on by itself
    eventually().untilAsserted(() -> assertThat(outbox.waiting()).isEmpty());
  }

  @Test
  void measuresWhatWaitsWhileNothingCanBePublished() {
    // given neither a lease nor a bus that answers
    lease = null;
    bus.answering(event -> new CompletableFuture<>());
    relay.start();

    // when
    add(1, 4);

    // then
    eventually().until(() -> relay.backlog().events() == 4);
    assertThat(relay.overfull()).isTrue();
  }

  @Test
  void saysWhenTheOutboxIsOverfull() {
    // given
    bus.when(event -> false);
    add(1, 4);

    boolean before = relay.overfull();

    // when
    relay.start();

    // then
    assertThat(before).isFalse();
    eventually().until(relay::overfull);
    assertThat(relay.backlog().events()).isEqualTo(4);
  }
}
