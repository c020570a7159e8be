package com.techcorp.saga.internal;

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
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works wait here in memory; a worker takes all that wait, commits them in one transaction and
 * hands each its verdict. While one batch commits the next gathers; nothing waits for a timer. The
 * bound on what waits is the engine's bound on sagas in flight.
 */
final class Lane implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private final UnitOfWork storage;
  private final Ownership ownership;
  private final int maxBatch;
  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean closing;

  /** A verdict and the lease under which it was given. */
  record Settled(Verdict verdict, Fence fence) {}

  private record Item(Work work, CompletableFuture<Settled> settled) {}

  private static final Item END = new Item(Work.of(new UUID(0, 0)), new CompletableFuture<>());

  Lane(UnitOfWork storage, Ownership ownership, int maxBatch, int threads) {
    this.storage = storage;
    this.ownership = ownership;
    this.maxBatch = maxBatch;
    for (int i = 0; i < threads; i++) {
      Thread worker = new Thread(this::run, "techcorp-lane-" + i);
      worker.setDaemon(true);
      workers.add(worker);
      worker.start();
    }
  }

  /** The verdict comes on a worker's thread, or exceptionally as UnitOfWork.commit throws. */
  CompletableFuture<Settled> submit(Work work) {
    CompletableFuture<Settled> settled = new CompletableFuture<>();
    if (closing) {
      settled.completeExceptionally(new Unavailable("the engine is shutting down"));
    } else {
      queue.add(new Item(work, settled));
    }
    return settled;
  }

  private void run() {
    List<Item> taken = new ArrayList<>();
    try {
      while (true) {
        taken.add(queue.take());
        queue.drainTo(taken, maxBatch - 1);
        if (!commit(taken)) {
          return;
        }
        taken.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False once an end marker was among them. */
  private boolean commit(List<Item> taken) {
    int before = taken.size();
    boolean last = taken.removeIf(END::equals);
    for (int extra = before - taken.size(); extra > 1; extra--) {
      queue.add(END); // one marker a worker: this one took others' too
    }
    Map<UUID, Item> batch = new LinkedHashMap<>();
    for (Item item : taken) {
      if (batch.putIfAbsent(item.work().id(), item) != null) {
        queue.add(item); // the same id twice: one after the other
      }
    }
    if (!batch.isEmpty()) {
      commitBatch(List.copyOf(batch.values()));
    }
    return !last;
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
    } catch (RuntimeException e) {
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

  /** Finishes what waits, then ends the workers. */
  @Override
  public void close() {
    closing = true;
    workers.forEach(worker -> queue.add(END));
    for (Thread worker : workers) {
      try {
        worker.join(30_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
