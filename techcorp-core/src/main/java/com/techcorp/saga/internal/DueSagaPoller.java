package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.TokenRedaction;
import com.techcorp.health.Finding;
import com.techcorp.health.Health;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.Signal;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.NodeRegistry;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up what is due: retries, what was signalled, what another process left behind. */
final class DueSagaPoller {
  private static final Logger log = LoggerFactory.getLogger(DueSagaPoller.class);
  private static final int CLAIM = 256;

  /** With so many in its hands a process leaves the rest to others, as long as those take it. */
  private static final int HANDFUL = 2 * CLAIM;

  /** What is due for so long although others could have taken it, it takes with full hands too. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SagaJournal journal;
  private final NodeRegistry registry;
  private final List<SagaJournal.Claimable> runnable;
  private final Definitions definitions;
  private final JournalEntries entries;
  private final Ownership ownership;
  private final InFlight inFlight;
  private final SagaRunner runner;
  private final GroupCommit groupCommit;
  private final ScheduledExecutorService timer;
  private final FaultBoundary faults;
  private final Threads threads;
  private final AtomicBoolean wokenUp = new AtomicBoolean();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicBoolean claiming = new AtomicBoolean();
  private volatile boolean lookAgain;
  private volatile boolean moreIsDue;
  private volatile long lastClaim;
  private final AtomicLong claimed = new AtomicLong();
  private volatile long claimingSince;
  private volatile long hungrySince;
  private volatile long leaseNanos = Long.MAX_VALUE;
  private volatile boolean stopped;

  DueSagaPoller(
      SagaJournal journal,
      NodeRegistry registry,
      List<SagaJournal.Claimable> runnable,
      Definitions definitions,
      JournalEntries entries,
      Ownership ownership,
      InFlight inFlight,
      SagaRunner runner,
      GroupCommit groupCommit,
      ScheduledExecutorService timer,
      FaultBoundary faults,
      Threads threads) {
    this.journal = journal;
    this.registry = registry;
    this.runnable = runnable;
    this.definitions = definitions;
    this.entries = entries;
    this.ownership = ownership;
    this.inFlight = inFlight;
    this.runner = runner;
    this.groupCommit = groupCommit;
    this.timer = timer;
    this.faults = faults;
    this.threads = threads;
  }

  void start(Duration pollInterval, Duration lease) {
    leaseNanos = lease.toNanos();
    long poll = pollInterval.toMillis();
    timer.scheduleWithFixedDelay(this::claim, poll, poll, TimeUnit.MILLISECONDS);
    // "Within the lease plus a second" leaves no more than a part of that second for looking.
    long lapsed = Math.min(250, Math.max(50, lease.toMillis() / 20));
    timer.scheduleWithFixedDelay(this::takeOver, lapsed, lapsed, TimeUnit.MILLISECONDS);
  }

  void stop() {
    stopped = true;
  }

  /** Something was just made due by this process: do not wait for the next poll. */
  void wakeUp() {
    if (wokenUp.compareAndSet(false, true)) {
      timer.execute(this::claim);
    }
  }

  private void takeOver() {
    guarded(
        () -> {
          if ((ownership.mayTakeOver() && registry.retireLapsed() > 0) || isClaimStuck()) {
            claim();
          }
        });
  }

  /** One at a time, or several would each take a handful; who comes meanwhile has it look again. */
  private void claim() {
    wokenUp.set(false);
    lookAgain = true;
    while (lookAgain && mayClaim()) {
      lookAgain = false;
      try {
        guarded(this::claimHandful);
      } finally {
        claiming.set(false);
      }
    }
  }

  /** A claim that stands still, on a lock or in code of the host's, keeps nobody from the next. */
  private boolean mayClaim() {
    long now = threads.nanoTime();
    if (claiming.compareAndSet(false, true) || isClaimStuck()) {
      claimingSince = now;
      return true;
    }
    return false;
  }

  private boolean isClaimStuck() {
    return claiming.get() && threads.nanoTime() - claimingSince > leaseNanos;
  }

  /** What keeps due work from being done here. */
  List<Finding> findings() {
    long now = threads.nanoTime();
    List<Finding> findings = new ArrayList<>();
    if (isClaimStuck()) {
      findings.add(
          Finding.of(
              "CLAIM_STUCK",
              Health.Status.DEGRADED,
              "taking up what is due does not come to an end",
              Duration.ofNanos(now - claimingSince)));
    }
    long hungry = hungrySince;
    if (hungry != 0 && now - hungry > PATIENCE_NANOS) {
      findings.add(
          Finding.of(
              "DUE_WORK_WAITS",
              Health.Status.DEGRADED,
              "all places for due work are taken: raise EngineOptions.duePlaces, or see what holds"
                  + " them",
              Duration.ofNanos(now - hungry)));
    }
    return findings;
  }

  /** How many sagas were taken up since the start. */
  long claimed() {
    return claimed.get();
  }

  private void claimHandful() {
    if (taken.get() >= HANDFUL && threads.nanoTime() - lastClaim < PATIENCE_NANOS) {
      return;
    }
    boolean some = claimBatch();
    moreIsDue = some;
    while (some && !stopped && taken.get() < HANDFUL) {
      some = claimBatch();
    }
  }

