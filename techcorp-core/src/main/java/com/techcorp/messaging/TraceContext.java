package com.techcorp.messaging;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives access to the host's current trace, as <a href="https://www.w3.org/TR/trace-context/">W3C
 * Trace Context</a>. It is asked on the thread that places an order; all events of the order carry
 * what it says then, so that what consumers do belongs to the same trace. Implementations are
 * thread-safe and quick.
 */
@FunctionalInterface
public interface TraceContext {
  /**
   * Returns the trace of the calling thread.
   *
   * @return the trace, or empty if there is none
   */
  Optional<Trace> current();

  /**
   * A trace as it travels. What is not well-formed is left out on its way, it never fails an order.
   *
   * @param traceparent such as {@code 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01}
   * @param tracestate what vendors add, such as {@code vendor=value}, or null
   */
  record Trace(String traceparent, @Nullable String tracestate) {
    private static final Pattern PARENT =
        Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private static final Pattern MEMBER =
        Pattern.compile("[a-z0-9][a-z0-9_*/@-]{0,255}=[!-+\\--<>-~ ]{0,255}[!-+\\--<>-~]");

    private static final int MAX_STATE = 512;
    private static final int MAX_MEMBERS = 32;

    /**
     * Returns the trace without malformed parts.
     *
     * @return empty without a sound {@code traceparent}; without {@code tracestate} if that is not
     *     sound
     */
    public Optional<Trace> wellFormed() {
      if (!PARENT.matcher(traceparent).matches()) {
        return Optional.empty();
      }
      return Optional.of(isState(tracestate) ? this : new Trace(traceparent, null));
    }

    private static boolean isState(@Nullable String state) {
      if (state == null || state.length() > MAX_STATE) {
        return state == null;
      }
      String[] members = state.split(",", -1);
      for (String member : members) {
        if (!MEMBER.matcher(member.strip()).matches()) {
          return false;
        }
      }
      return members.length <= MAX_MEMBERS;
    }
  }
}
