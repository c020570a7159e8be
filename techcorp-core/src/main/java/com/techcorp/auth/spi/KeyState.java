package com.techcorp.auth.spi;

/** How far a signing key has come. */
public enum KeyState {
  /** It is published, so that verifiers get it, and signs nothing yet. */
  NEXT,

  /** It signs new tokens. At most one key does. */
  ACTIVE,

  /** It signs nothing any more, and verifies for as long as one of its tokens may be valid. */
  RETIRED,

  /** It verifies nothing any more, because none of its tokens can be valid. */
  DROPPED,

  /** It was taken out by hand, such as a key that leaked, and verifies nothing any more. */
  REMOVED;

  /**
   * Returns whether a key in this state is published, and verifies.
   *
   * @return true for the first three
   */
  public boolean isLive() {
    return this == NEXT || this == ACTIVE || this == RETIRED;
  }
}
