package com.techcorp.messaging.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventBus;
import com.techcorp.messaging.Outbox;
import com.techcorp.messaging.RelayOptions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events from the outbox to the bus, each order's in sequence, many orders at once. Every
 * process has a relay; the one that holds the lease works. Thread-safe.
 *
 * <p>A pass reads the outbox page by page. As long as all of a page is taken it reads from the
 * beginning again; behind a page with orders that are stuck it goes on after the last order of that
 * page, so stuck orders at the head hold nobody up. It ends where the outbox ended when it stepped
 * over the first of them, so they get their turn also while the tail grows.
 */
public final class Relay implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Relay.class);

  private final Outbox outbox;
  private final RelayOptions options;
  private final RelayLease lease;
  private final OrderChains chains;
  private final BacklogGauge gauge;
  private final Complaints complaints;
  private final Threads threads;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean nudged = new AtomicBoolean();
  private volatile boolean started;
  private volatile boolean stopping;

  // What follows belongs to the timer's one thread.
  private @Nullable Future<?> next;
  private long restUntil;
  private boolean hastenedByNudge;
  private boolean healthy;

  /**
   * Starts nothing yet.
   *
   * @param outbox where events wait
   * @param bus where they go; closed by its owner, after the relay
   * @param options sizes and times
   * @param threads where it runs: one thread, and some for the consumers
   */
  public Relay(Outbox outbox, EventBus bus, RelayOptions options, Threads threads) {
    this.outbox = outbox;
    this.options = options;
    this.threads = threads;
    this.timer = threads.timer("techcorp-relay", 1);
    this.lease = new RelayLease(outbox, options.lease(), threads::nanoTime);
    this.gauge = new BacklogGauge(outbox, options, threads::nanoTime);
    this.complaints = new Complaints(log, threads::nanoTime);
    this.chains = new OrderChains(bus, lease, options, complaints, this::wake, threads);
  }

  /** Begins to relay. Call once. */
  public synchronized void start() {
    if (started || stopping) {
      throw new IllegalStateException("a relay is started once");
    }
    started = true;
    timer.execute(this::relay);
  }

  /** Events were committed: do not wait for the next poll. Cheap; never blocks, never throws. */
  public void nudge() {
    if (nudged.compareAndSet(false, true)) {
      wake();
    }
  }

  /**
   * What waited in the outbox when it was last measured: about once a second, more rarely when it
   * holds very much.
   *
   * @return rows and age; zero before the first measurement
   */
  public Outbox.Backlog backlog() {
    return gauge.last();
  }

  /**
   * Whether more waits, or for longer, than the options allow. Whoever accepts work that makes
   * events refuses it then. Cheap: looks at {@link #backlog}.
   *
   * @return true while it is so
   */
  public boolean overfull() {
    return gauge.overfull();
  }

  /**
   * Stops: waits for the running pass (for consumers at work up to 10 s), removes what was
   * published and gives the lease up. Idempotent.
   */
  @Override
  public synchronized void close() {
    if (stopping) {
      return;
    }
    stopping = true;
    timer.shutdown();
    try {
      timer.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      chains.close();
      lease.release();
    } catch (RuntimeException e) {
      complaints.about("The relay's last batch was not removed and is delivered again", e);
    }
  }

  private void wake() {
    if (started) {
      timer.execute(this::lookUp);
    }
  }

  /** A pass, then a rest. */
  private void relay() {
    long began = threads.nanoTime();
    nudged.set(false);
    Pass pass = stopping ? Pass.IDLE : pass();
    long now = threads.nanoTime();
    long poll = options.pollInterval().toNanos();
    restUntil = now + (pass == Pass.STUCK ? Math.max(poll, now - began) : poll);
    hastenedByNudge = pass == Pass.CLEAR;
    healthy = true;
    rest();
  }

  /** Until the next pass is due; looks up now and then for what cannot wait. */
  private void rest() {
    long slice = options.lease().toNanos() / 3;
    long left = restUntil - threads.nanoTime();
    next = timer.schedule(this::lookUp, Math.max(0, Math.min(left, slice)), TimeUnit.NANOSECONDS);
  }

  private void lookUp() {
    Future<?> planned = next;
    if (planned != null) {
      planned.cancel(false);
    }
    if (stopping) {
      return;
    }
    if (restUntil - threads.nanoTime() <= 0 || (hastenedByNudge && nudged.get())) {
      relay();
    } else {
      healthy = healthy && tend();
      rest();
    }
  }

  /** How a pass ended. */
  enum Pass {
    /** Little or nothing is left: the next nudge starts a pass. */
    CLEAR,
    /** More than a page is left: passes cost, so nudges do not hasten them. */
    STUCK,
    /** Another relay has the lease, or the storage failed: wait for the next poll. */
    IDLE
  }

  /** Offers everything in the outbox once. */
  Pass pass() {
    try {
      gauge.measureIfDue();
      if (!lease.ensure()) {
        return Pass.IDLE;
      }
      chains.remove();
      return pages();
    } catch (RuntimeException e) {
      complaints.about("Relaying events failed", e);
      return Pass.IDLE;
    }
  }

  private Pass pages() {
    UUID after = null;
    long left = Long.MAX_VALUE;
    while (!stopping && lease.ensure()) {
      gauge.measureIfDue();
      List<Event> page = outbox.oldest(after, options.batch());
      boolean gone = chains.publish(page, lease.term());
      left -= page.size();
      if (page.size() < options.batch()) {
        return after == null ? Pass.CLEAR : Pass.STUCK;
      }
      if (!gone) {
        if (after == null) {
          left = gauge.measure().events() - page.size();
        }
        after = page.get(page.size() - 1).orderId();
      }
      if (left <= 0 || chains.isFull()) {
        return Pass.STUCK;
      }
    }
    return Pass.IDLE;
  }

  /** What cannot wait for the next pass: the lease, and what slow consumers took meanwhile. */
  private boolean tend() {
    try {
      if (chains.hasEnded()) {
        chains.remove();
      }
      return lease.ensure();
    } catch (RuntimeException e) {
      complaints.about("Relaying events failed", e);
      return false;
    }
  }
}
