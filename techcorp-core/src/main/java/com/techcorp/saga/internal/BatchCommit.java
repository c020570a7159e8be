package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.FencedException;
import com.techcorp.error.Reasons;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.error.internal.Invariants;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import com.techcorp.storage.WriteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits write sets in one transaction under this process's lease, and finds out for each what it
 * came to. Thread-safe.
 *
 * <p>Without a lease nothing can be committed. What belongs to the lease that was lost fails at
 * once; everything else waits for the next one, in memory and without a thread.
 */
final class BatchCommit {
  private static final Logger log = LoggerFactory.getLogger(BatchCommit.class);

  private final UnitOfWork storage;
  private final Ownership ownership;
  private final LeaseWaiters waiters;
  private final Consumer<PendingCommit> again;
  private final FaultBoundary faults;

  /**
   * @param waiters wait for the next lease
   * @param again takes what was not written, once there is a lease
   */
  BatchCommit(
      UnitOfWork storage,
      Ownership ownership,
      LeaseWaiters waiters,
      Consumer<PendingCommit> again,
      FaultBoundary faults) {
    this.storage = storage;
    this.ownership = ownership;
    this.waiters = waiters;
    this.again = again;
    this.faults = faults;
  }

  /**
   * Commits a batch.
   *
   * @param batch with each id at most once; maybe empty
   * @return delivers each write set's result; to be run when other work need not wait for it
   */
  Runnable commit(List<PendingCommit> batch) {
    if (batch.isEmpty()) {
      return () -> {};
    }
    List<WriteSet> writeSets = batch.stream().map(PendingCommit::writeSet).toList();
    List<PendingCommit.Settled> settled = new ArrayList<>(batch.size());
    try {
      ownership.fenced(
          fence -> {
            List<CommitResult> results = storage.commit(fence, writeSets);
            Invariants.within("results of a batch", results.size(), batch.size(), batch.size());
            results.forEach(result -> settled.add(new PendingCommit.Settled(result, fence)));
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

  /** The sagas of these write sets have no driver; they must become due again. */
  void lost(List<PendingCommit> batch, Throwable fault) {
    log.error("A batch of {} was lost", batch.size(), fault);
    Fence fence = ownership.current();
    if (fence != null) {
      ownership.giveUp(fence, fault);
    }
    fail(batch, fault);
  }

  private void fail(List<PendingCommit> batch, Throwable fault) {
    UnavailableException why =
        new UnavailableException("the storage failed unexpectedly: " + Reasons.of(fault), fault);
    unknown(batch, why);
    faults.caught(fault);
  }

  /** Nothing was written, for want of a lease. */
  private void unwritten(List<PendingCommit> batch, FencedException why) {
    batch.forEach(
        item -> {
          if (item.ofOneLease()) {
            item.settled().completeExceptionally(why);
          } else {
            waiters.await(item, () -> again.accept(item), why);
          }
        });
  }

  /**
   * The result is unknown until the epoch has ended; before that, a read may miss a write that
   * still arrives. A saga's owner need not look, the node that claims it next will.
   */
  private void unknown(List<PendingCommit> batch, TechCorpException why) {
    batch.forEach(
        item -> {
          if (item.ofOneLease()) {
            item.settled().completeExceptionally(why);
          } else {
            waiters.await(item, () -> item.settled().completeExceptionally(why), why);
          }
        });
  }

  private void settle(PendingCommit item, PendingCommit.Settled settled) {
    try {
      item.settled().complete(settled);
    } catch (Throwable e) {
      log.error(
          "The write set of {} was committed, but what follows it failed", item.writeSet().id(), e);
      faults.caught(e);
    }
  }

  /** Commits each write set alone, so that only the bad one fails. */
  private Runnable singles(List<PendingCommit> batch, UnstorableDataException why) {
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
}
