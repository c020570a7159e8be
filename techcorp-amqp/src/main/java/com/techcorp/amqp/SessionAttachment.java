package com.techcorp.amqp;

import com.techcorp.error.WiringException;
import java.io.IOException;
import java.time.Duration;

/** Opens channels on each new session. Called on the keeper's thread, but for {@link #look}. */
interface SessionAttachment {
  /** Returns what stops without a session, for the log. */
  String without();

  /**
   * Opens it on a new session, or on one where it was refused; where it is open, declares again
   * what it needs of the broker.
   *
   * @throws WiringException if the broker refuses it: the session goes on without
   */
  void begin(Session session) throws IOException;

  /** Looks whether the session still serves it; must not wait. */
  default void look(Session session) {}

  /** The session is lost, and what waited on it. */
  default void lost() {}

  /**
   * Takes nothing more, and waits for what is at work.
   *
   * @return whether all has come to its end within the limit
   */
  default boolean drain(Duration limit) {
    return true;
  }
}
