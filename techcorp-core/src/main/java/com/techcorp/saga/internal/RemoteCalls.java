package com.techcorp.saga.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.StepResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes remote calls on bounded threads, with a time-out each. */
final class RemoteCalls implements AutoCloseable {
  private final Executor executor;
  private final @Nullable ExecutorService own;
  private final ScheduledExecutorService timer;

  RemoteCalls(EngineOptions options, Threads threads, ScheduledExecutorService timer) {
    this.timer = timer;
    if (options.calls().executor() != null) {
      this.executor = options.calls().executor();
      this.own = null;
    } else {
      this.own = threads.pool("techcorp-remote", options.calls().maxRemoteCalls());
      this.executor = own;
    }
  }

  /**
   * Gives the answer to {@code next}, on the thread of the call and never on the one that makes it:
   * whoever places an order does not wait for what follows. (Unless there is no thread for it.) An
   * exception or a time-out is an unknown outcome. What is answered after the time-out goes to
   * {@code late}.
   */
  <D> void make(
      RemoteCall<D> call,
      D data,
      RemoteCall.Context context,
      Duration timeout,
      Consumer<StepResult<D>> next,
      Consumer<StepResult<D>> late) {
    CompletableFuture<StepResult<D>> answer = new CompletableFuture<>();
    answer.thenAccept(next);
    AtomicReference<Thread> caller = new AtomicReference<>();
    Runnable task =
        () -> {
          caller.set(Thread.currentThread());
          // The clock of a call starts with the call, not while it waits for a thread.
          Future<?> alarm =
              timer.schedule(
                  () -> giveUp(answer, caller, timeout), timeout.toMillis(), TimeUnit.MILLISECONDS);
          StepResult<D> result = run(call, data, context);
          // Here, so that no interruption of the call hits what follows it, or the next call.
          synchronized (caller) {
            caller.set(null);
          }
          Thread.interrupted();
          alarm.cancel(false);
          if (!answer.complete(result)) {
            late.accept(result);
          }
        };
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      answer.complete(StepResult.retry("no thread for the call: the executor is full or closed"));
    }
  }

  /** Runs it on a thread that may block; on this one if there is none any more. */
  void run(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  private static <D> void giveUp(
      CompletableFuture<StepResult<D>> answer, AtomicReference<Thread> caller, Duration timeout) {
    synchronized (caller) {
      Thread thread = caller.get();
      if (thread != null && !answer.isDone()) {
        thread.interrupt();
      }
    }
    answer.complete(StepResult.unknown("no answer within " + timeout));
  }

  private static <D> StepResult<D> run(RemoteCall<D> call, D data, RemoteCall.Context context) {
    try {
      return call.call(data, context);
    } catch (InterruptedException e) {
      return StepResult.unknown("interrupted");
    } catch (Throwable e) {
      return StepResult.unknown(e.getClass().getName() + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    if (own != null) {
      own.shutdown();
    }
  }
}
