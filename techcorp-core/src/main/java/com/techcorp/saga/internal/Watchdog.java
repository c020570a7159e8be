package com.techcorp.saga.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.error.Reasons;
import com.techcorp.error.TechCorpException;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthSource;
import com.techcorp.health.HealthStatus;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that what this process owns moves. A saga that is stuck here is taken from this
 * process, and from it alone, for any process to finish; one that is late but surely under way gets
 * more time. What other processes are stuck on, and what this one does not know that it owns, is
 * found by a rare look at all live sagas.
 *
 * <p>It has a thread of its own, on which no code of the host's runs.
 */
final class Watchdog implements HealthSource, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
  private static final int SHOWN = 20;

  private final SagaJournal journal;
  private final Ownership ownership;
  private final Duration lease;
  private final MoveTimes times;
  private final Threads threads;
  private final ScheduledExecutorService timer;
  private final SagasLeftToOthers left;
  private final StuckElsewhere elsewhere;
  private final Set<DrivenSaga> driven = ConcurrentHashMap.newKeySet();

  private final AtomicLong released = new AtomicLong();
  private final AtomicLong slowBeginnings = new AtomicLong();

  Watchdog(SagaJournal journal, Ownership ownership, EngineOptions options, Threads threads) {
    this.journal = journal;
    this.ownership = ownership;
    this.lease = options.lease();
    this.times = new MoveTimes(options.lease(), options.placeTimeout(), threads::nanoTime);
    this.threads = threads;
    this.left = new SagasLeftToOthers(lease, threads::nanoTime);
    this.elsewhere = new StuckElsewhere(journal, ownership, lease, threads::nanoTime);
    this.timer = threads.timer("techcorp-watchdog", 1);
  }

  /** Begins; calls {@code onReleased} when a saga that it released is due. */
  void start(Runnable onReleased) {
    elsewhere.start(onReleased);
    long period = Math.min(500, Math.max(50, lease.toMillis() / 10));
    timer.scheduleWithFixedDelay(this::check, period, period, TimeUnit.MILLISECONDS);
  }

  /** Returns the time limits of the watched sagas. */
  MoveTimes times() {
    return times;
  }

  void watch(DrivenSaga saga) {
    driven.add(saga);
  }

  /**
   * This process drives a saga once: what it claims again it had lost before, and an execution from
   * an earlier claim lets go of it.
   */
  void watchClaimed(DrivenSaga saga) {
    for (DrivenSaga earlier : driven) {
      if (earlier.id().equals(saga.id())) {
        log.warn("Saga {} was lost by this process and is claimed by it again", saga.id());
        earlier.taken("this process lost it and claimed it again");
      }
    }
    driven.add(saga);
  }

  void forget(DrivenSaga saga) {
    driven.remove(saga);
  }

  /**
   * This process owns the saga and cannot go on with it: it alone becomes due, for any process.
   * Only if not even that can be written, the node gives up its lease. Done on the watchdog's
   * thread, since the caller's may be one that commits.
   */
  void letGo(Fence fence, UUID id, Throwable why) {
    timer.execute(
        () -> {
          try {
            handOver(fence, id, why);
          } catch (Throwable e) {
            ownership.giveUp(fence, e);
            throw e;
          }
        });
  }

  /** A saga that is skipped because its row is locked is stuck and is found as such. */
  private void handOver(Fence fence, UUID id, Throwable why) {
    if (journal.handOver(fence, List.of(id)).isEmpty()) {
      log.debug("Saga {} was not this process's own any more, or its row is locked", id);
    } else {
      leave(id);
      log.warn(
          "This process cannot go on with saga {}: it is released, any process finishes it: {}",
          id,
          Reasons.of(why));
    }
  }

  private void leave(UUID id) {
    released.incrementAndGet();
    left.add(id);
  }

  /** Returns the sagas that this process must not claim now, because it just gave them up. */
  Set<UUID> leftToOthers() {
    return left.now();
  }

  /** Describes in a sentence where this process is with a saga; null if it does not drive it. */
  @Nullable String tell(UUID id) {
    long now = threads.nanoTime();
    for (DrivenSaga saga : driven) {
      if (saga.id().equals(id)) {
        return saga.whereabouts().tell(now);
      }
    }
    return null;
  }

  private void check() {
    try {
      releaseCallers();
      releaseOwn();
      elsewhere.release();
    } catch (TechCorpException e) {
      log.warn("Looking for stuck sagas failed, will be repeated: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("Looking for stuck sagas failed, will be repeated", e);
    }
  }

  private void releaseCallers() {
    long now = threads.nanoTime();
    for (DrivenSaga saga : driven) {
      if (now - saga.beginBy() > 0 && saga.tooSlow()) {
        slowBeginnings.incrementAndGet();
      }
    }
  }

  private void releaseOwn() {
    long now = threads.nanoTime();
    List<DrivenSaga> stuck = new ArrayList<>();
    List<DrivenSaga> late = new ArrayList<>();
    for (DrivenSaga saga : driven) {
      Whereabouts at = saga.whereabouts();
      if (at.isStuck(now)) {
        stuck.add(saga);
      } else if (at.needsTime(now, lease.toNanos() / 2)) {
        late.add(saga);
      }
    }
    Fence fence = ownership.current();
    if (fence != null && !late.isEmpty()) {
      extend(fence, late, now);
    }
    if (!stuck.isEmpty()) {
      release(fence, stuck);
    }
  }

  /**
   * Extends the sagas' time by the longest that one of them may stay where it is, and the following
   * commit.
   */
  private void extend(Fence fence, List<DrivenSaga> late, long now) {
    long longest = 0;
    for (DrivenSaga saga : late) {
      longest = Math.max(longest, saga.whereabouts().until() - now);
    }
    Duration more = lease.plusNanos(longest);
    List<UUID> ids = late.stream().map(DrivenSaga::id).toList();
    Set<UUID> extended = new HashSet<>(journal.extend(fence, ids, more));
    for (DrivenSaga saga : late) {
      if (extended.contains(saga.id())) {
        saga.whereabouts().moveBy(now + more.toNanos());
      } else {
        compareWithRow(fence, saga);
      }
    }
  }

  private void release(@Nullable Fence fence, List<DrivenSaga> stuck) {
    List<UUID> ids = stuck.stream().map(DrivenSaga::id).toList();
    Set<UUID> mine = fence == null ? Set.of() : new HashSet<>(journal.release(fence, ids));
    for (DrivenSaga saga : stuck) {
      Whereabouts at = saga.whereabouts();
      if (mine.contains(saga.id())) {
        leave(saga.id());
        log.warn(
            "Saga {} is stuck {} for {} s longer than it may (thread {}): it is released, any"
                + " process finishes it",
            saga.id(),
            at.place(),
            TimeUnit.NANOSECONDS.toSeconds(at.overdueNanos(threads.nanoTime())),
            at.thread());
        saga.taken("it was stuck " + at.place());
      } else {
        compareWithRow(fence, saga);
      }
    }
  }

  /** The row was not changed: it is locked, it has more time, or it is not ours. */
  private void compareWithRow(@Nullable Fence fence, DrivenSaga saga) {
    SagaInstance row = journal.find(saga.id()).orElse(null);
    Instant moveBy = row == null || !isOwned(row, fence) ? null : row.moveBy();
    if (row == null || moveBy == null) {
      log.warn("Saga {} was late here and has moved on without this process", saga.id());
      saga.taken("it moved on in another process");
    } else {
      Duration left = Duration.between(row.readAt(), moveBy);
      saga.whereabouts().moveBy(threads.nanoTime() + left.toNanos());
    }
  }

  private static boolean isOwned(SagaInstance row, @Nullable Fence fence) {
    return fence != null && Integer.valueOf(fence.node()).equals(row.owner());
  }

  @Override
  public List<Finding> findings() {
    long now = threads.nanoTime();
    List<Finding> found = new ArrayList<>();
    for (DrivenSaga saga : driven) {
      Whereabouts at = saga.whereabouts();
      if (at.overdueNanos(now) > 0 && found.size() < SHOWN) {
        found.add(
            new Finding(
                "SAGA_STUCK",
                HealthStatus.DEGRADED,
                "a saga does not move: it is " + at.place(),
                Duration.ofNanos(at.overdueNanos(now)),
                at.thread(),
                saga.id()));
      }
    }
    return found;
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of(
        "sagas.released", released.get(),
        "sagas.released-of-others", elsewhere.released(),
        "begin.timed-out", slowBeginnings.get());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
