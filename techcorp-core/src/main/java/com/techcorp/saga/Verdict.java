package com.techcorp.saga;

/** What became of a {@link Work}. */
public sealed interface Verdict {
  /** All effects are durable. */
  record Committed() implements Verdict {}

  /**
   * Nothing of this work was written, because a guard of one effect does not hold; its neighbours
   * in the batch are not affected.
   *
   * @param effect the index in {@link Work#effects()} of the effect that was refused
   * @param failure why
   */
  record Refused(int effect, Failure failure) implements Verdict {}
}
