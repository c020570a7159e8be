package com.techcorp.testkit.fault;

/**
 * One call that crossed a port.
 *
 * @param index counts the crossings of a process from 0
 * @param call such as {@code UnitOfWork.commit}
 * @param writes whether it may have changed anything outside the process
 * @param version how many crossings before this one have changed anything: between two crossings of
 *     one version, what is outside the process is the same
 */
public record FaultPoint(int index, String call, boolean writes, int version) {
  static final String BEGINNING = "Thread.";

  /**
   * Returns whether it may take long: asked under a lock, it only looks at memory, as its port
   * says.
   */
  boolean mayBlock() {
    return !call.equals("UnitOfWork.needsCare");
  }

  /** Returns whether it is the first instruction of a task instead of a call. */
  boolean isBeginning() {
    return call.startsWith(BEGINNING);
  }
}
