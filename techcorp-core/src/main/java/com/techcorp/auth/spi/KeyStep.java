package com.techcorp.auth.spi;

import java.time.Instant;

/** What is to be done about the signing keys next. */
public sealed interface KeyStep {
  /** A key that signs next is to be made and added. */
  record Generate() implements KeyStep {}

  /**
   * The keys are to be changed now.
   *
   * @param change the change
   */
  record Apply(KeyChange change) implements KeyStep {}

  /**
   * Nothing is to be done yet.
   *
   * @param until the store's time at which something is; {@link Instant#MAX} if only somebody else
   *     can do what comes next
   */
  record Wait(Instant until) implements KeyStep {}
}
