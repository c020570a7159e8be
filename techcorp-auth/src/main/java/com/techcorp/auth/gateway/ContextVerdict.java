package com.techcorp.auth.gateway;

import java.util.Objects;

/** The answer of a {@link ContextVerifier}. */
public sealed interface ContextVerdict {
  /**
   * A gateway signed the context of this request.
   *
   * @param context who sent it
   */
  record Accepted(RequestContext context) implements ContextVerdict {
    /** Refuses a null. */
    public Accepted {
      Objects.requireNonNull(context, "context");
    }
  }

  /** There is no context header: no user stands behind the request. */
  record Anonymous() implements ContextVerdict {}

  /**
   * There are context headers, and they are not to be believed. Answer with 401, never as if the
   * request were anonymous, and without the reason: it is for logs and counters.
   *
   * @param reason the first that was found
   */
  record Refused(ContextRefusal reason) implements ContextVerdict {
    /** Refuses a null. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
