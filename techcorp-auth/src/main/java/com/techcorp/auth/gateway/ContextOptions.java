package com.techcorp.auth.gateway;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * How long signed context headers are valid, and whether the trace of an outsider is believed.
 * Immutable: each {@code with} method returns a changed copy.
 *
 * @param validity how far the time of a signature may be from the service's clock, either way: a
 *     set may be as old, and the gateway's clock may be as far ahead. Default 30 s
 * @param keepTraceparent whether a gateway keeps {@code traceparent} and {@code tracestate} as they
 *     come from outside. Anyone can then put requests into a trace of theirs. Default false
 */
public record ContextOptions(Duration validity, boolean keepTraceparent) {
  /** The defaults named above. */
  public static final ContextOptions DEFAULT = new ContextOptions(Duration.ofSeconds(30), false);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public ContextOptions {
    Require.between(
        "ContextOptions.validity", validity, Duration.ofSeconds(1), Duration.ofSeconds(300));
  }

  /**
   * Changes how long signed context headers are valid.
   *
   * @param validity 1 to 300 s; default 30 s
   * @return a changed copy
   */
  public ContextOptions withValidity(Duration validity) {
    return new ContextOptions(validity, keepTraceparent);
  }

  /**
   * Changes whether a gateway keeps the trace that comes from outside.
   *
   * @param keepTraceparent true only if what stands before the gateway sets it; default false
   * @return a changed copy
   */
  public ContextOptions withKeepTraceparent(boolean keepTraceparent) {
    return new ContextOptions(validity, keepTraceparent);
  }
}
