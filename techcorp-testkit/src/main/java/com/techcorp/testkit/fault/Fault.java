package com.techcorp.testkit.fault;

/** What may happen where a call crosses a port. */
public enum Fault {
  /** The process stops, and the call is not made. */
  STOP_BEFORE,

  /** The call is made and has its effect; then the process stops, without having seen an answer. */
  STOP_AFTER,

  /**
   * The call is made and has its effect; its answer is lost, and the process lives on with an
   * {@link com.techcorp.error.Unavailable}. Of a commit: its acknowledgement is lost.
   */
  LOSE_ANSWER,

  /**
   * The caller is told {@link com.techcorp.error.Unavailable} and lives on; the call itself arrives
   * later, once the process has ended its lease. Of a commit: a look can say "not there" before.
   */
  ARRIVE_LATE,

  /**
   * The call is not made, and its caller is told so: {@link
   * com.techcorp.saga.UnitOfWork.NotWritten}. The process lives on, with its lease.
   */
  NOT_WRITTEN,

  /** The call is not made and throws an {@link Error}; the process lives on. */
  THROW_ERROR,

  /** The call is not made and throws an {@link OutOfMemoryError}; the process lives on. */
  THROW_OUT_OF_MEMORY;

  boolean throwsError() {
    return this == THROW_ERROR || this == THROW_OUT_OF_MEMORY;
  }

  boolean stops() {
    return this == STOP_BEFORE || this == STOP_AFTER;
  }
}
