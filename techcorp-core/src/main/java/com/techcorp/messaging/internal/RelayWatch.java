package com.techcorp.messaging.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthSource;
import com.techcorp.health.HealthStatus;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.spi.Outbox;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
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

  /**
   * A thread within a call, or work without a thread. It may move from one place to the next; an
   * stream has one for as long as it is under way. Each is one of its own, so not a record.
   */
  static final class Stay {
    private final @Nullable EventStream stream;
    private final Runnable whenStuck;
    private volatile @Nullable Place place;
    private boolean told;

    private Stay(@Nullable EventStream stream, @Nullable Place place, Runnable whenStuck) {
      this.stream = stream;
      this.place = place;
      this.whenStuck = whenStuck;
    }
  }

  private record Place(String name, @Nullable String thread, long since) {}

  RelayWatch(Outbox outbox, Supplier<@Nullable Fence> lease, Threads threads) {
    this.outbox = outbox;
    this.lease = lease;
    this.threads = threads;
    this.releaseAt = threads.nanoTime();
  }

  /**
   * Watches a call that may not return; call {@link #leave} after it, however it ended.
   *
   * @param whenStuck runs once, on another thread, if it is stuck
   */
  Stay enter(String place, Runnable whenStuck) {
    return add(new Stay(null, here(place), whenStuck));
  }

  /** Watches work that a thread is to start after a delay; call {@link #leave} when it starts. */
  Stay expect(String place, long nanos, Runnable whenStuck) {
    return add(new Stay(null, expected(place, nanos), whenStuck));
  }

  /** Makes a stream's entry, which is not watched before {@link #watch}. */
  static Stay of(EventStream stream, Runnable whenStuck) {
    return new Stay(stream, null, whenStuck);
  }

  /** Watches a stream until {@link #leave}; a thread is to begin its first work now. */
  void watch(Stay stay) {
    expect(stay, "the work");
    add(stay);
  }

  /** Moves a stream to a call that may not come back. */
  void enter(Stay stay, String place) {
    stay.place = here(place);
  }

  /** Moves a stream to work that a thread is to begin now, or to an answer that is due. */
  void expect(Stay stay, String place) {
    stay.place = expected(place, 0);
  }

  /** Does not count a stream as stuck while it waits for an answer with a time limit elsewhere. */
  void pause(Stay stay) {
    stay.place = null;
  }

  private Place here(String place) {
    return new Place(place, Thread.currentThread().getName(), threads.nanoTime());
  }

  private Place expected(String place, long nanos) {
    return new Place(place, null, threads.nanoTime() + nanos);
  }

  /** Returns whether it is still there after far too long. */
  boolean isStuck(Stay stay) {
    return stays.contains(stay) && isStuck(stay.place, threads.nanoTime());
  }

  private Stay add(Stay stay) {
    stays.add(stay);
    return stay;
  }

  void leave(Stay stay) {
    stays.remove(stay);
  }

  /** Looks for stuck threads; runs periodically on a thread of its own. */
  void check() {
    long now = threads.nanoTime();
    Fence fence = lease.get();
    List<Stay> stuck = stays.stream().filter(stay -> isStuck(stay.place, now)).toList();
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

  private static boolean isStuck(@Nullable Place place, long now) {
    return place != null && now - place.since() > PATIENCE.toNanos();
  }

  @Override
  public List<Finding> findings() {
    long now = threads.nanoTime();
    List<Finding> findings = new ArrayList<>();
    for (Stay stay : stays) {
      Place place = stay.place;
      if (place != null && isStuck(place, now)) {
        findings.add(finding(place, stay.stream, now));
      }
    }
    return findings;
  }

  private static Finding finding(Place place, @Nullable EventStream stream, long now) {
    return new Finding(
        "RELAY_STUCK",
        HealthStatus.DEGRADED,
        "a thread of the relay does not come back from "
            + place.name()
            + (stream == null ? "" : " of " + stream),
        Duration.ofNanos(now - place.since()),
        place.thread(),
        null);
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of("relay.released", released.get());
  }
}
