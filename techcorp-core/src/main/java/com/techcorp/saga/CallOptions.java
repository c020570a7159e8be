package com.techcorp.saga;

import com.techcorp.error.WiringError;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How remote calls run: the calls of gateways and of remote steps. Immutable; each {@code with}
 * method returns a changed copy.
 *
 * @param maxRemoteCalls calls at once in this process, over all pools; default 256
 * @param executor runs the calls instead of the engine's own threads; null: its own
 */
public record CallOptions(int maxRemoteCalls, @Nullable Executor executor) {
  /** The defaults named above. */
  public static final CallOptions DEFAULT = new CallOptions(256, null);

  /** Checks the values. */
  public CallOptions {
    if (maxRemoteCalls < 1) {
      throw new WiringError("maxRemoteCalls must be at least 1, was " + maxRemoteCalls);
    }
  }

  /**
   * With another bound of calls at once.
   *
   * @param calls at least 1
   * @return a changed copy
   */
  public CallOptions withMaxRemoteCalls(int calls) {
    return new CallOptions(calls, executor);
  }

  /**
   * With the host's own executor, such as one of virtual threads.
   *
   * @param host runs calls; must not run them on the calling thread
   * @return a changed copy
   */
  public CallOptions withExecutor(Executor host) {
    return new CallOptions(maxRemoteCalls, host);
  }
}
