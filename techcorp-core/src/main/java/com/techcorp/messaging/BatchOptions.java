package com.techcorp.messaging;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * When a batch ends. Immutable: each {@code with} method returns a changed copy.
 *
 * @param maxEvents how many events a batch has at most, 1 to 10,000; default 100
 * @param maxWait how long a batch that is not full waits for more events. Default 0: what is there
 *     goes at once
 * @param coalescing whether one event of each unordered stream and type is enough, because the
 *     consumer reads the present state. Default false
 */
public record BatchOptions(int maxEvents, Duration maxWait, boolean coalescing) {
  /** More events would hold a thread and their acknowledgements for too long. */
  private static final int MOST_EVENTS = 10_000;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** Up to 100 events; what is there goes at once. */
  public static final BatchOptions DEFAULT = new BatchOptions(100, Duration.ZERO, false);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public BatchOptions {
    Require.between("BatchOptions.maxEvents", maxEvents, 1, MOST_EVENTS);
    Require.between("BatchOptions.maxWait", maxWait, Duration.ZERO, LONGEST_WAIT);
  }

  /**
   * Returns options with which what is there goes at once.
   *
   * @param maxEvents how many events a batch has at most, 1 to 10,000
   * @return the options
   */
  public static BatchOptions of(int maxEvents) {
    return new BatchOptions(maxEvents, Duration.ZERO, false);
  }

  /**
   * Changes how many events a batch has at most.
   *
   * @param maxEvents 1 to 10,000; default 100
   * @return a changed copy
   */
  public BatchOptions withMaxEvents(int maxEvents) {
    return new BatchOptions(maxEvents, maxWait, coalescing);
  }

  /**
   * Changes how long a batch that is not full waits for more events.
   *
   * @param maxWait 0 to 1 minute; default 0
   * @return a changed copy
   */
  public BatchOptions withMaxWait(Duration maxWait) {
    return new BatchOptions(maxEvents, maxWait, coalescing);
  }

  /**
   * Has the bus leave out events that a later one makes superfluous: of an unordered stream, such
   * as a product, the consumer gets only the last of several events of one type that wait. Right
   * for a consumer that reads the stream's present state, as an index does; wrong for one that
   * needs what each event says. The events of ordered streams all stay.
   *
   * @param coalescing whether it does; default false
   * @return a changed copy
   */
  public BatchOptions withCoalescing(boolean coalescing) {
    return new BatchOptions(maxEvents, maxWait, coalescing);
  }
}
