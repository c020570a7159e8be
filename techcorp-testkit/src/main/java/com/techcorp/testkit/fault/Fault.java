package com.techcorp.testkit.fault;

/** The faults that may happen when a call crosses a port. */
public enum Fault {
  /** The process stops, and the call is not made. */
  STOP_BEFORE,

  /** The call is made and has its effect; then the process stops, without having seen an answer. */
  STOP_AFTER,

  /**
   * The call is made and has its effect; its answer is lost, and the process lives on with an
   * {@link com.techcorp.error.UnavailableException}. Of a commit: its acknowledgement is lost.
   */
  LOSE_ANSWER,

  /**
   * The caller gets {@link com.techcorp.error.UnavailableException} and lives on; the call itself
   * arrives later, once the process has ended its lease. Of a commit: a look can say "not there"
   * before.
   */
  ARRIVE_LATE,

  /**
   * The call is not made, and its caller gets an exception: {@link
   * com.techcorp.storage.UnitOfWork.NotWrittenException}. The process lives on, with its lease.
   */
  NOT_WRITTEN,

  /** The call is not made and throws an {@link Error}; the process lives on. */
  THROW_ERROR,

  /** The call is not made and throws an {@link OutOfMemoryError}; the process lives on. */
  THROW_OUT_OF_MEMORY,

  /** The call is not made and never returns; the process lives on, without that thread. */
  HANG,

  /** The thread stands still until the process has lost its lease; then the call is made. */
  STALL,

  /** The call is made and has its effect; it returns when the process has lost its lease. */
  RETURN_LATE;

  boolean throwsError() {
    return this == THROW_ERROR || this == THROW_OUT_OF_MEMORY;
  }

  boolean stops() {
    return this == STOP_BEFORE || this == STOP_AFTER;
  }
}
