package com.techcorp.testkit.fault;

import org.jspecify.annotations.Nullable;

/**
 * A scenario that a {@link PeerSweep} repeats, each time with another fault: a client that talks to
 * a server through a peer, and what must be true in the end. Each play has a fresh one. Its
 * time-outs are short, and shorter than the peer's lateness.
 */
public interface PeerScenario extends AutoCloseable {
  /**
   * Returns the peer between the client and the server.
   *
   * @return the same at each call
   */
  FaultyPeer peer();

  /**
   * Plays the client's part while the peer is faulty. Nothing connects before: the first messages
   * would pass before their fault is planned. Ends its connections, so that their end is played,
   * too, and bears that all of it fails.
   */
  void act();

  /**
   * Does what failed again, now that the peer is well; called until nothing is left.
   *
   * @return true if nothing is left to do
   */
  boolean settle();

  /**
   * Throws an {@link AssertionError} that says what must be true and is not. All connections have
   * ended.
   *
   * @param fault what happened, or null if nothing did
   */
  void verify(@Nullable PeerFault fault);

  /** Frees what the play used. */
  @Override
  default void close() {}
}
