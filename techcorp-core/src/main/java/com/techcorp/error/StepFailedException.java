package com.techcorp.error;

import org.jspecify.annotations.Nullable;

/**
 * Code of the host failed before anything was written: a step, a cart reader, a catalogue, a
 * customer directory. There is no order, and the idempotency key stays usable. {@link #getCause}
 * says what was thrown; mend that, then repeat the call.
 */
public final class StepFailedException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  private final String step;

  /**
   * Names the step.
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
   * Which step failed.
   *
   * @return the step's name, or the port's
   */
  public String step() {
    return step;
  }
}
