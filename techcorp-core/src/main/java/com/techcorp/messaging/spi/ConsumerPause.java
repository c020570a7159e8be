package com.techcorp.messaging.spi;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.messaging.EventOutcome;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a consumer is paused, since when, and when it is tried again. Knows no clock: callers
 * give a monotonic time in nanoseconds. Thread-safe.
 */
public final class ConsumerPause {
  private final String consumer;
  private volatile @Nullable State state;

  /** {@code since} is when the pause began, {@code until} when the consumer is tried again. */
  private record State(EventOutcome.Paused why, long since, long until) {}

  /**
   * Creates the pause of a consumer that is not paused.
   *
   * @param consumer its name
   */
  public ConsumerPause(String consumer) {
    this.consumer = consumer;
  }

  /**
   * Begins a pause, or lengthens the one that there is.
   *
   * @param why the reason, and when the consumer is tried again
   * @param now the time
   * @return whether it was not paused before
   */
  public synchronized boolean begin(EventOutcome.Paused why, long now) {
    State before = state;
    state = new State(why, before == null ? now : before.since(), now + why.retryAfter().toNanos());
    return before == null;
  }

  /**
   * Lengthens the pause by its wait, because a trial brought no answer. Does nothing without one.
   *
   * @param now the time
   */
  public synchronized void lengthen(long now) {
    State before = state;
    if (before != null) {
      begin(before.why(), now);
    }
  }

  /**
   * Ends the pause.
   *
   * @return whether there was one
   */
  public synchronized boolean end() {
    boolean was = state != null;
    state = null;
    return was;
  }

  /**
   * Returns whether the consumer is paused.
   *
   * @return true from {@link #begin} to {@link #end}
   */
  public boolean isOn() {
    return state != null;
  }

  /**
   * Returns whether it is time to try the consumer again.
   *
   * @param now the time
   * @return false if it is not paused
   */
  public boolean isDue(long now) {
    State current = state;
    return current != null && current.until() - now <= 0;
  }

  /**
   * Returns how long until the consumer is tried again.
   *
   * @param now the time
   * @return nanoseconds; 0 if it is due, or not paused
   */
  public long nanosUntilDue(long now) {
    State current = state;
    return current == null ? 0 : Math.max(0, current.until() - now);
  }

  /**
   * Returns the finding for {@code health()}.
   *
   * @param now the time
   * @return {@code CONSUMER_PAUSED} with consumer, reason and since when; empty if it is not paused
   */
  public Optional<Finding> finding(long now) {
    State current = state;
    if (current == null) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            "CONSUMER_PAUSED",
            HealthStatus.DEGRADED,
            "consumer "
                + consumer
                + " is paused, and is tried again every "
                + current.why().retryAfter()
                + ": "
                + current.why().reason(),
            Duration.ofNanos(Math.max(0, now - current.since()))));
  }
}
