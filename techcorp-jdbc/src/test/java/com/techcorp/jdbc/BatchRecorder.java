package com.techcorp.jdbc;

import com.techcorp.Storage;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between an engine and its unit of work: remembers every batch and what became of it, and
 * can hold batches back, so that write sets gather behind them.
 */
final class BatchRecorder implements UnitOfWork {
  private final UnitOfWork inner;
  private final List<Batch> batches = new ArrayList<>();
  private final AtomicInteger held = new AtomicInteger();
  private CountDownLatch gate = new CountDownLatch(0);

  /** One commit: whose write sets, and whether all of it was written. */
  record Batch(List<UUID> ids, @Nullable RuntimeException fault) {
    boolean failed() {
      return fault != null;
    }
  }

  private BatchRecorder(UnitOfWork inner) {
    this.inner = inner;
  }

  static BatchRecorder over(Storage storage) {
    return new BatchRecorder(storage.unitOfWork());
  }

  /** The same storage with this unit of work. */
  Storage in(Storage storage) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("unitOfWork")) {
                return this;
              }
              try {
                return method.invoke(storage, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** From now on batches wait; whatever comes gathers behind them. */
  synchronized void shut() {
    gate = new CountDownLatch(1);
  }

  /** How many batches wait. */
  int held() {
    return held.get();
  }

  synchronized void open() {
    gate.countDown();
  }

  synchronized void forget() {
    batches.clear();
  }

  synchronized List<Batch> batches() {
    return List.copyOf(batches);
  }

  /** The batches that had this write set, in order. */
  List<Batch> of(UUID id) {
    return batches().stream().filter(batch -> batch.ids().contains(id)).toList();
  }

  private synchronized CountDownLatch gate() {
    return gate;
  }

  private synchronized void add(Batch batch) {
    batches.add(batch);
  }

  @Override
  public List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
    List<UUID> ids = batch.stream().map(WriteSet::id).toList();
    held.incrementAndGet();
    try {
      gate().await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      held.decrementAndGet();
    }
    try {
      List<CommitResult> results = inner.commit(fence, batch);
      add(new Batch(ids, null));
      return results;
    } catch (RuntimeException e) {
      add(new Batch(ids, e));
      throw e;
    }
  }
}
