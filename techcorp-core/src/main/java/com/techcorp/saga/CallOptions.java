package com.techcorp.saga;

import com.techcorp.error.Require;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How remote calls run: the calls of gateways and of remote steps. Each service that is called (see
 * {@link RemoteStep#calling}) has a bulkhead: at most half of all calls at once, and a part of the
 * other half that no other service can use up. What finds no place waits, as many as there are
 * sagas in flight, and as long as its step's time-out; then it was not sent, and is tried again
 * later.
 *
 * <p>A call that outlives its time-out without returning gives up its place but keeps its thread,
 * so a service may hold up to twice as many threads as it has places. With more calls stuck than
 * places nothing is sent to the service until some return. Immutable: each {@code with} method
 * returns a changed copy.
 *
 * @param maxRemoteCalls calls at once in this process, over all services, stuck ones aside; each
 *     service has at least one place. Default 256
 * @param executor runs the calls instead of the engine's own threads. Default null: its own
 */
public record CallOptions(int maxRemoteCalls, @Nullable Executor executor) {
  /** The defaults named above. */
  public static final CallOptions DEFAULT = new CallOptions(256, null);

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public CallOptions {
    Require.atLeast("CallOptions.maxRemoteCalls", maxRemoteCalls, 1);
  }

  /**
   * Changes how many calls run at once in this process, over all services.
   *
   * @param maxRemoteCalls calls, at least 1; default 256
   * @return a changed copy
   */
  public CallOptions withMaxRemoteCalls(int maxRemoteCalls) {
    return new CallOptions(maxRemoteCalls, executor);
  }

  /**
   * Has the host's own executor run the calls, such as one of virtual threads. It is given as many
   * calls at once as the engine's own threads would be. Steps that only read the engine's storage
   * keep threads of the engine's own.
   *
   * @param executor runs calls, and not on the calling thread; if it refuses one, or does not begin
   *     with it within the step's time-out, the call was not sent. Default null: the engine's own
   *     threads
   * @return a changed copy
   */
  public CallOptions withExecutor(@Nullable Executor executor) {
    return new CallOptions(maxRemoteCalls, executor);
  }
}
