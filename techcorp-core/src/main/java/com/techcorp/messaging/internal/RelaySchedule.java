package com.techcorp.messaging.internal;

import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.RelayOptions;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the relay reads the outbox next, where it begins, and whether it claims first. Pure
 * and immutable: times are given, as nanoseconds of a monotonic clock.
 *
 * <p>A pass goes to the end of the outbox, rests for the poll interval (or for as long as it took,
 * if that is longer), and begins again. It pauses where too much is under way, and goes on there. A
 * nudge ends the rest early, unless the bus refused something in the last pass: refused events are
 * offered again at the next poll, however many nudges come.
 *
 * @param pollNanos how long a rest takes at least
 * @param batch how many events a full claim has
 * @param dueAt when the next pass is due
 * @param claimAt before then, a pass that goes on does not claim again
 * @param refusals how many events the bus had refused when the last pass began
 * @param paused where the last pass paused; null: it did not, and the next one begins at the start
 */
record RelaySchedule(
    long pollNanos, int batch, long dueAt, long claimAt, long refusals, @Nullable Pause paused) {
  /**
   * The place at which a pass paused.
   *
   * @param after the last stream that it read; null: it had not read any
   */
  record Pause(@Nullable EventStream after) {}

  /** How a pass ended. */
  enum Ending {
    /** The pass reached the end of the outbox. */
    CLEAR,
    /** The pass paused because too much is under way; it continues when there is room. */
    FULL,
    /**
     * There may be more: many events had no holder, or the pass had not started at the beginning.
     */
    MORE,
    /** There is no lease, the storage failed, or the bus takes nothing: wait for the next poll. */
    IDLE
  }

  /** Checks the values; bad ones are a fault of the relay. */
  RelaySchedule {
    if (pollNanos <= 0 || batch <= 0) {
      throw new IllegalStateException("a relay that polls every " + pollNanos + " ns for " + batch);
    }
  }

  /** The first pass is due now. */
  static RelaySchedule first(RelayOptions options, long now) {
    return new RelaySchedule(options.pollInterval().toNanos(), options.batch(), now, now, 0, null);
  }

  /**
   * Returns whether a pass begins now.
   *
   * @param nudged whether a nudge came
   * @param refusalsNow how many events the bus has refused until now
   */
  boolean begins(long now, boolean nudged, long refusalsNow) {
    boolean mayHasten = paused != null || refusalsNow == refusals;
    return dueAt - now <= 0 || (nudged && mayHasten);
  }

  /** How long the rest still takes; 0 if a pass is due. */
  long restFrom(long now) {
    return Math.max(0, dueAt - now);
  }

  /** The pass that begins now. One that goes on has claimed not long ago, perhaps. */
  Pass begin(long now, long refusalsNow) {
    boolean claims = paused == null || now - claimAt >= 0;
    long nextClaim = claims ? now + pollNanos : claimAt;
    RelaySchedule during = new RelaySchedule(pollNanos, batch, dueAt, nextClaim, refusalsNow, null);
    return new Pass(during, now, claims, paused);
  }

  /**
   * Nothing was read: there is no lease, what was published cannot be removed, or the storage
   * failed.
   */
  RelaySchedule skip(long now) {
    return new RelaySchedule(pollNanos, batch, now + pollNanos, claimAt, refusals, paused);
  }

  /**
   * A pass under way.
   *
   * @param during the schedule from here on, until the pass has ended
   * @param began when it began
   * @param claims whether it claims before it reads
   * @param goesOn where an earlier pass had paused; null: it begins at the start
   */
  record Pass(RelaySchedule during, long began, boolean claims, @Nullable Pause goesOn) {
    /** Returns the stream after which the pass begins; null: at the start. */
    @Nullable EventStream from() {
      return goesOn == null ? null : goesOn.after();
    }

    /**
     * Ends a pass that read the whole outbox. What lies before the place where it went on is still
     * to be read, and a full claim may have left something.
     *
     * @param claimed how many events it claimed
     */
    Ended reachedEnd(int claimed, long now) {
      boolean more = goesOn != null || claimed == during.batch();
      // Passes that find nothing to do cost the storage too.
      return more ? ended(Ending.MORE, now, null) : ended(Ending.CLEAR, restAfterWork(now), null);
    }

    /** Ends a pass that paused because too much is under way. */
    Ended paused(@Nullable EventStream after, long now) {
      return ended(Ending.FULL, restAfterWork(now), new Pause(after));
    }

    /** Ends a pass that stopped because the bus takes nothing or the lease is gone. */
    Ended stopped(long now) {
      return ended(Ending.IDLE, now + during.pollNanos(), null);
    }

    private long restAfterWork(long now) {
      return now + Math.max(during.pollNanos(), now - began);
    }

    private Ended ended(Ending ending, long dueAt, @Nullable Pause paused) {
      RelaySchedule next =
          new RelaySchedule(
              during.pollNanos(),
              during.batch(),
              dueAt,
              during.claimAt(),
              during.refusals(),
              paused);
      return new Ended(ending, next);
    }
  }

  /**
   * A pass that ended.
   *
   * @param ending how
   * @param schedule what follows
   */
  record Ended(Ending ending, RelaySchedule schedule) {}
}
