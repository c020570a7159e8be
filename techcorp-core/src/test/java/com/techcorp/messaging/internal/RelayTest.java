package com.techcorp.messaging.internal;

import static com.techcorp.messaging.OutboxFake.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.messaging.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayTest extends RelayFixture {
  @Test
  void publishesEachOrdersEventsInSequence() {
    // given
    for (int order = 1; order <= 40; order++) {
      add(order, 3);
    }

    // when
    relay.pass();

    // then
    assertThat(bus.taken()).hasSize(120);
    for (int order = 1; order <= 40; order++) {
      assertThat(bus.sequencesOf(order(order))).containsExactly(1, 2, 3);
    }
    assertThat(outbox.waiting()).isEmpty();
  }

  @Test
  void hasMoreOrdersUnderWayThanThreads() {
    // given one thread, and a bus that answers when it was offered an event of each of 5 orders
    relayWith(PATIENT.withWorkers(1));
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
    relay.pass();

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
    relay.pass();
    relay.pass();

    // then
    assertThat(bus.sequencesOf(order(1))).containsExactly(1, 2);
    assertThat(offers).hasValue(3);
  }

  @Test
  @Tag("T18")
  void isNotHeldUpByAnOrderThatIsStuck() {
    // given
    bus.when(event -> !event.orderId().equals(order(1)));
    add(1, 2);
    add(2, 2);

    // when
    relay.pass();

    // then
    assertThat(bus.sequencesOf(order(2))).containsExactly(1, 2);
    assertThat(bus.sequencesOf(order(1))).isEmpty();
    assertThat(outbox.waiting()).extracting(Event::orderId).containsExactly(order(1), order(1));
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
    relay.pass();

    // then
    assertThat(offers).hasValue(2);
    assertThat(outbox.waiting()).extracting(Event::sequence).containsExactly(2, 3);
  }

  @Test
  @Tag("T18")
  void reachesTheTailBehindManyStuckOrders() {
    // given
    bus.when(event -> event.orderId().compareTo(order(100)) > 0);
    for (int order = 1; order <= 55; order++) {
      add(order, 2);
    }
    add(101, 2);

    // when
    Relay.Pass pass = relay.pass();

    // then
    assertThat(pass).isEqualTo(Relay.Pass.STUCK);
    assertThat(bus.sequencesOf(order(101))).containsExactly(1, 2);
  }

  @Test
  void comesBackToStuckOrdersThoughTheTailGrows() {
    // given a bus that causes a new event with each one it takes
    AtomicInteger youngest = new AtomicInteger(1000);
    bus.when(
        event -> {
          if (event.orderId().compareTo(order(100)) <= 0) {
            return false;
          }
          outbox.add(youngest.incrementAndGet(), 1, TYPE);
          return true;
        });
    for (int order = 1; order <= 20; order++) {
      add(order, 1);
    }
    for (int order = 101; order <= 130; order++) {
      add(order, 1);
    }

    // when
    Relay.Pass pass = relay.pass();

    // then
    assertThat(pass).isEqualTo(Relay.Pass.STUCK);
    assertThat(bus.taken()).hasSizeGreaterThanOrEqualTo(30);
  }

  @Test
  @Tag("T25")
  void findsAnEventThatWasCommittedLateAmongOlderOnes() {
    // given
    add(5, 1);
    relay.pass();

    // when
    add(4, 1);
    relay.pass();

    // then
    assertThat(bus.taken()).extracting(Event::orderId).containsExactly(order(5), order(4));
  }

  @Test
  void doesNothingWhileAnotherRelayHasTheLease() {
    // given
    outbox.giveLeaseTo(UUID.randomUUID());
    add(1, 1);

    // when
    Relay.Pass pass = relay.pass();

    // then
    assertThat(pass).isEqualTo(Relay.Pass.IDLE);
    assertThat(bus.taken()).isEmpty();
  }

  @Test
  void removesNothingOnceTheLeaseIsLost() {
    // given a lease that is taken over while an event is being published
    bus.when(
        event -> {
          outbox.giveLeaseTo(UUID.randomUUID());
          return true;
        });
    add(1, 1);
    add(2, 1);

    // when
    relay.pass();
    int publishedThen = bus.taken().size();
    relay.pass();

    // then
    assertThat(outbox.waiting()).hasSize(2);
    assertThat(bus.taken()).hasSize(publishedThen);
  }

  @Test
  void saysWhenTheOutboxIsOverfull() {
    // given
    bus.when(event -> false);
    add(1, 4);

    // when
    boolean before = relay.overfull();
    relay.pass();

    // then
    assertThat(before).isFalse();
    assertThat(relay.overfull()).isTrue();
    assertThat(relay.backlog().events()).isEqualTo(4);
  }
}
