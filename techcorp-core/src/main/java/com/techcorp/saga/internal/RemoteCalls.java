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

/**
 * Makes remote calls, each service's behind a {@link Bulkhead} of its own, with a time-out each. A
 * timer of their own watches the time and does nothing else.
 */
final class RemoteCalls implements HealthSource, AutoCloseable {
  private final Threads threads;
  private final FaultBoundary faults;
  private final CallContext context;
  private final List<ExecutorService> own = new ArrayList<>();
  private final Map<String, Bulkhead> bulkheads = new TreeMap<>();

  /** Creates the bulkheads of these services. */
  RemoteCalls(
      CallOptions options, Collection<String> services, Threads threads, FaultBoundary faults) {
    this.threads = threads;
    this.faults = faults;
    this.context =
        new CallContext(
            threads::nanoTime,
            new Deadlines(threads, faults),
            new FollowUps(threads, faults),
            new CallCounts(),
            faults);
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
    new PendingCall<>(request, listener, bulkhead, context).submit();
  }

  /** Returns the time by which a call that is requested now must be sent, if at all. */
  long sendBy(Duration timeout) {
    return threads.nanoTime() + timeout.toNanos();
  }

  /** Runs what belongs to a host on a thread that may block; on this one if there is none. */
  void callback(Runnable task) {
    context.followUps().callback(task);
  }

  @Override
  public List<Finding> findings() {
    return bulkheads.values().stream().flatMap(each -> each.findings().stream()).toList();
  }

  @Override
  public Map<String, Long> counters() {
    return context.counts().counters();
  }

  /** Ends its own threads as they come back; what waits for one is not told. */
  @Override
  public void close() {
    context.deadlines().close();
    own.forEach(ExecutorService::shutdown);
    context.followUps().close();
  }
}
