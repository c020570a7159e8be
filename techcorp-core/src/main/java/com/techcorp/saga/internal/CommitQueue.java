package com.techcorp.saga.internal;

import com.techcorp.error.internal.Invariants;
import com.techcorp.saga.internal.GroupCommit.Item;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.WriteSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
  private final Predicate<WriteSet> needsCare;
  private final Line beginning = new Line(false);
  private final Line goingOn = new Line(false);
  private final Line refused = new Line(true);
  private final Line careful = new Line(true);
  private final List<Line> lines = List.of(goingOn, beginning, refused, careful);
  private int workers;
  private int starting;
  private int running;
  private int sidesRunning;

  /** Batches of what is refused since there was anything else. */
  private int refusedInARow;

  /** Write sets of one kind, in their order. */
  private static final class Line {
    final Deque<Item> waiting = new ArrayDeque<>();
    final boolean side;
    int passedOver;

    Line(boolean side) {
      this.side = side;
    }
  }

  /**
   * The write sets that one worker commits together.
   *
   * @param fault what kept it from taking more, or null
   */
  record Batch(List<Item> items, boolean side, @Nullable Throwable fault) {}

  CommitQueue(int maxBatch, int maxWorkers, Predicate<WriteSet> needsCare) {
    this.maxBatch = maxBatch;
    this.maxWorkers = maxWorkers;
    this.needsCare = needsCare;
  }

  /**
   * Adds an item to the queue.
   *
   * @return whether a worker is to be started for it; that one counts from now on
   */
  synchronized boolean add(Item item) {
    Line line = lineOf(item);
    line.waiting.add(item);
    refusedInARow = line == refused ? refusedInARow : 0;
    return startsWorker();
  }

  private Line lineOf(Item item) {
    if (item.refused()) {
      return refused;
    }
    if (needsCare.test(item.writeSet())) {
      return careful;
    }
    return begins(item.writeSet()) ? beginning : goingOn;
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

  private static boolean begins(WriteSet writeSet) {
    return writeSet.effects().stream()
        .anyMatch(
            effect ->
                effect instanceof SagaEffect.Create create && create.id().equals(writeSet.id()));
  }

  private boolean startsWorker() {
    int most = 0;
    for (Line line : lines) {
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
        || (line == refused && refusedInARow >= ALONE);
  }

  /**
   * Returns the batch that a started worker commits now.
   *
   * @return a batch with each id at most once; empty if another worker took all
   */
  synchronized Batch take() {
    starting--;
    check();
    Line from = next();
    if (from == null) {
      return new Batch(List.of(), false, null);
    }
    List<Item> batch = new ArrayList<>();
    Set<UUID> ids = new HashSet<>();
    Iterator<Item> waiting = from.waiting.iterator();
    Throwable fault = null;
    try {
      while (batch.size() < maxBatch && waiting.hasNext()) {
        Item item = waiting.next();
        if (ids.add(item.writeSet().id())) {
          batch.add(item);
          waiting.remove();
        }
      }
    } catch (Throwable e) {
      fault = e; // no memory for more: what was taken so far is not to be lost
    }
    running += batch.size();
    sidesRunning += from.side ? 1 : 0;
    refusedInARow += from == refused && refusedInARow < ALONE ? 1 : 0;
    return new Batch(batch, from.side, fault);
  }

  /**
   * The line that was passed over most often, then the longest; the sides not before their turn.
   */
  private @Nullable Line next() {
    Line next = null;
    for (Line line : lines) {
      boolean there = !line.waiting.isEmpty() && mayBegin(line);
      if (there && (next == null || goesBefore(line, next))) {
        next = line;
      }
    }
    if (next != null) {
      for (Line line : lines) {
        boolean waits = line != next && !line.waiting.isEmpty() && mayBegin(line);
        line.passedOver = waits ? line.passedOver + 1 : 0;
      }
    }
    return next;
  }

  private static boolean goesBefore(Line one, Line other) {
    if (one.passedOver != other.passedOver) {
      return one.passedOver > other.passedOver;
    }
    return one.side == other.side ? one.waiting.size() > other.waiting.size() : other.side;
  }

  /**
   * Marks a batch as committed; its results are not delivered yet.
   *
   * @return whether another worker is to be started meanwhile
   */
  synchronized boolean committed(Batch batch) {
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
  synchronized boolean remove(Item item) {
    return lines.stream().anyMatch(line -> line.waiting.remove(item));
  }

  /** Takes all back that no worker has taken yet. */
  synchronized List<Item> clear() {
    List<Item> all = new ArrayList<>();
    for (Line line : lines) {
      all.addAll(line.waiting);
      line.waiting.clear();
    }
    return all;
  }

  /** Returns how many no worker has taken yet. */
  synchronized int waiting() {
    return lines.stream().mapToInt(line -> line.waiting.size()).sum();
  }
}
