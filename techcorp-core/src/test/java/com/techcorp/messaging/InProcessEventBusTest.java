package com.techcorp.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.Unavailable;
import com.techcorp.error.WiringError;
import com.techcorp.saga.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class InProcessEventBusTest {
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final AtomicLong nanos = new AtomicLong();
  private final InboxFake inbox = new InboxFake();
  private final InProcessEventBus bus =
      new InProcessEventBus(inbox, RetryPolicy.every(WAIT, 3), nanos::get);
  private final Event event = new OutboxFake().add(1, 1, "order.confirmed");
  private final List<String> calls = new ArrayList<>();

  private boolean publish(Event published) {
    return bus.publish(published).join();
  }

  @Test
  void callsEachConsumerThatAskedForTheType() {
    // given
    subscribe("first", "order.confirmed");
    subscribe("second", "order.confirmed");
    subscribe("third", "order.cancelled");

    // when
    boolean taken = publish(event);

    // then
    assertThat(taken).isTrue();
    assertThat(calls).containsExactly("first", "second");
  }

  @Test
  void takesAnEventThatNoOneWants() {
    assertThat(publish(event)).isTrue();
  }

  @Test
  void refusesANameThatIsTaken() {
    subscribe("notifications", "order.confirmed");

    assertThatExceptionOfType(WiringError.class)
        .isThrownBy(() -> subscribe("notifications", "order.cancelled"))
        .withMessageContaining("'notifications'");
  }

  @Test
  void offersAgainAfterTheWaitAndNotBefore() {
    // given
    subscribeFailing("flaky", 1);

    // when
    boolean first = publish(event);
    boolean tooEarly = publish(event);
    later(WAIT);
    boolean second = publish(event);

    // then
    assertThat(List.of(first, tooEarly, second)).containsExactly(false, false, true);
    assertThat(calls).containsExactly("flaky", "flaky");
    assertThat(bus.remembered()).isZero();
  }

  @Test
  @Tag("T18")
  void buriesWhatFailsAgainAndAgain() {
    // given
    subscribeFailing("poisoned", 100);

    // when
    boolean taken = publishRepeatedly(3);

    // then
    assertThat(taken).isTrue();
    assertThat(calls).hasSize(3);
    assertThat(inbox.dead("poisoned", 10))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.event()).isEqualTo(event);
              assertThat(letter.reason()).isEqualTo("java.lang.IllegalStateException: no luck");
            });
  }

  @Test
  void shortensTheReasonAndCleansIt() {
    // given
    bus.subscribe(
        new Subscription(
            "wordy",
            Set.of("order.confirmed"),
            e -> {
              throw new IllegalStateException("\0" + "x".repeat(1000));
            }));

    // when
    publishRepeatedly(3);

    // then
    assertThat(inbox.dead("wordy", 10).get(0).reason()).hasSize(500).doesNotContain("\0");
  }

  @Test
  @Tag("T28")
  void doesNotDisturbThoseThatHadItAlready() {
    // given
    subscribe("before", "order.confirmed");
    subscribeFailing("flaky", 2);
    subscribe("after", "order.confirmed");

    // when
    boolean taken = publishRepeatedly(3);

    // then
    assertThat(taken).isTrue();
    assertThat(calls).containsExactly("before", "flaky", "after", "flaky", "flaky");
  }

  @Test
  void keepsOfferingWhileTheDeadLetterCannotBeKept() {
    // given
    subscribeFailing("poisoned", 100);
    inbox.away(true);

    // when
    boolean whileAway = publishRepeatedly(4);
    inbox.away(false);
    later(WAIT);
    boolean back = publish(event);

    // then
    assertThat(whileAway).isFalse();
    assertThat(back).isTrue();
    assertThat(inbox.dead("poisoned", 10)).hasSize(1);
  }

  @Test
  void forgetsAnEventThatNobodyOffersAnyMore() {
    // given
    subscribeFailing("flaky", 1);
    publish(event);
    Event another = new OutboxFake().add(2, 1, "order.shipped");

    // when
    later(Duration.ofHours(1));
    publish(another);

    // then
    assertThat(bus.remembered()).isZero();
  }

  @Test
  void takesNothingOnceClosed() {
    subscribe("first", "order.confirmed");

    bus.close();

    assertThat(publish(event)).isFalse();
    assertThat(calls).isEmpty();
  }

  @Test
  void isNotTheConsumersFailureWhenTheThreadIsInterrupted() {
    // given
    bus.subscribe(
        new Subscription(
            "interrupted",
            Set.of("order.confirmed"),
            e -> {
              throw new InterruptedException();
            }));

    // when
    boolean taken = publish(event);

    // then
    assertThat(Thread.interrupted()).isTrue();
    assertThat(taken).isFalse();
    assertThat(inbox.dead("interrupted", 1)).isEmpty();
  }

  @Test
  void replaysDeadLettersOnceTheirConsumerIsMended() {
    // given two dead letters, and a consumer that fails once more
    Event another = new OutboxFake().add(2, 1, "order.confirmed");
    inbox.bury("flaky", event, "no luck");
    inbox.bury("flaky", another, "no luck");
    subscribeFailing("flaky", 1);

    // when
    assertThatExceptionOfType(Unavailable.class)
        .isThrownBy(() -> bus.replay("flaky", 10))
        .withMessageContaining("failed on event 1 of order " + event.orderId())
        .withMessageContaining("no luck");

    // then
    assertThat(inbox.dead("flaky", 10)).hasSize(2);
    assertThat(bus.replay("flaky", 10)).isEqualTo(2);
    assertThat(inbox.dead("flaky", 10)).isEmpty();
    assertThat(calls).hasSize(3);
  }

  private void subscribe(String consumer, String type) {
    bus.subscribe(new Subscription(consumer, Set.of(type), e -> calls.add(consumer)));
  }

  private void subscribeFailing(String consumer, int times) {
    bus.subscribe(
        new Subscription(
            consumer,
            Set.of("order.confirmed"),
            e -> {
              calls.add(consumer);
              if (calls.stream().filter(consumer::equals).count() <= times) {
                throw new IllegalStateException("no luck");
              }
            }));
  }

  private boolean publishRepeatedly(int times) {
    boolean taken = false;
    for (int i = 0; i < times; i++) {
      taken = publish(event);
      later(WAIT);
    }
    return taken;
  }

  private void later(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }
}