  /**
   * One that was taken up has ended, waits, or is lost. What a dead process left is shared by those
   * who live, each taking more as it gets done with what it took.
   */
  private void leave() {
    inFlight.leaveDue();
    if (taken.decrementAndGet() < CLAIM && moreIsDue) {
      wakeUp();
    }
  }

  /**
   * True if it took any: there may be more. Fewer than there was room for does not mean that these
   * were all, because what a neighbour claims at the same moment is passed over.
   */
  private boolean claimBatch() {
    Fence fence = ownership.current();
    if (fence == null) {
      return false;
    }
    long claimedAt = threads.nanoTime();
    lastClaim = claimedAt;
    int places = inFlight.reserve(CLAIM);
    if (places > 0) {
      hungrySince = 0;
    } else if (hungrySince == 0) {
      hungrySince = claimedAt;
    }
    int used = 0;
    try {
      List<SagaInstance> due = places == 0 ? List.of() : claim(fence, places);
      for (SagaInstance instance : due) {
        used++;
        taken.incrementAndGet();
        claimed.incrementAndGet();
        resume(instance, fence, claimedAt);
      }
      return !due.isEmpty();
    } finally {
      inFlight.settle(places, used);
    }
  }

  /**
   * A claim whose answer is lost may have been made, and nobody knows of which sagas: the epoch is
   * ended, as after any commit whose fate is not known.
   */
  private List<SagaInstance> claim(Fence fence, int limit) {
    try {
      return journal.claimDue(fence, runnable, limit, runner.watchdog().leftToOthers());
    } catch (NotWrittenException e) {
      throw e;
    } catch (Throwable e) {
      ownership.giveUp(fence, e);
      throw e;
    }
  }

  private void resume(SagaInstance instance, Fence fence, long claimedAt) {
    SagaDefinition<?> definition =
        definitions.find(instance.definition(), instance.version()).orElseThrow();
    try {
      resumeAs(definition, instance, fence, claimedAt);
    } catch (UnstorableDataException e) {
      park(instance, e.getMessage() == null ? "unreadable" : e.getMessage(), e, fence);
    } catch (TechCorpException e) {
      runner
          .watchdog()
          .letGo(fence, instance.id(), e); // it is owned now, so it must become due again
      leave();
    } catch (Throwable e) {
      // What was claimed with it must still be taken up: nobody else will.
      park(instance, "it cannot be taken up: " + TokenRedaction.NONE.reason(e), e, fence);
    }
  }

  private <D> void resumeAs(
      SagaDefinition<D> definition, SagaInstance instance, Fence fence, long claimedAt) {
    if (definition.indexOf(instance.position().step()) < 0) {
      throw new UnstorableDataException(
          "this build's definition has no step " + instance.position().step(), null);
    }
    LiveSaga<D> saga = entries.read(definition, instance);
    List<Signal> unread = List.of();
    if (instance.signals() > instance.handled()) {
      List<Signal> all = journal.signals(instance.id());
      unread = all.subList(Math.min(instance.handled(), all.size()), all.size());
    }
    runner.resume(saga, unread, fence, claimedAt, this::leave);
  }

  /**
   * Unreadable data: the row is kept as it is, only its state changes. What was asked of the saga
   * stays unheeded, for a build that can read it.
   */
  private void park(SagaInstance instance, String error, Throwable why, Fence fence) {
    log.error("Saga {} is PARKED: {}", instance.id(), error, TokenRedaction.NONE.safe(why));
    SagaPosition parked =
        instance.position().parked(Objects.requireNonNull(JournalEntries.printable(error)));
    SagaEffect.Advance entry =
        new SagaEffect.Advance(
            instance.id(), instance.revision(), instance.signals(), instance.handled(), parked);
    groupCommit
        .submit(WriteSet.of(instance.id(), entry))
        .whenComplete((settled, fault) -> parked(instance, error, why, fence, settled, fault));
  }

  private void parked(
      SagaInstance instance,
      String error,
      Throwable why,
      Fence fence,
      GroupCommit.@Nullable Settled settled,
      @Nullable Throwable fault) {
    if (fault != null) {
      runner
          .watchdog()
          .letGo(fence, instance.id(), fault); // nobody drives it, so it must become due again
    } else if (settled != null
        && settled.result() instanceof CommitResult.Refused refused
        && refused.failure().code().equals(SagaEffect.SIGNALLED)) {
      timer.execute(() -> parkAsItIsNow(instance, error, why, fence));
      return;
    } else if (settled != null && settled.result() instanceof CommitResult.Busy) {
      // Somebody keeps its row locked.
      timer.schedule(() -> parkAsItIsNow(instance, error, why, fence), 1, TimeUnit.SECONDS);
      return;
    }
    leave();
    faults.caught(why);
  }

  /** It was sent a signal meanwhile, which must find it PARKED and not owned by nobody at work. */
  private void parkAsItIsNow(SagaInstance claimed, String error, Throwable why, Fence fence) {
    try {
      SagaInstance now = journal.find(claimed.id()).orElse(null);
      if (now != null && now.revision() == claimed.revision()) {
        park(now.withPosition(claimed.position()), error, why, fence);
        return;
      }
    } catch (Throwable e) {
      runner.watchdog().letGo(fence, claimed.id(), e);
      faults.caught(e);
    }
    leave();
    faults.caught(why);
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
