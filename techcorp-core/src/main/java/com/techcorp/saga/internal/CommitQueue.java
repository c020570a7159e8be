package com.techcorp.saga.internal;

import com.techcorp.error.internal.Invariants;
import com.techcorp.saga.internal.CommitLines.Line;
import com.techcorp.storage.WriteSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * The queue of write sets that wait for a group commit; decides how many workers it needs. A batch
 * costs the database a good deal whatever it holds, so it pays to let write sets gather:
 *
 * <ul>
 *   <li>Nothing waits while no batch is being committed. Beside a running batch the next one begins
 *       once a quarter as much waits as is running, or when that one is done.
 *   <li>Sagas that begin and sagas that go on send different statements. Each kind goes into
 *       batches of its own, which so hold twice as many.
 *   <li>Write sets that need care, and sagas that are refused at their beginning, go into batches
 *       of their own too. Of those at most one is being committed at a time, if there is more than
 *       one worker, and they begin only after what else waits had its turn: a crowd that wants what
 *       is sold out or locked must not take the time of the others. Where there have been no others
 *       for a while, it has all workers.
 * </ul>
 *
 * <p>Thread-safe.
 */
final class CommitQueue {
  private static final int SHARE = 4;

  /** After this many refused batches in a row, no other work is assumed to wait. */
  private static final int ALONE = 8;

  private final int maxBatch;
  private final int maxWorkers;
  private final CommitLines lines;
  private final Predicate<Line> mayBegin = this::mayBegin;
  private int workers;
  private int starting;
  private int running;
  private int sidesRunning;

  /** Batches of what is refused since there was anything else. */
  private int refusedInARow;

  CommitQueue(int maxBatch, int maxWorkers, Predicate<WriteSet> needsCare) {
    this.maxBatch = maxBatch;
    this.maxWorkers = maxWorkers;
    this.lines = new CommitLines(needsCare);
  }

  /**
   * Adds an item to the queue.
   *
   * @return whether a worker is to be started for it; that one counts from now on
   */
  synchronized boolean add(PendingCommit item) {
    Line line = lines.lineOf(item);
    line.waiting.add(item);
    refusedInARow = line == lines.refused ? refusedInARow : 0;
    return startsWorker();
  }

  /**
   * Returns whether the caller may commit one write set by itself, as the only worker: no other
   * works, and nothing waits. It counts until {@link #endsAlone}.
   */
  synchronized boolean startsAlone() {
    if (workers > 0) {
      return false;
    }
    workers++;
    running++;
    return true;
  }

  /**
   * Marks the single write set as committed; its result is not delivered yet.
   *
   * @return whether a worker is to be started for what came meanwhile
   */
  synchronized boolean endsAlone() {
    workers--;
    running--;
    check();
    return startsWorker();
  }

  private boolean startsWorker() {
    int most = 0;
    for (Line line : lines.all) {
      most = Math.max(most, mayBegin(line) ? line.waiting.size() : 0);
    }
    boolean worth = most > 0 && (workers == 0 || (starting == 0 && most * SHARE >= running));
    if (!worth || workers == maxWorkers) {
      return false;
    }
    workers++;
    starting++;
    check();
    return true;
  }

  /**
   * Returns whether a worker may start a line; one worker is always left for the others, and a
   * single worker serves all in turn.
   */
  private boolean mayBegin(Line line) {
    return !line.side
        || sidesRunning == 0
        || maxWorkers == 1
        || (line == lines.refused && refusedInARow >= ALONE);
  }

  /**
   * Returns the batch that a started worker commits now.
   *
   * @return a batch with each id at most once; empty if another worker took all
   */
  synchronized CommitBatch take() {
    starting--;
    check();
    Line from = lines.next(mayBegin);
    if (from == null) {
      return new CommitBatch(List.of(), false, null);
    }
    CommitBatch batch = from.take(maxBatch);
    running += batch.items().size();
    sidesRunning += from.side ? 1 : 0;
    refusedInARow += from == lines.refused && refusedInARow < ALONE ? 1 : 0;
    return batch;
  }

  /**
   * Marks a batch as committed; its results are not delivered yet.
   *
   * @return whether another worker is to be started meanwhile
   */
  synchronized boolean committed(CommitBatch batch) {
    running -= batch.items().size();
    sidesRunning -= batch.side() ? 1 : 0;
    check();
    return startsWorker();
  }

  /**
   * A worker is done with its batch.
   *
   * @return whether it takes the next; else it no longer counts
   */
  synchronized boolean goesOn() {
    workers--;
    check();
    return startsWorker();
  }

  private void check() {
    Invariants.within("commit workers", workers, 0, maxWorkers);
    Invariants.within("commit workers that begin", starting, 0, workers);
    Invariants.within("write sets being committed", running, 0, Integer.MAX_VALUE);
    Invariants.within("batches of what is refused", sidesRunning, 0, workers);
  }

  /** Takes one back that no worker has taken yet. */
  synchronized boolean remove(PendingCommit item) {
    return lines.remove(item);
  }

  /** Takes all back that no worker has taken yet. */
  synchronized List<PendingCommit> clear() {
    return lines.clear();
  }

  /** Returns how many no worker has taken yet. */
  synchronized int waiting() {
    return lines.size();
  }
}
