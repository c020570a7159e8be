package com.techcorp.mail;

import com.techcorp.error.TechCorpException;

/**
 * A request to a webhook that is not taken: nothing was changed. Answer it with the status 403, or
 * 400 if it is {@link Problem#MALFORMED}; its sender tries again for a while.
 */
public final class WebhookRefusedException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;

  /** The problems that a request can have. */
  public enum Problem {
    /** The request has no readable signature. */
    UNSIGNED,
    /** The key that is believed did not sign this. */
    FORGED,
    /** The request was signed too long ago and may be a replay. */
    STALE,
    /** It is signed, and not what the provider sends. */
    MALFORMED
  }

  WebhookRefusedException(Problem problem, String message) {
    super(message, null);
    this.problem = problem;
  }

  /**
   * Returns what is wrong with the webhook.
   *
   * @return the kind of problem
   */
  public Problem problem() {
    return problem;
  }
}
