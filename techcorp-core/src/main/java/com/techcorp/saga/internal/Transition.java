package com.techcorp.saga.internal;

import com.techcorp.saga.LocalStep;
import com.techcorp.storage.Effect;
import com.techcorp.storage.WriteSet;
import java.util.List;

/**
 * The next move of a saga: the effects to write, and the action that follows.
 *
 * @param next the saga once the effects are committed
 * @param effects what to write; empty if nothing is to be written before {@code then}
 * @param spans which effects belong to which local step, to know whom a refusal hits
 * @param then what follows the commit
 */
record Transition<D>(LiveSaga<D> next, List<Effect> effects, List<Span> spans, Then then) {
  enum Then {
    /** Make the current step's forward call. */
    CALL,
    /** Make the current step's forward call, for what it notes is written. */
    SEND,
    /** Let what stands in for the current call verify what an operator did by hand. */
    FORCE,
    /** Make the current step's undoing call. */
    UNDO,
    /** The saga waits or is parked: release it, the journal has it. */
    RELEASE,
    /** It has ended. */
    FINISH
  }

  /**
   * Effects {@code from} (inclusive) to {@code to} (exclusive) go forward with local step {@code
   * step}.
   */
  record Span(int step, int from, int to) {}

  /** Whether a saga that begins and is refused at this effect never was. */
  boolean refusesAll(int effect) {
    for (Span span : spans) {
      if (effect >= span.from() && effect < span.to()) {
        return span.step() == 0
            || (next.definition().steps().get(span.step()) instanceof LocalStep<?> local
                && local.refusesAll());
      }
    }
    return true;
  }

  WriteSet writeSet() {
    return new WriteSet(next.id(), effects);
  }
}
