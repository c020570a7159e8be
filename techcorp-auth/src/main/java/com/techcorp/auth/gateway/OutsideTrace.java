package com.techcorp.auth.gateway;

import com.techcorp.messaging.TraceContext.Trace;
import java.util.List;
import java.util.Optional;

/** The trace that a request from outside says to belong to, in the headers of W3C Trace Context. */
final class OutsideTrace {
  static final String TRACEPARENT = "traceparent";
  static final String TRACESTATE = "tracestate";

  private OutsideTrace() {}

  /** Whether a header is one of both; also in a spelling that only some servers read as them. */
  static boolean isTrace(String name) {
    String letters = letters(name);
    return letters.equals(TRACEPARENT) || letters.equals(TRACESTATE);
  }

  /** Whether a header is one of both in the spelling of the standard. */
  static boolean isStandard(String name) {
    return name.equalsIgnoreCase(TRACEPARENT) || name.equalsIgnoreCase(TRACESTATE);
  }

  private static String letters(String name) {
    StringBuilder letters = new StringBuilder();
    name.chars()
        .filter(c -> HeaderSyntax.isLetterOrDigit((char) c))
        .forEach(c -> letters.append((char) Character.toLowerCase(c)));
    return letters.toString();
  }

  /** Returns the trace if it is there once and all of it is well-formed. */
  static Optional<String> traceparent(RequestHeaders outside) {
    List<String> parents = outside.values(TRACEPARENT);
    List<String> states = outside.values(TRACESTATE);
    if (parents.size() != 1) {
      return Optional.empty();
    }
    Trace trace = new Trace(parents.get(0), states.isEmpty() ? null : String.join(",", states));
    return trace.wellFormed().filter(trace::equals).map(Trace::traceparent);
  }
}
