package com.techcorp.bench.scenario.counters;

import com.techcorp.Storage;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import com.techcorp.inventory.spi.StockListener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.HdrHistogram.Histogram;

/**
 * Counters that time themselves: from the return of each commit that changed a product until a
 * write with that version, or a newer one, was answered. Wire both this and the storage that {@link
 * #in} gives.
 */
final class CounterLag implements StockCounter {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int DIGITS = 3;

  private final StockCounter counter;
  private final Map<UUID, Queue<Change>> changes = new ConcurrentHashMap<>();
  private final Histogram lags = new Histogram(LONGEST.toNanos(), DIGITS);
  private volatile boolean measuring;

  CounterLag(StockCounter counter) {
    this.counter = counter;
  }

  /**
   * A change that no answered write covers yet.
   *
   * @param nanos when its commit had returned
   * @param counts whether it was made while it was measured
   */
  private record Change(long version, long nanos, boolean counts) {}

  /** Whether the changes from now on count. */
  void measure(boolean on) {
    measuring = on;
  }

  /** The times of all changes that count, in nanoseconds, once no commit is under way. */
  Histogram seen() {
    synchronized (lags) {
      return lags.copy();
    }
  }

  /** Changes that no answered write covers. */
  long waiting() {
    return changes.values().stream().mapToLong(Queue::size).sum();
  }

  /** The storage, with its commits' returns noted. */
  Storage in(Storage storage) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("countingUnitOfWork")
                    ? storage.countingUnitOfWork(noted((StockListener) arguments[0]))
                    : method.invoke(storage, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** A listener hears of a change when its commit has returned. */
  StockListener noted(StockListener listener) {
    return counts -> {
      long now = System.nanoTime();
      for (StockCount count : counts) {
        changes
            .computeIfAbsent(count.productId(), product -> new ConcurrentLinkedQueue<>())
            .add(new Change(count.version(), now, measuring));
      }
      listener.changed(counts);
    };
  }

  @Override
  public void write(List<StockCount> counts) {
    counter.write(counts);
    long now = System.nanoTime();
    counts.forEach(count -> written(count, now));
  }

  private void written(StockCount count, long now) {
    Queue<Change> waiting = changes.get(count.productId());
    if (waiting != null) {
      waiting.removeIf(change -> change.version() <= count.version() && covered(change, now));
    }
  }

  private boolean covered(Change change, long now) {
    if (change.counts()) {
      synchronized (lags) {
        lags.recordValue(Math.min(now - change.nanos(), LONGEST.toNanos()));
      }
    }
    return true;
  }

  @Override
  public Map<UUID, StockCount> read(Collection<UUID> products) {
    return counter.read(products);
  }

  @Override
  public void replace(StockCount wrong, StockCount right) {
    counter.replace(wrong, right);
  }
}
