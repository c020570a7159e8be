package com.techcorp.messaging.internal;

import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.ConsumerBacklog.Due;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is due in the consumers' backlogs: every second, and when a lane wants it.
 * Thread-safe.
 */
final class BacklogReader {
  private static final Logger log = LoggerFactory.getLogger(BacklogReader.class);

  private static final long WAKE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** A wait may grow by this fraction, so that one read serves many waits. */
  private static final int WAIT_TO_GRID = 8;

  private final BusContext context;
  private final BacklogThread thread;
  private final List<ConsumerLane> lanes;
  private final RateLimitedLog limitedLog;

  /** The times of the next reads of the backlog, monotonic. */
  private final TreeSet<Long> wakes = new TreeSet<>();

  private volatile boolean stopped;

  /**
   * @param thread where it reads
   * @param lanes whose backlogs it reads; more may come
   */
  BacklogReader(BusContext context, BacklogThread thread, List<ConsumerLane> lanes) {
    this.context = context;
    this.thread = thread;
    this.lanes = lanes;
    this.limitedLog = new RateLimitedLog(log, context.threads()::nanoTime);
  }

  /** What was to be read on a thread that does not come back is read on another one. */
  void threadIsReplaced() {
    synchronized (wakes) {
      wakes.clear();
    }
  }

  /**
   * Schedules a read of the backlogs after a delay or a little later; requests at nearly the same
   * time share one read. The longer the wait, the coarser the grid; its steps are powers of two, so
   * that grids share points.
   */
  void wakeIn(Duration delay) {
    long now = context.threads().nanoTime();
    long grid =
        Math.max(1, Long.highestOneBit(delay.toNanos() / (WAIT_TO_GRID * WAKE_EVERY_NANOS)));
    long at = (Math.floorDiv(now + delay.toNanos(), grid * WAKE_EVERY_NANOS) + 1) * grid;
    synchronized (wakes) {
      if (stopped || !wakes.add(at)) {
        return;
      }
    }
    thread
        .current()
        .schedule(
            () -> {
              synchronized (wakes) {
                wakes.remove(at);
              }
              read();
            },
            at * WAKE_EVERY_NANOS - now,
            TimeUnit.NANOSECONDS);
  }

  /** Reads once, for as much as there is room in the lanes. */
  void read() {
    ScheduledExecutorService mine = thread.current();
    try {
      readFor(mine);
    } finally {
      thread.cameBack(mine);
    }
  }

  private void readFor(ScheduledExecutorService mine) {
    Fence holder = context.lease().get();
    Map<String, ConsumerLane> byName = new HashMap<>();
    Map<String, Integer> most = new HashMap<>();
    for (ConsumerLane lane : lanes) {
      int room = lane.room();
      if (room > 0) {
        byName.put(lane.subscription().consumer(), lane);
        most.put(lane.subscription().consumer(), room);
      }
    }
    if (stopped || holder == null || most.isEmpty()) {
      return;
    }
    try {
      List<Due> all = context.backlog().due(holder, most);
      if (mine != thread.current()) {
        return; // so late that another thread has read it again
      }
      for (Due due : all) {
        Objects.requireNonNull(byName.get(due.queue().consumer())).take(due);
      }
    } catch (Throwable e) {
      limitedLog.about("Consumers' backlogs cannot be read", e);
      context.faults().caught(e);
    }
  }

  boolean isStopped() {
    return stopped;
  }

  /** Reads nothing any more; false if it did not before either. */
  boolean stop() {
    synchronized (wakes) {
      boolean first = !stopped;
      stopped = true;
      return first;
    }
  }
}
