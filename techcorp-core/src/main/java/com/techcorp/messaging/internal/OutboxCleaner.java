package com.techcorp.messaging.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.error.internal.Invariants;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.spi.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Removes from the outbox what was published: what has gathered for a moment at once, and again and
 * again while the storage is away. Thread-safe.
 */
final class OutboxCleaner implements AutoCloseable {
  /** Nothing waits for a removal, and one alone costs the storage as much as twenty together. */
  private static final Duration GATHERING = Duration.ofMillis(20);

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Outbox outbox;
  private final int batch;
  private final Duration retry;
  private final RelayWatch watch;
  private final RateLimitedLog limitedLog;
  private final Consumer<EventStream> onGone;
  private final ScheduledExecutorService timer;
  private final Queue<Taken> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger events = new AtomicInteger();
  private final AtomicBoolean planned = new AtomicBoolean();
  private final AtomicBoolean urgent = new AtomicBoolean();
  private volatile RelayWatch.@Nullable Stay expected;
  private volatile RelayWatch.@Nullable Stay removing;

  private record Taken(EventStream stream, List<Event> events) {}

  /**
   * @param onGone called with each stream whose events are removed
   */
  OutboxCleaner(
      Outbox outbox,
      RelayOptions options,
      RelayWatch watch,
      RateLimitedLog limitedLog,
      Consumer<EventStream> onGone,
      Threads threads) {
    this.outbox = outbox;
    this.batch = options.batch();
    this.retry = options.pollInterval();
    this.watch = watch;
    this.limitedLog = limitedLog;
    this.onGone = onGone;
    this.timer = threads.timer("techcorp-relay-removal", 1);
  }

  /** Events of one stream that were published. */
  void add(EventStream stream, List<Event> published) {
    int some = events.addAndGet(published.size()); // first: what is removed was counted
    waiting.add(new Taken(stream, published));
    if (some >= batch) {
      if (urgent.compareAndSet(false, true)) {
        timer.execute(this::run);
      }
    } else {
      plan(GATHERING);
    }
  }

  /** Returns whether what is published now would be published again and again. */
  boolean isStuck() {
    return isStuck(expected) || isStuck(removing);
  }

  private boolean isStuck(RelayWatch.@Nullable Stay stay) {
    return stay != null && watch.isStuck(stay);
  }

  private void plan(Duration in) {
    if (planned.compareAndSet(false, true)) {
      expected = watch.expect("removing what was published", in.toNanos(), () -> {});
      timer.schedule(this::run, in.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void run() {
    RelayWatch.Stay begins = expected;
    if (begins != null) {
      watch.leave(begins);
    }
    planned.set(false);
    urgent.set(false);
    if (!removeAll()) {
      plan(retry);
    }
  }

  private boolean removeAll() {
    List<Taken> some = next();
    while (!some.isEmpty()) {
      RelayWatch.Stay stay = watch.enter("removing what was published", () -> {});
      removing = stay;
      try {
        outbox.remove(some.stream().flatMap(taken -> taken.events().stream()).toList());
      } catch (Throwable e) {
        limitedLog.about("Published events could not be removed from the outbox", e);
        some.forEach(waiting::add);
        return false;
      } finally {
        watch.leave(stay);
      }
      for (Taken taken : some) {
        int left = events.addAndGet(-taken.events().size());
        Invariants.within("published events to remove", left, 0, Integer.MAX_VALUE);
        onGone.accept(taken.stream());
      }
      some = next();
    }
    return true;
  }

  private List<Taken> next() {
    List<Taken> some = new ArrayList<>();
    int size = 0;
    for (Taken taken = waiting.poll(); taken != null; taken = waiting.poll()) {
      some.add(taken);
      size += taken.events().size();
      if (size >= batch) {
        break;
      }
    }
    return some;
  }

  /** Removes what is left, once. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      timer.awaitTermination(GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    removeAll();
  }
}
