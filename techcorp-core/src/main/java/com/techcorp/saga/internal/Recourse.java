package com.techcorp.saga.internal;

import com.techcorp.error.WiringException;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.internal.Decision.Attempt;
import com.techcorp.saga.internal.Transition.Then;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The reaction of a saga to a commit that did not write its decision. Pure. */
sealed interface Recourse {
  /** How long a saga waits before it tries again to write what needs a locked row. */
  Duration LOCKED_WAIT = Duration.ofSeconds(1);

  /** How often an answer is tried again before it is reported. */
  int TRIES_WITH_ANSWER = 4;

  long FIRST_PAUSE_MILLIS = 250;
  long LONGEST_PAUSE_MILLIS = 2_000;

  /**
   * Decides again after a pause.
   *
   * @param fault what the commit failed with; null: it met a locked row
   */
  record TryAgain(Duration in, @Nullable Throwable fault) implements Recourse {}

  /**
   * Waits in the journal, for the node that takes it up when it is due.
   *
   * @param fault what the commit failed with; null: it met a locked row
   */
  record PutOff(String reason, @Nullable Throwable fault) implements Recourse {}

  /** Waits for an operator: the storage refuses what it writes. */
  record Park(String reason, Throwable fault) implements Recourse {}

  /** Ends without a trace, and its caller hears why. */
  record NeverBegan(Throwable fault) implements Recourse {}

  /** Ends in this process, and becomes due for any. */
  record HandOver(Throwable fault) implements Recourse {}

  /** The saga ends in this process: the commit's result is unknown, or the lease is gone. */
  record Lost(Throwable fault) implements Recourse {}

  /** Begins again while its caller waits, if there is room among those that wait for a lock. */
  record BeginAgain(String reason) implements Recourse {}

  /** Whether this commit counts among the failures in a row. */
  default boolean counts() {
    return this instanceof BeginAgain
        || (this instanceof TryAgain again && again.fault() != null)
        || (this instanceof PutOff off && off.fault() != null);
  }

  /**
   * Returns the reaction to a commit that failed. With a provider's answer in hand the saga tries
   * again for a while: what is written now need not be asked for later. Where not even the wait can
   * be written, it is tried for as long as the lease stands.
   *
   * @param answered whether a call's answer is not written yet
   * @param failures how many commits in a row wrote nothing, this one included
   */
  static Recourse failed(Attempt<?> attempt, Throwable fault, boolean answered, int failures) {
    boolean stored = attempt.saga().stored();
    if (fault instanceof UnstorableDataException) {
      if (!stored) {
        return new NeverBegan(fault);
      }
      return attempt.decided().next().state() == SagaState.PARKED
          ? new HandOver(fault)
          : new Park("the storage refused its data: " + fault.getMessage(), fault);
    }
    if (!stored || !(fault instanceof NotWrittenException || fault instanceof WiringException)) {
      return new Lost(fault);
    }
    boolean insists = answered && failures <= TRIES_WITH_ANSWER;
    return insists || attempt.decided().then() == Then.RELEASE
        ? new TryAgain(pauseAfter(failures), fault)
        : new PutOff("not written: " + fault.getMessage(), fault);
  }

  /** Returns the reaction to a commit that met a locked row and wrote nothing. */
  static Recourse busy(Attempt<?> attempt, CommitResult.Busy busy) {
    String reason = busy.failure().message();
    if (!attempt.saga().stored()) {
      return new BeginAgain(reason);
    }
    // The locked row may be the saga's own: then not even the wait can be written.
    return attempt.decided().then() == Then.RELEASE
        ? new TryAgain(LOCKED_WAIT, null)
        : new PutOff(reason, null);
  }

  private static Duration pauseAfter(int failures) {
    return Duration.ofMillis(
        Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - 1, 8)));
  }
}
