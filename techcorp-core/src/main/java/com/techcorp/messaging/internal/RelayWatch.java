package com.techcorp.messaging.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.health.Finding;
import com.techcorp.health.Health;
import com.techcorp.health.HealthSource;
import com.techcorp.messaging.Outbox;
import com.techcorp.saga.Fence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that no event waits for a thread that does not come back. While one of the relay's
 * threads is stuck, the events that this node has held for too long are given back to the outbox,
 * where the relay of any other process takes them. Thread-safe.
 */
final class RelayWatch implements HealthSource {
  /** Far longer than a storage or a bus that answers at all takes. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Logger log = LoggerFactory.getLogger(RelayWatch.class);

  private final Outbox outbox;
  private final Supplier<@Nullable Fence> lease;
  private final Threads threads;
  private final Set<Stay> stays = ConcurrentHashMap.newKeySet();
  private final AtomicLong released = new AtomicLong();
  private long releaseAt;

  /** A thread within a call, or work without a thread. Each is one of its own, so not a record. */
  static final class Stay {
    private final String place;
    private final @Nullable String thread;
    private final long since;
    private final Runnable whenStuck;
    private boolean told;

    private Stay(String place, @Nullable String thread, long since, Runnable whenStuck) {
      this.place = place;
      this.thread = thread;
      this.since = since;
      this.whenStuck = whenStuck;
    }
  }

  RelayWatch(Outbox outbox, Supplier<@Nullable Fence> lease, Threads threads) {
    this.outbox = outbox;
    this.lease = lease;
    this.threads = threads;
    this.releaseAt = threads.nanoTime();
  }

  /**
   * Before a call that may not come back; then {@link #leave}, however it ended.
   *
   * @param whenStuck runs once, on another thread, if it is stuck
   */
  Stay enter(String place, Runnable whenStuck) {
    String thread = Thread.currentThread().getName();
    return add(new Stay(place, thread, threads.nanoTime(), whenStuck));
  }

  /** Of something that a thread is to begin after so long; {@link #leave} when it begins. */
  Stay expect(String place, long nanos, Runnable whenStuck) {
    return add(new Stay(place, null, threads.nanoTime() + nanos, whenStuck));
  }

  /** Whether it is still there after far too long. */
  boolean isStuck(Stay stay) {
    return stays.contains(stay) && stuck(stay, threads.nanoTime());
  }

  private Stay add(Stay stay) {
    stays.add(stay);
    return stay;
  }

  void leave(Stay stay) {
    stays.remove(stay);
  }

  /** From a thread of its own, once in a while. */
  void check() {
    long now = threads.nanoTime();
    Fence fence = lease.get();
    List<Stay> stuck = stays.stream().filter(stay -> stuck(stay, now)).toList();
    stuck.forEach(RelayWatch::tell);
    if (fence == null || now - releaseAt < 0 || stuck.isEmpty()) {
      return;
    }
    releaseAt = now + PATIENCE.toNanos();
    int events = outbox.release(fence.node(), PATIENCE);
    if (events > 0) {
      released.addAndGet(events);
      log.warn(
          "The relay is stuck: {} events that waited for it are released, for other processes to"
              + " publish. {}",
          events,
          findings());
    }
  }

  private static void tell(Stay stay) {
    if (!stay.told) {
      stay.told = true;
      stay.whenStuck.run();
    }
  }

  private static boolean stuck(Stay stay, long now) {
    return now - stay.since > PATIENCE.toNanos();
  }

  @Override
  public List<Finding> findings() {
    long now = threads.nanoTime();
    return stays.stream()
        .filter(stay -> stuck(stay, now))
        .map(
            stay ->
                new Finding(
                    "RELAY_STUCK",
                    Health.Status.DEGRADED,
                    "a thread of the relay does not come back from " + stay.place,
                    Duration.ofNanos(now - stay.since),
                    stay.thread,
                    null))
        .toList();
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of("relay.released", released.get());
  }
}
