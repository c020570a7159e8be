package com.techcorp.error;

/**
 * The caller used this idempotency key before with another request; nothing was written. Use a new
 * key for a new request, or repeat the first request to get its order.
 */
public final class IdempotencyConflict extends TechCorpException {
  private static final long serialVersionUID = 1L;

  /** With its standard message, which reveals nothing of the first request. */
  public IdempotencyConflict() {
    super(
        "this idempotency key was used with another request: send a new key, or the first request"
            + " again to get its order",
        null);
  }
}
