package com.techcorp.saga.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.Unavailable;
import com.techcorp.saga.Fence;
import com.techcorp.saga.UnitOfWork;
import com.techcorp.saga.UnitOfWork.UnstorableData;
import com.techcorp.saga.Verdict;
import com.techcorp.saga.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works wait here in memory; a worker takes all that wait, commits them in one transaction and
 * hands each its verdict. While one batch commits the next gathers; nothing waits for a timer. The
 * bound on what waits is the engine's bound on sagas in flight.
 */
final class Lane implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);
  private static final long CLOSE_SECONDS = 30;

  private final UnitOfWork storage;
  private final Ownership ownership;
  private final int maxBatch;
  private final int maxWorkers;
  private final ExecutorService pool;
  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger workers = new AtomicInteger();
  private volatile boolean closing;

  /** A verdict and the lease under which it was given. */
  record Settled(Verdict verdict, Fence fence) {}

  private record Item(Work work, CompletableFuture<Settled> settled) {}

  Lane(UnitOfWork storage, Ownership ownership, int maxBatch, int workers, Threads threads) {
    this.storage = storage;
    this.ownership = ownership;
    this.maxBatch = maxBatch;
    this.maxWorkers = workers;
    this.pool = threads.pool("techcorp-lane", workers);
  }

  /** The verdict comes on a worker's thread, or exceptionally as UnitOfWork.commit throws. */
  CompletableFuture<Settled> submit(Work work) {
    Item item = new Item(work, new CompletableFuture<>());
    queue.add(item);
    if (!closing) {
      startWorker();
    }
    if (closing && queue.remove(item)) {
      refuse(item);
    }
    return item.settled();
  }

  private void startWorker() {
    int running = workers.get();
    while (running < maxWorkers) {
      if (workers.compareAndSet(running, running + 1)) {
        execute();
        return;
      }
      running = workers.get();
    }
  }

  private void execute() {
    try {
      pool.execute(this::work);
    } catch (RejectedExecutionException e) {
      workers.decrementAndGet(); // closed: what waits is refused there
    }
  }

  private void work() {
    try {
      List<Item> taken = new ArrayList<>();
      while (queue.drainTo(taken, maxBatch) > 0) {
        commit(taken);
        taken.clear();
      }
    } finally {
      workers.decrementAndGet();
    }
    if (!queue.isEmpty()) {
      startWorker(); // it came when this one had just looked
    }
  }

  private void commit(List<Item> taken) {
    Map<UUID, Item> batch = new LinkedHashMap<>();
    for (Item item : taken) {
      if (batch.putIfAbsent(item.work().id(), item) != null) {
        queue.add(item); // the same id twice: one after the other
      }
    }
    commitBatch(List.copyOf(batch.values()));
  }

  private void commitBatch(List<Item> batch) {
    List<Work> works = batch.stream().map(Item::work).toList();
    try {
      ownership.fenced(
          fence -> {
            List<Verdict> verdicts = storage.commit(fence, works);
            for (int i = 0; i < verdicts.size(); i++) {
              settle(batch.get(i), new Settled(verdicts.get(i), fence));
            }
          });
    } catch (UnstorableData e) {
      singles(batch, e);
    } catch (TechCorpException e) {
      batch.forEach(item -> item.settled().completeExceptionally(e));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      log.error("A batch of {} failed for an unexpected reason", batch.size(), e);
      Unavailable fault = new Unavailable("the storage failed unexpectedly: " + e, e);
      batch.forEach(item -> item.settled().completeExceptionally(fault));
    }
  }

  private static void settle(Item item, Settled settled) {
    try {
      item.settled().complete(settled);
    } catch (RuntimeException e) {
      log.error("Work {} was committed, but what follows it failed", item.work().id(), e);
    }
  }

  /** One bad row must not hurt its neighbours: each goes alone, and only the bad one fails. */
  private void singles(List<Item> batch, UnstorableData why) {
    if (batch.size() == 1) {
      batch.get(0).settled().completeExceptionally(why);
    } else {
      batch.forEach(item -> commitBatch(List.of(item)));
    }
  }

  private static void refuse(Item item) {
    item.settled().completeExceptionally(new Unavailable("the engine is shut down"));
  }

  /** Finishes what waits, then ends the workers. */
  @Override
  public void close() {
    closing = true;
    pool.shutdown();
    try {
      if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("A batch is still being committed after {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.forEach(Lane::refuse); // came in while it closed
  }
}
