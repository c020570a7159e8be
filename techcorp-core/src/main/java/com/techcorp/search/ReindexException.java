package com.techcorp.search;

import com.techcorp.error.TechCorpException;

/**
 * Thrown if an index cannot be rebuilt, or the new one cannot be used: another rebuild is under
 * way, or what was built is not what it should be. Searches go on reading the index that they read.
 */
public final class ReindexException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** Another process builds it, or did until less than a lease ago. */
    RUNNING,
    /** This process was too slow: another one goes on with it. */
    LOST,
    /** The new index has too few products. */
    TOO_FEW,
    /** A product in the new index is not what the catalogue has. */
    DIFFERENT,
    /** There is no index to go back to. */
    NO_PREVIOUS
  }

  private final Reason reason;

  /**
   * Creates the exception.
   *
   * @param reason why
   * @param message what happened and what to do next
   */
  public ReindexException(Reason reason, String message) {
    super(message, null);
    this.reason = reason;
  }

  /**
   * Returns why.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
