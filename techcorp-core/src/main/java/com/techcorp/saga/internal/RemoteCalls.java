package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthSource;
import com.techcorp.saga.CallOptions;
import com.techcorp.saga.RemoteStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes remote calls, each service's behind a {@link Bulkhead} of its own, with a time-out each. A
 * timer of their own watches the time and does nothing else; what follows a time-out runs on
 * threads that no call can hold.
 */
final class RemoteCalls implements HealthSource, AutoCloseable {
  private static final int FOLLOW_UP_THREADS = 4;

  /** Threads for hosts' callbacks after a refused start; nothing of the engine waits for these. */
  private static final int CALLBACK_THREADS = 64;

  private final Threads threads;
  private final FaultBoundary faults;
  private final Deadlines deadlines;
  private final ExecutorService followUps;
  private final ExecutorService callbacks;
  private final List<ExecutorService> own = new ArrayList<>();
  private final Map<String, Bulkhead> bulkheads = new TreeMap<>();
  private final LongAdder timedOut = new LongAdder();
  private final LongAdder notSent = new LongAdder();
  private final LongAdder threw = new LongAdder();

  /** Creates the bulkheads of these services. */
  RemoteCalls(
      CallOptions options, Collection<String> services, Threads threads, FaultBoundary faults) {
    this.threads = threads;
    this.faults = faults;
    this.deadlines = new Deadlines(threads, faults);
    this.followUps = threads.pool("techcorp-follow-up", FOLLOW_UP_THREADS);
    this.callbacks = threads.pool("techcorp-callback", CALLBACK_THREADS);
    CallPlaces places = new CallPlaces(options.maxRemoteCalls(), services.size());
    for (String service : services) {
      Executor hosts = options.executor();
      Executor executor =
          hosts == null || service.equals(RemoteStep.STORAGE)
              ? ownPool("techcorp-remote-" + service, places.most())
              : guarded(hosts);
      bulkheads.put(service, new Bulkhead(service, places, executor, threads::nanoTime, faults));
    }
  }

  /** Wraps a host's executor: its tasks are the library's work too, and let no exception out. */
  private Executor guarded(Executor hosts) {
    return task -> hosts.execute(() -> faults.run(task));
  }

  /** A stuck call's thread is replaced, so there may be twice as many threads as places. */
  private Executor ownPool(String name, int places) {
    ExecutorService pool = threads.pool(name, 2 * places);
    own.add(pool);
    return pool;
  }

  /**
   * Makes a call as soon as its service has a place and a thread for it. Never waits, and never
   * calls the listener on this thread: a caller that places an order does not wait for what
   * follows.
   */
  <D> void make(CallRequest<D> request, CallListener<D> listener) {
    Bulkhead bulkhead =
        Objects.requireNonNull(bulkheads.get(request.service()), "an unknown service");
    new PendingCall<>(request, listener, bulkhead, this).submit();
  }

  /** Returns the time by which a call that is requested now must be sent, if at all. */
  long sendBy(Duration timeout) {
    return threads.nanoTime() + timeout.toNanos();
  }

  /** Runs what belongs to a host on a thread that may block; on this one if there is none. */
  void callback(Runnable task) {
    runOn(callbacks, task);
  }

  void followUp(Runnable task) {
    runOn(followUps, task);
  }

  private void runOn(Executor pool, Runnable task) {
    Runnable guarded = () -> faults.run(task);
    try {
      pool.execute(guarded);
    } catch (RejectedExecutionException e) {
      guarded.run();
    }
  }

  Deadlines deadlines() {
    return deadlines;
  }

  long nanoTime() {
    return threads.nanoTime();
  }

  FaultBoundary faults() {
    return faults;
  }

  void timedOut() {
    timedOut.increment();
  }

  void notSent() {
    notSent.increment();
  }

  void threw() {
    threw.increment();
  }

  @Override
  public List<Finding> findings() {
    return bulkheads.values().stream().flatMap(each -> each.findings().stream()).toList();
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of(
        "calls.timed-out", timedOut.sum(),
        "calls.not-sent", notSent.sum(),
        "calls.threw", threw.sum());
  }

  /** Ends its own threads as they come back; what waits for one is not told. */
  @Override
  public void close() {
    deadlines.close();
    own.forEach(ExecutorService::shutdown);
    followUps.shutdown();
    callbacks.shutdown();
  }
}
