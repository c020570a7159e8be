package com.techcorp.auth.spi;

import java.util.List;
import java.util.UUID;

/** What became of a new session. */
public sealed interface SessionCreation {
  /**
   * The session exists.
   *
   * @param ended the user's oldest sessions, which ended because there were too many
   */
  record Created(List<UUID> ended) implements SessionCreation {
    /** Makes an unmodifiable copy. */
    public Created {
      ended = List.copyOf(ended);
    }
  }

  /** The user's sessions were all ended while the login was under way: it has lost. */
  record Overtaken() implements SessionCreation {}
}
