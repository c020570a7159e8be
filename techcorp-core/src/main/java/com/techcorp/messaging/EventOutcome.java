package com.techcorp.messaging;

import com.techcorp.error.Reasons;
import com.techcorp.error.Require;
import java.time.Duration;

/**
 * What a {@link BatchHandler} did with one event. Immutable. Reasons are stored and logged, so they
 * hold no secret; they are shortened and cleaned.
 */
public sealed interface EventOutcome {
  /**
   * The event is done with.
   *
   * @return the outcome
   */
  static EventOutcome handled() {
    return Handled.INSTANCE;
  }

  /**
   * The consumer failed on the event: it comes again after the bus's next wait, and is a dead
   * letter after the last attempt.
   *
   * @param reason why, without secrets
   * @return the outcome
   */
  static EventOutcome failed(String reason) {
    return new Failed(reason);
  }

  /**
   * The event can never be handled: it becomes a dead letter at once.
   *
   * @param reason why, without secrets
   * @return the outcome
   */
  static EventOutcome refused(String reason) {
    return new Refused(reason);
  }

  /**
   * The event cannot be handled yet, for a reason that concerns it alone: it comes again, and this
   * was no attempt.
   *
   * @param reason why, without secrets
   * @param retryAfter about how long it waits, at least 1 ms; over RabbitMQ it waits as long as
   *     after a failure
   * @return the outcome
   */
  static EventOutcome postponed(String reason, Duration retryAfter) {
    return new Postponed(reason, retryAfter);
  }

  /**
   * Something that the consumer needs for every event is away: the consumer pauses. The event comes
   * again when the consumer is tried again, and this was no attempt.
   *
   * @param reason what is away, without secrets
   * @param retryAfter how long until the consumer is tried again, at least 1 ms
   * @return the outcome
   */
  static EventOutcome paused(String reason, Duration retryAfter) {
    return new Paused(reason, retryAfter);
  }

  /** See {@link #handled}. */
  record Handled() implements EventOutcome {
    private static final Handled INSTANCE = new Handled();
  }

  /**
   * See {@link #failed}.
   *
   * @param reason why, without secrets
   */
  record Failed(String reason) implements EventOutcome {
    /** Cleans the reason. */
    public Failed {
      reason = Reasons.clean(reason);
    }
  }

  /**
   * See {@link #refused}.
   *
   * @param reason why, without secrets
   */
  record Refused(String reason) implements EventOutcome {
    /** Cleans the reason. */
    public Refused {
      reason = Reasons.clean(reason);
    }
  }

  /**
   * See {@link #postponed}.
   *
   * @param reason why, without secrets
   * @param retryAfter about how long it waits
   */
  record Postponed(String reason, Duration retryAfter) implements EventOutcome {
    /**
     * Cleans the reason.
     *
     * @throws com.techcorp.error.WiringException if the wait is too short
     */
    public Postponed {
      reason = Reasons.clean(reason);
      Require.atLeast("EventOutcome.retryAfter", retryAfter, Duration.ofMillis(1));
    }
  }

  /**
   * See {@link #paused}.
   *
   * @param reason what is away, without secrets
   * @param retryAfter how long until the consumer is tried again
   */
  record Paused(String reason, Duration retryAfter) implements EventOutcome {
    /**
     * Cleans the reason.
     *
     * @throws com.techcorp.error.WiringException if the wait is too short
     */
    public Paused {
      reason = Reasons.clean(reason);
      Require.atLeast("EventOutcome.retryAfter", retryAfter, Duration.ofMillis(1));
    }
  }
}
