package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.FencedException;
import com.techcorp.error.Reasons;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.error.internal.Invariants;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.ArrayList;
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
 *
 * <p>Without a lease nothing can be committed. What belongs to the lease that was lost fails at
 * once; everything else waits for the next one, in memory and without a thread.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
  private static final long CLOSE_SECONDS = 30;

  private final UnitOfWork storage;
  private final Ownership ownership;
  private final FaultBoundary faults;
  private final ExecutorService pool;
  private final CommitQueue queue;
  private final Threads threads;
  private volatile CompletableFuture<Void> alone = CompletableFuture.completedFuture(null);
  private final LeaseWaiters waiters;
  private volatile boolean closing;

  /** A result and the lease under which it was given. */
  record Settled(CommitResult result, Fence fence) {}

  /**
   * A write set that waits for its result.
   *
   * @param refused whether it only notes down a saga that was refused at its beginning
   */
  record Item(WriteSet writeSet, boolean refused, CompletableFuture<Settled> settled) {
    static Item of(WriteSet writeSet) {
      return new Item(writeSet, false, new CompletableFuture<>());
    }

    /**
     * Returns whether only the lease under which it was decided can write it: it moves a saga that
     * this process owned by then. What begins, or asks for something, goes under any lease.
     */
    boolean ofOneLease() {
      return writeSet.effects().stream()
          .anyMatch(e -> e instanceof SagaEffect.Advance || e instanceof SagaEffect.Finish);
    }
  }

  /** How many commit at once, how much, and how long one waits for a lease. */
  record Limits(int maxBatch, int workers, Duration leaseWait) {}

  GroupCommit(
      UnitOfWork storage,
      Ownership ownership,
      Limits limits,
      FaultBoundary faults,
      Threads threads,
      ScheduledExecutorService timer) {
    this.storage = storage;
    this.faults = faults;
    this.ownership = ownership;
    this.queue = new CommitQueue(limits.maxBatch(), limits.workers(), storage::needsCare);
    this.threads = threads;
    this.pool = threads.pool("techcorp-commit", limits.workers());
    this.waiters = new LeaseWaiters(ownership, limits.leaseWait(), timer);
  }

  /**
   * Commits on the calling thread if no batch is being committed: there is nothing to share one
   * with, and the threads need not wake each other. Else like {@link #submit}.
   */
  CompletableFuture<Settled> commit(WriteSet writeSet) {
    return commit(Item.of(writeSet));
  }

  /**
   * Commits as {@link #commit(WriteSet)} does, in a batch with others that were refused at their
   * start.
   */
  CompletableFuture<Settled> commitRefused(WriteSet writeSet) {
    return commit(new Item(writeSet, true, new CompletableFuture<>()));
  }

  private CompletableFuture<Settled> commit(Item item) {
    if (closing || !queue.startsAlone()) {
      return submit(item);
    }
    Runnable tell = () -> {};
    boolean interrupted = Thread.interrupted(); // a pool would refuse to wait for a connection
    CompletableFuture<Void> end = new CompletableFuture<>();
    alone = end;
    try {
      tell = commit(List.of(item));
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
  CompletableFuture<Settled> submit(WriteSet writeSet) {
    return submit(Item.of(writeSet));
  }

  private CompletableFuture<Settled> submit(Item item) {
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
      List<Item> taken = List.of();
      try {
        CommitQueue.Batch batch = queue.take();
        taken = batch.items();
        commitAndTell(batch);
      } catch (Throwable e) {
        lost(taken, e);
      } finally {
        goesOn = queue.goesOn();
      }
    }
  }

  /** The sagas of these write sets have no driver; they must become due again. */
  private void lost(List<Item> batch, Throwable fault) {
    log.error("A batch of {} was lost", batch.size(), fault);
    Fence fence = ownership.current();
    if (fence != null) {
      ownership.giveUp(fence, fault);
    }
    fail(batch, fault);
  }

  private void fail(List<Item> batch, Throwable fault) {
    UnavailableException why =
        new UnavailableException("the storage failed unexpectedly: " + Reasons.of(fault), fault);
    unknown(batch, why);
    faults.caught(fault);
  }

  private void commitAndTell(CommitQueue.Batch batch) {
    Runnable tell = () -> {};
    try {
      tell = commit(batch.items());
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

  /** Commits a batch and returns the action that delivers each write set's result. */
  private Runnable commit(List<Item> batch) {
    if (batch.isEmpty()) {
      return () -> {};
    }
    List<WriteSet> writeSets = batch.stream().map(Item::writeSet).toList();
    List<Settled> settled = new ArrayList<>(batch.size());
    try {
      ownership.fenced(
          fence -> {
            List<CommitResult> results = storage.commit(fence, writeSets);
            Invariants.within("results of a batch", results.size(), batch.size(), batch.size());
            results.forEach(result -> settled.add(new Settled(result, fence)));
          });
    } catch (UnstorableDataException e) {
      return singles(batch, e);
    } catch (FencedException e) {
      return () -> unwritten(batch, e);
    } catch (NotWrittenException | WiringException e) {
      return () -> batch.forEach(item -> item.settled().completeExceptionally(e));
    } catch (TechCorpException e) {
      return () -> unknown(batch, e);
    } catch (Throwable e) {
      log.error("A batch of {} failed for an unexpected reason", batch.size(), e);
      return () -> fail(batch, e);
    }
    return () -> {
      for (int i = 0; i < settled.size(); i++) {
        settle(batch.get(i), settled.get(i));
      }
    };
  }

  /** Nothing was written, for want of a lease. */
  private void unwritten(List<Item> batch, FencedException why) {
    batch.forEach(
        item -> {
          if (closing || item.ofOneLease()) {
            item.settled().completeExceptionally(why);
          } else {
            waiters.await(item, () -> submit(item), why);
          }
        });
  }

  /**
   * The result is unknown until the epoch has ended; before that, a read may miss a write that
   * still arrives. A saga's owner need not look, the node that claims it next will.
   */
  private void unknown(List<Item> batch, TechCorpException why) {
    batch.forEach(
        item -> {
          if (closing || item.ofOneLease()) {
            item.settled().completeExceptionally(why);
          } else {
            waiters.await(item, () -> item.settled().completeExceptionally(why), why);
          }
        });
  }

  private void settle(Item item, Settled settled) {
    try {
      item.settled().complete(settled);
    } catch (Throwable e) {
      log.error(
          "The write set of {} was committed, but what follows it failed", item.writeSet().id(), e);
      faults.caught(e);
    }
  }

  /** Commits each write set alone, so that only the bad one fails. */
  private Runnable singles(List<Item> batch, UnstorableDataException why) {
    if (batch.size() == 1) {
      return () -> batch.get(0).settled().completeExceptionally(why);
    }
    List<Runnable> tell = new ArrayList<>();
    batch.forEach(item -> tell.add(commit(List.of(item))));
    return () -> {
      tell.forEach(Runnable::run);
      faults.caught(why);
    };
  }

  private static void refuse(Item item) {
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
