package com.techcorp.messaging.internal;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.Outbox;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The relay's lease on the outbox, and the monotonic instant before which it surely stands.
 *
 * <p>A term is a time without a gap in it. What was begun in an earlier term is not continued in a
 * later one: another relay may have gone further in between.
 */
final class RelayLease {
  private final UUID relay = UUID.randomUUID();
  private final Outbox outbox;
  private final Duration length;
  private final LongSupplier nanoTime;
  private volatile State state = new State(0, false, 0);

  private record State(long term, boolean held, long safeUntil) {
    boolean stands(long now) {
      return held && safeUntil - now > 0;
    }
  }

  RelayLease(Outbox outbox, Duration length, LongSupplier nanoTime) {
    this.outbox = outbox;
    this.length = length;
    this.nanoTime = nanoTime;
  }

  /** Takes the lease, or renews it when a third of it is over. False while another relay has it. */
  boolean ensure() {
    State was = state;
    long before = nanoTime.getAsLong();
    if (was.held() && was.safeUntil() - before > length.toNanos() / 3 * 2) {
      return true;
    }
    boolean held = outbox.hold(relay, length);
    long term = was.stands(before) ? was.term() : was.term() + 1;
    state = new State(term, held, before + length.toNanos());
    return held;
  }

  long term() {
    return state.term();
  }

  boolean stands(long term) {
    State now = state;
    return now.term() == term && now.stands(nanoTime.getAsLong());
  }

  /** Removes what was published; false if the lease is lost, then others publish it again. */
  boolean remove(Collection<Event> events) {
    boolean removed = outbox.published(relay, events);
    if (!removed) {
      State was = state;
      state = new State(was.term(), false, was.safeUntil());
    }
    return removed;
  }

  /** Lets another relay go on at once. */
  void release() {
    State was = state;
    state = new State(was.term(), false, was.safeUntil());
    if (was.held()) {
      outbox.hold(relay, Duration.ZERO);
    }
  }
}
