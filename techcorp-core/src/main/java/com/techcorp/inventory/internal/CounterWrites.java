package com.techcorp.inventory.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.Reasons;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthSource;
import com.techcorp.health.HealthStatus;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import com.techcorp.inventory.spi.StockListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what commits left of products to the counters, on a thread of its own. A change is written
 * at once, unless something was written a moment ago: then what changes meanwhile goes into one
 * write, because each costs as much as many changes. Only the newest count of a product waits.
 * While the counters are away, the newest counts wait for them; of more products than {@value
 * #MOST_WAITING} some are left out, until their next change or a repair.
 */
public final class CounterWrites implements StockListener, HealthSource, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CounterWrites.class);

  static final int MOST_WAITING = 50_000;
  static final int MOST_AT_ONCE = 1_000;

  /** From one write to the next: counters may be behind by so much. */
  private static final Duration GATHERING = Duration.ofMillis(10);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration NOTICED = Duration.ofSeconds(10);
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final StockCounter counter;
  private final ScheduledExecutorService timer;
  private final FaultBoundary faults;
  private final LongSupplier nanoTime;
  private final Map<UUID, StockCount> waiting = new ConcurrentHashMap<>();
  private final AtomicBoolean writing = new AtomicBoolean();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong leftOut = new AtomicLong();
  private volatile Outage outage = Outage.NONE;

  /** Failed attempts in a row. */
  private record Outage(int attempts, long sinceNanos) {
    static final Outage NONE = new Outage(0, 0);

    Outage more(long now) {
      return new Outage(attempts + 1, attempts == 0 ? now : sinceNanos);
    }

    Duration pause() {
      Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10));
      return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  /**
   * Creates a writer that waits for changes.
   *
   * @param counter where to write
   * @param threads gives its timer
   * @param faults hears what the counter throws
   */
  public CounterWrites(StockCounter counter, Threads threads, FaultBoundary faults) {
    this.counter = counter;
    this.timer = threads.timer("techcorp-counters", 1);
    this.nanoTime = threads::nanoTime;
    this.faults = faults;
  }

  @Override
  public void changed(List<StockCount> counts) {
    counts.forEach(this::add);
    begin();
  }

  private void add(StockCount count) {
    if (waiting.size() >= MOST_WAITING && !waiting.containsKey(count.productId())) {
      leftOut.incrementAndGet();
    } else {
      waiting.merge(count.productId(), count, StockCount::newer);
    }
  }

  private void begin() {
    if (writing.compareAndSet(false, true)) {
      later(this::writeSome, Duration.ZERO);
    }
  }

  private void later(Runnable task, Duration pause) {
    try {
      timer.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("The counters are closed: what waits is written at the end, or not at all");
    }
  }

  private void writeSome() {
    if (!tryWrite()) {
      later(this::writeSome, outage.pause());
      return;
    }
    later(this::writeAgain, waiting.size() < MOST_AT_ONCE ? GATHERING : Duration.ZERO);
  }

  private void writeAgain() {
    if (!waiting.isEmpty()) {
      writeSome();
      return;
    }
    writing.set(false);
    if (!waiting.isEmpty()) {
      begin(); // what came before the line above, and so did not begin by itself
    }
  }

  /** Returns whether what was taken is written. */
  private boolean tryWrite() {
    List<StockCount> some = take();
    if (some.isEmpty()) {
      return true;
    }
    try {
      counter.write(some);
    } catch (Throwable e) {
      failed(some, e);
      return false;
    }
    written.addAndGet(some.size());
    if (outage.attempts() > 0) {
      log.info("The counters of available units are written again");
      outage = Outage.NONE;
    }
    return true;
  }

  private List<StockCount> take() {
    List<StockCount> taken = new ArrayList<>(Math.min(waiting.size(), MOST_AT_ONCE));
    Iterator<StockCount> all = waiting.values().iterator();
    while (taken.size() < MOST_AT_ONCE && all.hasNext()) {
      StockCount count = all.next();
      if (waiting.remove(count.productId(), count)) { // else there is a newer one by now
        taken.add(count);
      }
    }
    return taken;
  }

  private void failed(List<StockCount> counts, Throwable why) {
    counts.forEach(this::add);
    failed.incrementAndGet();
    if (outage.attempts() == 0) {
      log.warn(
          "The counters of available units cannot be written, and lag behind until they can: {}",
          Reasons.of(why));
    }
    outage = outage.more(nanoTime.getAsLong());
    faults.caught(why);
  }

  @Override
  public List<Finding> findings() {
    Outage now = outage;
    Duration since = Duration.ofNanos(nanoTime.getAsLong() - now.sinceNanos());
    return now.attempts() == 0 || since.compareTo(NOTICED) < 0
        ? List.of()
        : List.of(
            Finding.of(
                "COUNTERS_AWAY",
                HealthStatus.DEGRADED,
                "The counters of available units cannot be written",
                since));
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of(
        "counters.written", written.get(),
        "counters.failed", failed.get(),
        "counters.left-out", leftOut.get());
  }

  /**
   * Writes what still waits, unless the counters are away or it takes too long. Idempotent; changes
   * that come later are not written.
   */
  @Override
  public void close() {
    long since = nanoTime.getAsLong();
    timer.shutdown();
    try {
      timer.awaitTermination(CLOSING.toNanos(), TimeUnit.NANOSECONDS); // for a write under way
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    while (nanoTime.getAsLong() - since < CLOSING.toNanos() && !waiting.isEmpty() && tryWrite()) {
      // the next ones
    }
  }
}
