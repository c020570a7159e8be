package com.techcorp.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How long events wait after an exchange was deleted. */
class LostBindingsTest {
  private static final Duration CHECK = Duration.ofSeconds(60);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000); // it may wrap
  private final LostBindings bindings = new LostBindings(CHECK, now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private void declareAll(LostBindings.Declarer session) {
    session.declared(session.begin());
  }

  @Test
  @DisplayName("events do not wait as long as nothing was lost")
  void nothingIsHeldAtFirst() {
    LostBindings.Declarer connecting = bindings.declarer();

    assertThat(bindings.isHeld()).isFalse();
    declareAll(connecting);
    assertThat(bindings.isHeld()).isFalse();
  }

  @Test
  @DisplayName("S4: other processes have the time of two checks")
  void otherProcessesHaveTwoChecks() {
    // given
    LostBindings.Declarer session = bindings.declarer();
    bindings.lost();
    declareAll(session);

    // when, then
    pass(CHECK.multipliedBy(2).minusNanos(1));
    assertThat(bindings.isHeld()).isTrue();
    pass(Duration.ofNanos(1));
    assertThat(bindings.isHeld()).isFalse();
  }

  @Test
  @DisplayName("S4: a session of this process has the time that its broker needs")
  void anOwnSessionHasTheTimeThatItNeeds() {
    // given two sessions, one of which gets no answer
    LostBindings.Declarer quick = bindings.declarer();
    LostBindings.Declarer slow = bindings.declarer();
    declareAll(quick);
    declareAll(slow);
    pass(Duration.ofNanos(1));
    bindings.lost();
    declareAll(quick);

    // when, then
    pass(CHECK.multipliedBy(10));
    assertThat(bindings.isHeld()).isTrue();
    declareAll(slow);
    assertThat(bindings.isHeld()).isFalse();
  }

  @Test
  @DisplayName("S4: what a session declared before the loss may have been lost with it")
  void whatWasDeclaredBeforeDoesNotCount() {
    // given
    LostBindings.Declarer session = bindings.declarer();
    long before = session.begin();
    pass(Duration.ofNanos(1));
    bindings.lost();

    // when
    session.declared(before);

    // then
    pass(CHECK.multipliedBy(2));
    assertThat(bindings.isHeld()).isTrue();
    declareAll(session);
    assertThat(bindings.isHeld()).isFalse();
  }

  @Test
  @DisplayName("S4: a second loss begins anew")
  void aSecondLossBeginsAnew() {
    // given
    LostBindings.Declarer session = bindings.declarer();
    bindings.lost();
    declareAll(session);
    pass(CHECK);
    bindings.lost();

    // when, then
    pass(CHECK.multipliedBy(2));
    assertThat(bindings.isHeld()).isTrue();
    declareAll(session);
    assertThat(bindings.isHeld()).isFalse();
  }

  @Test
  @DisplayName("nobody waits for a session that is closed")
  void nobodyWaitsForAClosedSession() {
    // given
    LostBindings.Declarer session = bindings.declarer();
    bindings.lost();

    // when
    session.close();

    // then
    pass(CHECK.multipliedBy(2));
    assertThat(bindings.isHeld()).isFalse();
  }
}
