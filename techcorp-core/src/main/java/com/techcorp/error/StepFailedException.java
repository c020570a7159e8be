package com.techcorp.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the host's code (a step, a cart reader, a catalogue, a customer directory) fails before
 * anything is written. There is no order, and the idempotency key stays usable. {@link #getCause}
 * says what was thrown; mend that, then repeat the call.
 */
public final class StepFailedException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  private final String step;

  /**
   * Creates the exception with the step's name and a reason.
   *
   * @param step the step's name, or the port's, such as {@code carts}
   * @param reason why, without secrets
   * @param cause what was thrown, or null
   */
  public StepFailedException(String step, String reason, @Nullable Throwable cause) {
    super("step " + step + " failed before anything was written: " + reason, cause);
    this.step = step;
  }

  /**
   * Returns the name of the step that failed.
   *
   * @return the step's name, or the port's
   */
  public String step() {
    return step;
  }
}
