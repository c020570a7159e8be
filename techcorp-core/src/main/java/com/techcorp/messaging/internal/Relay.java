package com.techcorp.messaging.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.health.HealthSource;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.messaging.spi.Outbox;
import com.techcorp.storage.Fence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events from the outbox to the bus, each stream's in sequence, many streams at once. Every
 * process has a relay, which publishes what its own node committed, from memory and at once, and
 * polls for the rest: events of other nodes, events skipped under load, and events that the bus
 * refused. Thread-safe.
 *
 * <p>A pass reads the outbox page by page to its end; streams that are under way are skipped, so a
 * stuck stream delays no other. It pauses where too much is under way, and goes on there.
 */
public final class Relay implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  /** A pass under way ends at its next page, which takes as long as the storage lets it. */
  private static final long CLOSE_SECONDS = 30;

  private final Outbox outbox;
  private final RelayOptions options;
  private final Supplier<@Nullable Fence> lease;
  private final BusHealth busHealth;
  private final ExpectedStreams expectedStreams;
  private final StreamPublisher chains;
  private final OutboxCleaner cleaner;
  private final RelayWatch watch;
  private final BacklogGauge gauge;
  private final RateLimitedLog limitedLog;
  private final FaultBoundary faults;
  private final Threads threads;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean nudged = new AtomicBoolean();
  private volatile boolean started;
  private volatile boolean stopping;

  // What follows belongs to the timer's one thread.
  private @Nullable Future<?> next;
  private RelayWatch.@Nullable Stay expected;
  private RelaySchedule schedule;

  /**
   * Creates a relay that is not started.
   *
   * @param outbox where events wait
   * @param consumers what waits for single consumers: measured with the rest
   * @param bus where they go; closed by its owner, after the relay
   * @param lease this process's own, while it surely stands
   * @param options sizes and times
   * @param faults catches what is thrown in its threads
   * @param threads where it runs: two threads, and some for the consumers
   */
  public Relay(
      Outbox outbox,
      ConsumerBacklog consumers,
      EventTransport bus,
      Supplier<@Nullable Fence> lease,
      RelayOptions options,
      FaultBoundary faults,
      Threads threads) {
    this.faults = faults;
    this.outbox = outbox;
    this.options = options;
    this.lease = lease;
    this.threads = threads;
    this.timer = threads.timer("techcorp-relay", 1);
    this.schedule = RelaySchedule.first(options, threads.nanoTime());
    this.watch = new RelayWatch(outbox, lease, threads);
    this.gauge = new BacklogGauge(outbox, consumers, options, watch, faults, threads);
    this.limitedLog = new RateLimitedLog(log, threads::nanoTime);
    this.cleaner = new OutboxCleaner(outbox, options, watch, limitedLog, this::gone, threads);
    this.busHealth = new BusHealth(limitedLog, faults, this::nudge);
    this.expectedStreams = new ExpectedStreams(threads::nanoTime);
    this.chains =
        new StreamPublisher(
            bus, lease, options, expectedStreams, cleaner, busHealth, watch, this::nudge, threads);
  }

  private void gone(EventStream stream) {
    chains.busy().release(stream);
  }

  /** Starts the relay's threads. Call once. */
  public synchronized void start() {
    if (started || stopping) {
      throw new IllegalStateException("a relay is started once");
    }
    started = true;
    gauge.start();
    expected = watch.expect("reading the outbox", 0, () -> {});
    timer.execute(this::relay);
  }

  /**
   * Announces streams before their commit, so that their first events are handed over and not found
   * in the outbox first. Cheap; never blocks, never throws.
   *
   * @param streams those whose first event is in the commit; {@link #noLongerExpect} is called with
   *     the same, however the commit ends
   */
  public void expect(Collection<EventStream> streams) {
    if (options.handOver()) {
      expectedStreams.add(streams);
    }
  }

  /**
   * Withdraws expected streams, after {@link #handOver} or after a commit that failed or whose
   * result is unknown. Cheap; never blocks, never throws.
   *
   * @param streams the same that {@link #expect} was given
   */
  public void noLongerExpect(Collection<EventStream> streams) {
    expectedStreams.remove(streams, chains.busy()::steppedOver);
  }

  /**
   * Takes what this process has just committed. Cheap; never blocks, never throws. A stream's first
   * event has no other in front of it and goes to the bus at once; whether a later one has, only
   * the outbox knows.
   *
   * @param fence the lease under which it was committed; null: no node owns it
   * @param events as they were written, each stream's by sequence
   * @param at the time that the storage gave them; null if that is not known
   */
  public void handOver(@Nullable Fence fence, List<Publish> events, @Nullable Instant at) {
    if (!started || stopping || !options.handOver() || busHealth.isAway() || cleaner.isStuck()) {
      return; // left to the next poll
    }
    if (fence == null || at == null || chains.busy().isFull()) {
      nudge();
      return;
    }
    List<List<Publish>> first = new ArrayList<>();
    boolean all = true;
    for (List<Publish> ofStream : StreamPublisher.byStream(events, Publish::orderingKey)) {
      all &= ofStream.get(0).isFirst() && first.add(ofStream);
    }
    try {
      chains.begin(first, at, fence);
    } catch (RejectedExecutionException e) {
      log.debug("Closed: what was just committed stays in the outbox");
    }
    if (!all) {
      nudge();
    }
  }

  /** There is something to find: do not wait for the next poll. Cheap; never blocks or throws. */
  private void nudge() {
    if (nudged.compareAndSet(false, true) && started) {
      timer.execute(this::lookUp);
    }
  }

  /**
   * Returns the events that waited at the last measurement: about once a second, less often with a
   * large backlog. It is measured also while nothing can be published.
   *
   * @return rows and age, of the outbox and for each consumer; nothing before the first measurement
   */
  public Backlog backlog() {
    return gauge.last();
  }

  /**
   * Returns whether more waits, or for longer, than the options allow. Work that creates events is
   * refused then. Cheap: looks at {@link #backlog}.
   *
   * @return true while it is so
   */
  public boolean overfull() {
    return gauge.overfull();
  }

  /**
   * Returns the health of the relay, such as stuck threads.
   *
   * @return asked for findings and counters
   */
  public HealthSource health() {
    return watch;
  }

  /** Returns how many streams have events under way, or published and not yet removed. */
  int underWay() {
    return chains.busy().count();
  }

  /**
   * Stops: waits for what is being published (for consumers at work up to 10 s) and removes it. The
   * rest is for other processes, or for the next start. Idempotent.
   */
  @Override
  public synchronized void close() {
    if (stopping) {
      return;
    }
    stopping = true;
    gauge.close();
    timer.shutdown();
    try {
      timer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    chains.close();
    cleaner.close();
  }

  /** A pass if it is time for one, then a rest. */
  private void lookUp() {
    if (stopping) {
      return;
    }
    if (schedule.begins(threads.nanoTime(), nudged.get(), busHealth.refusals())) {
      relay();
    } else {
      rest();
    }
  }

  private void relay() {
    nudged.set(false);
    if (!stopping) {
      pass();
    }
    rest();
  }

  private void rest() {
    if (next != null) {
      next.cancel(false);
    }
    if (expected != null) {
      watch.leave(expected);
    }
    long nanos = schedule.restFrom(threads.nanoTime());
    expected = watch.expect("reading the outbox", nanos, () -> {});
    next = timer.schedule(this::lookUp, nanos, TimeUnit.NANOSECONDS);
  }

  /** Offers once every event in the outbox that this process holds or that no node holds. */
  RelaySchedule.Ending pass() {
    RelayWatch.Stay stay = watch.enter("reading the outbox", () -> {});
    try {
      Fence fence = lease.get();
      if (fence != null && !cleaner.isStuck()) {
        RelaySchedule.Pass pass = schedule.begin(threads.nanoTime(), busHealth.refusals());
        schedule = pass.during();
        RelaySchedule.Ended ended = pages(fence, pass, pass.claims() ? claim(fence) : 0);
        schedule = ended.schedule();
        return ended.ending();
      }
    } catch (Throwable e) {
      limitedLog.about("Relaying events failed", e);
      faults.caught(e);
    } finally {
      watch.leave(stay);
    }
    schedule = schedule.skip(threads.nanoTime());
    return RelaySchedule.Ending.IDLE;
  }

  private int claim(Fence fence) {
    return outbox.claim(fence.node(), options.batch());
  }

  private RelaySchedule.Ended pages(Fence fence, RelaySchedule.Pass pass, int claimed) {
    EventStream from = pass.from();
    while (!stopping && fence.equals(lease.get())) {
      if (chains.busy().isFull()) {
        return pass.paused(from, threads.nanoTime());
      }
      EventStream start = from;
      List<Event> page =
          chains.begin(() -> outbox.held(fence.node(), start, options.batch()), fence);
      if (page.size() < options.batch()) {
        return pass.reachedEnd(claimed, threads.nanoTime());
      }
      if (busHealth.isAway()) {
        break;
      }
      from = page.get(page.size() - 1).orderingKey();
      chains.busy().mayGoOn(from);
    }
    return pass.stopped(threads.nanoTime());
  }
}
