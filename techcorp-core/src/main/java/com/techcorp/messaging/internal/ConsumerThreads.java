package com.techcorp.messaging.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.messaging.ConsumerOptions;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.Handling;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The threads that call one consumer: as many as its options say, and one more for each that does
 * not return, up to twice as many. The counts are guarded by the consumer's {@link ConsumerQueues}.
 */
final class ConsumerThreads {
  private final Subscription subscription;
  private final ConsumerOptions options;
  private final Work work;
  private final RunningCalls running;
  private final FaultBoundary faults;
  private final ExecutorService pool;
  private int workers;

  /** What the threads do; called on them, without the lane's lock. */
  interface Work {
    /** Returns the next call; null if the thread is not needed any more. */
    @Nullable Invocation next();

    /** Ends a call; returns the next one of the same stream, or null. */
    @Nullable Invocation ended(Invocation call, Handling handling);
  }

  /**
   * @param work what the threads do
   * @param running the calls that have not returned
   */
  ConsumerThreads(Subscription subscription, Work work, RunningCalls running, BusContext context) {
    this.subscription = subscription;
    this.options = subscription.options();
    this.work = work;
    this.running = running;
    this.faults = context.faults();
    this.pool =
        context
            .threads()
            .pool("techcorp-consumer-" + subscription.consumer(), 2 * options.threads());
  }

  /** Each overdue call is replaced by another thread, as long as there are any. */
  private int allowed() {
    return options.threads() + Math.min(running.overdue(), options.threads());
  }

  /** Returns whether a thread is to end because one that it replaced has returned. */
  boolean areTooMany() {
    return workers > allowed();
  }

  /** Has one more thread work, if there may be one. */
  void start() {
    if (workers < allowed()) {
      workers++;
      try {
        pool.execute(this::work);
      } catch (RejectedExecutionException e) {
        workers--; // closed
      }
    }
  }

  /** The current thread ends. */
  void left() {
    workers--;
  }

  private void work() {
    Invocation call = work.next();
    while (call != null) {
      Handling handling = Handling.call(subscription, call.events());
      call = work.ended(call, handling);
      Throwable thrown = handling.thrown();
      if (thrown != null && !(thrown instanceof InterruptedException)) {
        faults.caught(thrown);
      }
      if (call == null) {
        call = work.next();
      }
    }
  }

  /** Begins nothing any more. */
  void close() {
    pool.shutdown();
  }
}
