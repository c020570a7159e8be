package com.techcorp.testkit.fault;

import com.techcorp.TechCorp;
import com.techcorp.testkit.SteppedClock;
import com.techcorp.testkit.SteppedThreads;

/**
 * A scenario that a {@link CrashSweep} repeats, each time with another fault: a world that outlives
 * its processes, what clients do, and what must be true in the end. Each play has a fresh one.
 */
public interface CrashScenario extends AutoCloseable {
  /**
   * Returns the clock of the scenario.
   *
   * @return the only clock of the storage and of all processes
   */
  SteppedClock clock();

  /**
   * Starts a process on the world's storage.
   *
   * @param threads its threads
   * @param faults puts the process's ports behind faults: storage, gateway, senders, whatever it
   *     calls
   * @return the running process
   */
  TechCorp start(SteppedThreads threads, Faults faults);

  /**
   * Plays the clients' part, from the beginning. A client whose process stopped comes back to
   * another one and does it all again, as clients do that got no answer; so it must bear repeating.
   *
   * @param process takes the clients' calls; they may fail with {@link
   *     com.techcorp.error.UnavailableException}, then the sweep calls again
   * @param threads runs what the process does meanwhile
   */
  void act(TechCorp process, SteppedThreads threads);

  /**
   * Returns whether all work is done.
   *
   * @return true once nothing is left to do but by hand
   */
  boolean settled();

  /**
   * Plays the operator once all else is done and a stuck process is gone, such as replaying dead
   * letters. Asked by a {@link LivingSweep}, until there is nothing to do.
   *
   * @return true if it did anything, and the scenario is to settle once more; default: false
   */
  default boolean mend() {
    return false;
  }

  /** Throws an {@link AssertionError} that says what must be true and is not. */
  void verify();

  /** Frees what the play used. */
  @Override
  default void close() {}
}
