package com.techcorp.saga;

/**
 * A durable request to a saga from outside; the saga's owner acts on it.
 *
 * @param kind what to do
 * @param reason why, for the record
 * @param actor who asked
 */
public record Signal(Kind kind, String reason, String actor) {
  /** The kinds of signals. */
  public enum Kind {
    /** Stop and compensate what was done; an answer in flight is awaited first. */
    CANCEL,
    /** Try the current step now, with a fresh budget. */
    RETRY,
    /** Go back from here, giving up what the current step has not decided. */
    COMPENSATE,
    /** Take the current call as done by hand and go on; every guard still applies. */
    FORCE_COMPLETE,
    /** An answer that came by an event; the reason says which. The current step is tried now. */
    ANSWER
  }
}
