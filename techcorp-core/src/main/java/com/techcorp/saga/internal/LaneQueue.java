package com.techcorp.saga.internal;

import com.techcorp.saga.SagaEffect;
import com.techcorp.saga.Work;
import com.techcorp.saga.internal.Lane.Item;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a lane, and for how many workers it is enough. A batch costs the database a good
 * deal whatever it holds, so it pays to let works gather:
 *
 * <ul>
 *   <li>Nothing waits while no batch is being committed. Beside a running batch the next one begins
 *       once a quarter as much waits as is running, or when that one is done.
 *   <li>Sagas that begin and sagas that go on send different statements. Each kind goes into
 *       batches of its own, which so hold twice as many.
 * </ul>
 *
 * <p>Thread-safe.
 */
final class LaneQueue {
  private static final int SHARE = 4;

  private final int maxBatch;
  private final int maxWorkers;
  private final Deque<Item> beginning = new ArrayDeque<>();
  private final Deque<Item> goingOn = new ArrayDeque<>();
  private @Nullable Deque<Item> passedOver;
  private int workers;
  private int starting;
  private int running;

  LaneQueue(int maxBatch, int maxWorkers) {
    this.maxBatch = maxBatch;
    this.maxWorkers = maxWorkers;
  }

  /**
   * Adds one.
   *
   * @return whether a worker is to be started for it; that one counts from now on
   */
  synchronized boolean add(Item item) {
    (begins(item.work()) ? beginning : goingOn).add(item);
    return startsWorker();
  }

  /**
   * Whether the caller may commit one work by itself, as the only worker: none is at work, and
   * nothing waits. It counts until {@link #endsAlone}.
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
   * That one work was committed, and is still to be told.
   *
   * @return whether a worker is to be started for what came meanwhile
   */
  synchronized boolean endsAlone() {
    workers--;
    running--;
    return startsWorker();
  }

  private static boolean begins(Work work) {
    return work.effects().stream()
        .anyMatch(
            effect -> effect instanceof SagaEffect.Create create && create.id().equals(work.id()));
  }

  private boolean startsWorker() {
    int most = Math.max(beginning.size(), goingOn.size());
    boolean worth = most > 0 && (workers == 0 || (starting == 0 && most * SHARE >= running));
    if (!worth || workers == maxWorkers) {
      return false;
    }
    workers++;
    starting++;
    return true;
  }

  /**
   * What a worker that was started commits now.
   *
   * @return a batch with each id at most once; empty if another worker took all
   */
  synchronized List<Item> take() {
    Deque<Item> from = next();
    List<Item> batch = new ArrayList<>();
    Set<UUID> ids = new HashSet<>();
    Iterator<Item> waiting = from.iterator();
    while (batch.size() < maxBatch && waiting.hasNext()) {
      Item item = waiting.next();
      if (ids.add(item.work().id())) {
        batch.add(item);
        waiting.remove();
      }
    }
    starting--;
    running += batch.size();
    return batch;
  }

  /** The longer one, but nobody is passed over twice. */
  private Deque<Item> next() {
    Deque<Item> longer = beginning.size() > goingOn.size() ? beginning : goingOn;
    Deque<Item> next = passedOver == null || passedOver.isEmpty() ? longer : passedOver;
    Deque<Item> other = next == beginning ? goingOn : beginning;
    passedOver = other.isEmpty() ? null : other;
    return next;
  }

  /**
   * A batch was committed, and what it held is still to be told.
   *
   * @return whether another worker is to be started meanwhile
   */
  synchronized boolean committed(int works) {
    running -= works;
    return startsWorker();
  }

  /**
   * A worker is done with its batch.
   *
   * @return whether it takes the next; else it no longer counts
   */
  synchronized boolean goesOn() {
    workers--;
    return startsWorker();
  }

  /** Takes one back that no worker has taken yet. */
  synchronized boolean remove(Item item) {
    return beginning.remove(item) || goingOn.remove(item);
  }

  /** Takes all back that no worker has taken yet. */
  synchronized List<Item> clear() {
    List<Item> all = new ArrayList<>(beginning);
    all.addAll(goingOn);
    beginning.clear();
    goingOn.clear();
    return all;
  }
}
