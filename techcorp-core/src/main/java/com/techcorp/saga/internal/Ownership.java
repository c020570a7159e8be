package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.FencedException;
import com.techcorp.error.Reasons;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthSource;
import com.techcorp.health.HealthStatus;
import com.techcorp.saga.FaultOptions;
import com.techcorp.storage.Fence;
import com.techcorp.storage.NodeRegistry;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers this process and renews its lease. When it is lost, or a commit's fate is not known,
 * the old epoch is ended first (which waits for what is still in flight) and a fresh node is
 * registered; only then may anyone look at what became of the old one's work.
 */
final class Ownership implements HealthSource, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ownership.class);

  private final NodeRegistry registry;
  private final String name;
  private final Duration lease;
  private final Threads threads;
  private final ScheduledExecutorService timer;
  private final FaultBoundary faults;
  private final Restarts restarts;
  private volatile @Nullable HeldLease held;
  private volatile long takeOverFromNanos;
  private volatile CompletableFuture<Void> registered = new CompletableFuture<>();
  private volatile Supplier<@Nullable String> obstacle = () -> null;
  private volatile Supplier<@Nullable String> stillHung = () -> null;
  private volatile long lostAt;
  private volatile long lastBeat;
  private final AtomicLong givenUp = new AtomicLong();
  private boolean closed;

  /** A timer of its own: a heartbeat must not wait behind a claim that waits for a lock. */
  Ownership(
      NodeRegistry registry,
      String name,
      Duration lease,
      FaultOptions options,
      FaultBoundary faults,
      Threads threads) {
    this.registry = registry;
    this.faults = faults;
    this.restarts = new Restarts(options, threads::nanoTime);
    this.name = name;
    this.lease = lease;
    this.threads = threads;
    this.timer = threads.timer("techcorp-heartbeat", 1);
    this.takeOverFromNanos = threads.nanoTime();
    this.lostAt = takeOverFromNanos;
    this.lastBeat = takeOverFromNanos;
  }

  /**
   * Sets the check for what blocks this node's work, or null. Asked before each heartbeat, on a
   * thread that does nothing else: a node that cannot commit or schedule gives up its lease, and
   * takes none before it can again.
   */
  void onlyWithout(
      Supplier<@Nullable String> whatIsInTheWay, Supplier<@Nullable String> whatStillHangs) {
    obstacle = whatIsInTheWay;
    stillHung = whatStillHangs;
  }

  void start() {
    register();
    long period = lease.toMillis() / 3;
    timer.scheduleWithFixedDelay(this::beat, period, period, TimeUnit.MILLISECONDS);
  }

  /**
   * Runs a write under the current lease. If its fate is not known the lease is given up, and with
   * it everything this process holds: the node that claims it looks at what was written. A failure
   * of which the storage says that nothing was written costs no lease.
   *
   * @throws FencedException if there is no lease, or no longer; nothing was written
   */
  void fenced(Consumer<Fence> write) {
    HeldLease now = held;
    if (now == null) {
      if (restarts.isDown()) {
        throw new NotWrittenException(
            "this process stays down after too many fatal errors: restart it", null);
      }
      throw new FencedException(
          "this process has no lease at the moment; it registers as a new node by itself", null);
    }
    try {
      write.accept(now.fence());
    } catch (UnstorableDataException | NotWrittenException | WiringException e) {
      throw e;
    } catch (Throwable e) {
      giveUp(now.fence(), e);
      throw e;
    }
  }

  /**
   * Done while this process has a lease, else once it has one again. By then the epoch before it
   * has ended: what was not written under it never will be.
   */
  CompletableFuture<Void> leased() {
    return registered;
  }

  /** Returns whether this is still the lease that the process holds. */
  boolean holds(Fence fence) {
    HeldLease now = held;
    return now != null && now.isOf(fence);
  }

  /**
   * Returns whether a remote call may still be sent: the lease stands for at least a third of its
   * length.
   */
  boolean mayCall(Fence fence) {
    HeldLease now = held;
    return now != null
        && now.isOf(fence)
        && now.safeUntilNanos() - threads.nanoTime() > lease.toNanos() / 3;
  }

  /**
   * Returns whether the sagas of nodes that lapsed may be taken. After an outage everyone waits one
   * lease before that, or all would take over each other.
   */
  boolean mayTakeOver() {
    return held != null && threads.nanoTime() - takeOverFromNanos >= 0;
  }

  private void register() {
    CompletableFuture<Void> waited;
    synchronized (this) {
      if (held != null || closed || restarts.isDown()) {
        return;
      }
      long before = threads.nanoTime();
      Fence fence = registry.register(name, lease);
      held = new HeldLease(fence, before + lease.toNanos());
      lastBeat = before;
      log.debug("Registered as node {}", fence.node());
      waited = registered;
    }
    waited.complete(null);
  }

  private void beat() {
    try {
      HeldLease now = held;
      if (now == null) {
        return; // given up: comeBack() ends the old epoch first, and then registers
      }
      String stuck = obstacle.get();
      if (stuck != null) {
        giveUp(now.fence(), new UnavailableException(stuck));
        return;
      }
      long before = threads.nanoTime();
      boolean renewed = registry.renew(now.fence(), lease);
      outage(before - (now.safeUntilNanos() - lease.toNanos()));
      if (renewed) {
        synchronized (this) {
          if (held != null && held.isOf(now.fence())) {
            held = held.renewed(before + lease.toNanos());
            lastBeat = before;
          }
        }
      } else {
        giveUp(now.fence(), new FencedException("the lease ran out before it was renewed", null));
      }
    } catch (TechCorpException e) {
      log.warn("No heartbeat: {}", e.getMessage());
    } catch (Throwable e) {
      log.error("No heartbeat", e);
      faults.caught(e);
    }
  }

  private void outage(long nanosSinceLastBeat) {
    if (nanosSinceLastBeat > lease.toNanos() * 2 / 3) {
      takeOverFromNanos = threads.nanoTime() + lease.toNanos();
    }
  }

  /**
   * A fatal error: what it hit in this process is not known, so another node, perhaps of this
   * process, goes on with all that this one owns. After too many the process stays without one.
   */
  void restart(Throwable fatal) {
    boolean again = restarts.again();
    Fence fence = current();
    if (again) {
      log.error("A fatal error: the node hands over what it owns and starts again", fatal);
    } else {
      log.error(
          "A fatal error, after {}: this process takes no orders any more, restart it",
          restarts,
          fatal);
    }
    if (fence != null) {
      giveUp(fence, fatal);
    }
  }

  /**
   * Ends a lease early: its sagas become due for the node that claims them, perhaps this process
   * again.
   */
  void giveUp(Fence fence, Throwable why) {
    synchronized (this) {
      if (held == null || !held.isOf(fence)) {
        return;
      }
      registered = new CompletableFuture<>();
      held = null;
      lostAt = threads.nanoTime();
      givenUp.incrementAndGet();
      if (!(why instanceof FencedException)) {
        takeOverFromNanos = threads.nanoTime() + lease.toNanos();
      }
    }
    log.warn("Node {} gives up its lease: {}", fence.node(), why.getMessage());
    timer.execute(() -> comeBack(fence));
  }

  /** First ends the old epoch, so that no late commit of ours can arrive, then registers again. */
  private void comeBack(Fence old) {
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    try {
      registry.retire(old);
      String stuck = stillHung.get();
      if (stuck == null) {
        register();
      } else {
        log.warn("Not registered as a new node yet: {}", stuck);
        timer.schedule(() -> comeBack(old), lease.toMillis() / 10, TimeUnit.MILLISECONDS);
      }
    } catch (Throwable e) {
      log.warn("Cannot register as a new node yet: {}", Reasons.of(e));
      takeOverFromNanos = threads.nanoTime() + lease.toNanos();
      timer.schedule(() -> comeBack(old), lease.toMillis() / 10, TimeUnit.MILLISECONDS);
      faults.caught(e);
    }
  }

  /** No lease is DOWN, for nothing can be committed; a late heartbeat only DEGRADED. */
  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(restarts.findings());
    long now = threads.nanoTime();
    HeldLease mine = held;
    Duration sinceBeat = Duration.ofNanos(now - lastBeat);
    if (mine == null) {
      String what = "this process has no lease: it can commit nothing until it has one";
      Duration since = Duration.ofNanos(now - lostAt);
      findings.add(Finding.of("LEASE_LOST", HealthStatus.DOWN, what, since));
    } else if (sinceBeat.compareTo(lease.multipliedBy(2).dividedBy(3)) > 0) {
      boolean over = now - mine.safeUntilNanos() > 0;
      findings.add(
          Finding.of(
              "HEARTBEAT_LATE",
              over ? HealthStatus.DOWN : HealthStatus.DEGRADED,
              "the lease was not renewed in time: the storage is away, or this process stood still",
              sinceBeat));
    }
    return findings;
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of("node.restarts", restarts.count(), "leases.given-up", givenUp.get());
  }

  @Nullable Fence current() {
    HeldLease now = held;
    return now == null ? null : now.fence();
  }

  /** Hands over at once what this node still owns. */
  @Override
  public void close() {
    HeldLease last;
    synchronized (this) {
      closed = true;
      last = held;
      held = null;
    }
    if (last != null) {
      try {
        registry.retire(last.fence());
      } catch (Throwable e) {
        log.warn("The lease could not be handed over and runs out by itself: {}", Reasons.of(e));
      }
    }
    timer.shutdownNow();
  }
}
