package com.techcorp.saga.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether this node's commits and timers make progress: for operators, and for the lease,
 * which a stuck node gives up. Thread-safe.
 */
final class EngineHealth {
  private final Duration lease;
  private final CommitProgress commits;
  private final GroupCommit groupCommit;
  private final ScheduledExecutorService timer;
  private final Threads threads;
  private volatile long lastTurn;

  EngineHealth(
      Duration lease,
      CommitProgress commits,
      GroupCommit groupCommit,
      ScheduledExecutorService timer,
      Threads threads) {
    this.lease = lease;
    this.commits = commits;
    this.groupCommit = groupCommit;
    this.timer = timer;
    this.threads = threads;
    this.lastTurn = threads.nanoTime();
  }

  /** Begins to watch the timers. */
  void start() {
    lastTurn = threads.nanoTime();
    long turns = Math.max(1, lease.toMillis() / 6);
    timer.scheduleWithFixedDelay(
        () -> lastTurn = threads.nanoTime(), 0, turns, TimeUnit.MILLISECONDS);
  }

  /** Returns what blocks this node's work; while it does, no caller is kept waiting. */
  @Nullable String obstacle() {
    String stuck = commits.obstacle();
    return stuck == null ? lateTimers() : failsWaiting(stuck);
  }

  /**
   * Returns what blocks the node's return; without a lease nothing commits, so only hung calls
   * count.
   */
  @Nullable String stillHung() {
    CommitProgress.Longest longest = commits.longest();
    return longest != null && longest.since().compareTo(lease) > 0
        ? failsWaiting("thread " + longest.thread() + " is still in one commit")
        : lateTimers();
  }

  private String failsWaiting(String stuck) {
    timer.execute(() -> groupCommit.failWaiting(stuck));
    return stuck;
  }

  private @Nullable String lateTimers() {
    Duration late = sinceLastTurn();
    return late.compareTo(lease) > 0 ? "its timers have had no turn for " + late : null;
  }

  private Duration sinceLastTurn() {
    return Duration.ofNanos(threads.nanoTime() - lastTurn);
  }

  /** Returns the parts that make no progress. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    Duration half = lease.dividedBy(2);
    Duration idle = commits.stuckFor();
    CommitProgress.Longest longest = commits.longest();
    if (idle.compareTo(half) > 0) {
      findings.add(
          new Finding(
              "LANE_STUCK",
              severity(idle),
              "no batch was committed although some wait",
              idle,
              longest == null ? null : longest.thread(),
              null));
    }
    Duration late = sinceLastTurn();
    if (late.compareTo(half) > 0) {
      findings.add(
          Finding.of(
              "TIMERS_LATE", severity(late), "the timers have no turn: nothing is due", late));
    }
    return findings;
  }

  private HealthStatus severity(Duration since) {
    return since.compareTo(lease) > 0 ? HealthStatus.DOWN : HealthStatus.DEGRADED;
  }
}
