package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.UnavailableException;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Write sets wait here in memory; a worker takes all that wait, commits them in one transaction and
 * hands each its result. While one batch commits the next gathers; nothing waits for a timer. The
 * bound on what waits is the engine's bound on sagas in flight.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
  private static final long CLOSE_SECONDS = 30;

  private final FaultBoundary faults;
  private final ExecutorService pool;
  private final CommitQueue queue;
  private final Threads threads;
  private volatile CompletableFuture<Void> alone = CompletableFuture.completedFuture(null);
  private final LeaseWaiters waiters;
  private final BatchCommit batches;
  private volatile boolean closing;

  GroupCommit(
      UnitOfWork storage,
      Ownership ownership,
      CommitLimits limits,
      FaultBoundary faults,
      Threads threads,
      ScheduledExecutorService timer) {
    this.faults = faults;
    this.queue = new CommitQueue(limits.maxBatch(), limits.workers(), storage::needsCare);
    this.threads = threads;
    this.pool = threads.pool("techcorp-commit", limits.workers());
    this.waiters = new LeaseWaiters(ownership, limits.leaseWait(), timer);
    this.batches = new BatchCommit(storage, ownership, waiters, this::submit, faults);
  }

  /**
   * Commits on the calling thread if no batch is being committed: there is nothing to share one
   * with, and the threads need not wake each other. Else like {@link #submit}.
   */
  CompletableFuture<PendingCommit.Settled> commit(WriteSet writeSet) {
    return commit(PendingCommit.of(writeSet));
  }

  /**
   * Commits as {@link #commit(WriteSet)} does, in a batch with others that were refused at their
   * start.
   */
  CompletableFuture<PendingCommit.Settled> commitRefused(WriteSet writeSet) {
    return commit(new PendingCommit(writeSet, true, new CompletableFuture<>()));
  }

  private CompletableFuture<PendingCommit.Settled> commit(PendingCommit item) {
    if (closing || !queue.startsAlone()) {
      return submit(item);
    }
    Runnable tell = () -> {};
    boolean interrupted = Thread.interrupted(); // a pool would refuse to wait for a connection
    CompletableFuture<Void> end = new CompletableFuture<>();
    alone = end;
    try {
      tell = batches.commit(List.of(item));
    } finally {
      end.complete(null);
      if (queue.endsAlone()) {
        startWorker();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    tell.run();
    return item.settled();
  }

  /** The result comes on a worker's thread, or exceptionally as UnitOfWork.commit throws. */
  CompletableFuture<PendingCommit.Settled> submit(WriteSet writeSet) {
    return submit(PendingCommit.of(writeSet));
  }

  private CompletableFuture<PendingCommit.Settled> submit(PendingCommit item) {
    if (queue.add(item)) {
      startWorker();
    }
    if (closing && queue.remove(item)) {
      refuse(item);
    }
    return item.settled();
  }

  private void startWorker() {
    try {
      pool.execute(this::work);
    } catch (RejectedExecutionException e) {
      log.debug("The group commit is closed: what waits is refused there");
    }
  }

  private void work() {
    boolean goesOn = true;
    while (goesOn) {
      List<PendingCommit> taken = List.of();
      try {
        CommitBatch batch = queue.take();
        taken = batch.items();
        commitAndTell(batch);
      } catch (Throwable e) {
        batches.lost(taken, e);
      } finally {
        goesOn = queue.goesOn();
      }
    }
  }

  private void commitAndTell(CommitBatch batch) {
    Runnable tell = () -> {};
    try {
      tell = batches.commit(batch.items());
    } finally {
      if (queue.committed(batch)) {
        startWorker();
      }
    }
    tell.run();
    if (batch.fault() != null) {
      faults.caught(batch.fault());
    }
  }

  private static void refuse(PendingCommit item) {
    item.settled().completeExceptionally(new UnavailableException("the engine is shut down"));
  }

  /** Returns how many write sets wait for a batch. */
  int waiting() {
    return queue.waiting();
  }

  /** Fails waiting write sets while this group commit is stuck; none of them was sent. */
  void failWaiting(String why) {
    UnavailableException fault = new UnavailableException(why);
    queue.clear().forEach(item -> item.settled().completeExceptionally(fault));
  }

  /** Finishes what waits, then ends the workers. */
  @Override
  public void close() {
    closing = true;
    waiters.close();
    pool.shutdown();
    try {
      if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)
          || !threads.await(alone, Duration.ofSeconds(CLOSE_SECONDS))) {
        log.warn("A batch is still being committed after {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.clear().forEach(GroupCommit::refuse); // came in while it closed
  }
}
