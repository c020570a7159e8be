package com.techcorp.saga.internal;

import com.techcorp.saga.Signal;
import java.util.List;

/** Decides what a saga does next, from its last write and what it was asked since then. */
@FunctionalInterface
interface Decision<D> {
  Transition<D> of(LiveSaga<D> saga, List<Signal> asked);

  /**
   * A decision, and what it was made from: to decide again if it cannot be written.
   *
   * @param saga as it was last written
   * @param asked the signals since then
   * @param decision decides
   * @param decided what it decided
   */
  record Attempt<D>(
      LiveSaga<D> saga, List<Signal> asked, Decision<D> decision, Transition<D> decided) {
    /** Returns whether the saga ends where it begins and only records why it was refused. */
    boolean endsRefused() {
      return !saga.stored()
          && decided.then() == Transition.Then.FINISH
          && decided.next().failure() != null;
    }
  }
}
