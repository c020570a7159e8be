package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.TechCorpException;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.Fence;
import com.techcorp.storage.NodeRegistry;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up what is due: retries, what was signalled, what another process left behind. */
final class DueSagaPoller {
  private static final Logger log = LoggerFactory.getLogger(DueSagaPoller.class);

  private final EngineParts parts;
  private final NodeRegistry registry;
  private final List<SagaJournal.Claimable> runnable;
  private final ClaimedSagas claimedSagas;
  private final InFlight inFlight;
  private final ScheduledExecutorService timer;
  private final FaultBoundary faults;
  private final Threads threads;
  private final ClaimQuota quota = new ClaimQuota();
  private final ClaimTurn turn;
  private final AtomicBoolean wokenUp = new AtomicBoolean();
  private final AtomicLong claimed = new AtomicLong();
  private volatile boolean lookAgain;
  private volatile long hungrySince;
  private volatile boolean stopped;

  /**
   * @param runnable the definitions that this build can run
   */
  DueSagaPoller(
      EngineParts parts,
      NodeRegistry registry,
      List<SagaJournal.Claimable> runnable,
      ClaimedSagas claimedSagas,
      InFlight inFlight,
      ScheduledExecutorService timer,
      FaultBoundary faults,
      Threads threads) {
    this.parts = parts;
    this.registry = registry;
    this.runnable = runnable;
    this.claimedSagas = claimedSagas;
    this.inFlight = inFlight;
    this.timer = timer;
    this.faults = faults;
    this.threads = threads;
    this.turn = new ClaimTurn(threads::nanoTime);
  }

  void start(Duration pollInterval, Duration lease) {
    turn.endsAfter(lease);
    long poll = pollInterval.toMillis();
    timer.scheduleWithFixedDelay(this::claim, poll, poll, TimeUnit.MILLISECONDS);
    // "Within the lease plus a second" leaves no more than a part of that second for looking.
    long lapsed = Math.min(250, Math.max(50, lease.toMillis() / 20));
    timer.scheduleWithFixedDelay(this::takeOver, lapsed, lapsed, TimeUnit.MILLISECONDS);
  }

  void stop() {
    stopped = true;
  }

  /** Looks for due sagas now instead of at the next poll. */
  void wakeUp() {
    if (wokenUp.compareAndSet(false, true)) {
      timer.execute(this::claim);
    }
  }

  private void takeOver() {
    guarded(
        () -> {
          if ((parts.ownership().mayTakeOver() && registry.retireLapsed() > 0) || turn.isStuck()) {
            claim();
          }
        });
  }

  /**
   * Runs one claim at a time, so that several do not each take a share; a request that comes
   * meanwhile triggers another look.
   */
  private void claim() {
    wokenUp.set(false);
    lookAgain = true;
    while (lookAgain && turn.take()) {
      lookAgain = false;
      try {
        guarded(this::claimHandful);
      } finally {
        turn.giveBack();
      }
    }
  }

  /** Returns the problems that keep due work from being done here. */
  List<Finding> findings() {
    long now = threads.nanoTime();
    List<Finding> findings = new ArrayList<>();
    turn.stuck().ifPresent(findings::add);
    long hungry = hungrySince;
    if (hungry != 0 && now - hungry > ClaimQuota.PATIENCE_NANOS) {
      findings.add(
          Finding.of(
              "DUE_WORK_WAITS",
              HealthStatus.DEGRADED,
              "all places for due work are taken: raise EngineOptions.duePlaces, or see what holds"
                  + " them",
              Duration.ofNanos(now - hungry)));
    }
    return findings;
  }

  /** Returns how many sagas were taken up since the start. */
  long claimed() {
    return claimed.get();
  }

  private void claimHandful() {
    if (!quota.mayBegin(threads.nanoTime())) {
      return;
    }
    boolean some = claimBatch();
    quota.moreIsDue(some);
    while (some && !stopped && quota.mayGoOn()) {
      some = claimBatch();
    }
  }

  /** Records that a claimed saga has ended, waits or is lost. */
  private void leave() {
    inFlight.leaveDue();
    if (quota.giveBack()) {
      wakeUp();
    }
  }

  /**
   * True if it took any: there may be more. Fewer than there was room for does not mean that these
   * were all, because what a neighbour claims at the same moment is passed over.
   */
  private boolean claimBatch() {
    Fence fence = parts.ownership().current();
    if (fence == null) {
      return false;
    }
    long claimedAt = threads.nanoTime();
    quota.claims(claimedAt);
    int places = inFlight.reserve(ClaimQuota.CLAIM);
    if (places > 0) {
      hungrySince = 0;
    } else if (hungrySince == 0) {
      hungrySince = claimedAt;
    }
    ClaimedSagas.Claim claim = new ClaimedSagas.Claim(fence, claimedAt);
    int used = 0;
    try {
      List<SagaInstance> due = places == 0 ? List.of() : claim(fence, places);
      for (SagaInstance instance : due) {
        used++;
        quota.take();
        claimed.incrementAndGet();
        claimedSagas.resume(instance, claim, this::leave);
      }
      return !due.isEmpty();
    } finally {
      inFlight.settle(places, used);
    }
  }

  /**
   * Claims due sagas for this node. A claim whose answer is lost may have succeeded for unknown
   * sagas: the epoch is ended, as after any commit with an unknown result.
   */
  private List<SagaInstance> claim(Fence fence, int limit) {
    try {
      return parts.journal().claimDue(fence, runnable, limit, parts.watchdog().leftToOthers());
    } catch (NotWrittenException e) {
      throw e;
    } catch (Throwable e) {
      parts.ownership().giveUp(fence, e);
      throw e;
    }
  }

  private void guarded(Runnable action) {
    if (stopped) {
      return;
    }
    try {
      action.run();
    } catch (TechCorpException e) {
      log.warn("Looking for due sagas failed, will be repeated: {}", e.getMessage());
    } catch (Throwable e) {
      log.error("Looking for due sagas failed, will be repeated", e);
      faults.caught(e);
    }
  }
}
