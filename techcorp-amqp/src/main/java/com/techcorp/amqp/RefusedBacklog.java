package com.techcorp.amqp;

import com.techcorp.error.Reasons;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps refused events in the consumers' backlog in the storage: gathers those that are refused
 * soon after one another, and stores them together. Thread-safe.
 */
final class RefusedBacklog implements AutoCloseable {
  /** The most refused events that are kept; others wait in the outbox. */
  static final int MOST = 100_000;

  /** So many are stored at once, without waiting for more. */
  private static final int BATCH = 256;

  /**
   * No caller waits for an event to be kept, but a commit for each would slow down commits that
   * callers wait for. The time is drawn between the two, so that it keeps no step with what comes
   * regularly.
   */
  private static final Duration SHORTEST_GATHERING = Duration.ofMillis(500);

  private static final Duration LONGEST_GATHERING = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(RefusedBacklog.class);

  private final BusContext context;
  private final String name;
  private final ScheduledExecutorService timer;
  private final Consumer<Event> onRefused;
  private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicBoolean planned = new AtomicBoolean();
  private final AtomicBoolean urgent = new AtomicBoolean();
  private volatile boolean closed;

  private record Arrival(Event event, CompletableFuture<Boolean> kept) {}

  /**
   * @param name under which they wait in the backlog
   * @param timer of one thread, on which they are stored; it ends with this
   * @param onRefused told of each event on the timer, after it was stored or stays in the outbox
   */
  RefusedBacklog(
      BusContext context, String name, ScheduledExecutorService timer, Consumer<Event> onRefused) {
    this.context = context;
    this.name = name;
    this.timer = timer;
    this.onRefused = onRefused;
  }

  /** Returns how many events wait, in all processes together. */
  long waiting() {
    Backlog.Waiting waiting = context.measured().get().consumers().get(name);
    return waiting == null ? 0 : waiting.events();
  }

  /** Returns whether an event that is refused now will probably be kept. */
  boolean hasRoom() {
    return !closed && waiting() < MOST;
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Keeps what was refused, together with what is refused soon after.
   *
   * @return completes with whether it is in the storage
   */
  CompletableFuture<Boolean> keep(Event event) {
    Arrival arrival = new Arrival(event, new CompletableFuture<>());
    arrivals.add(arrival);
    try {
      if (arrived.incrementAndGet() >= BATCH) {
        if (urgent.compareAndSet(false, true)) {
          timer.execute(this::store);
        }
      } else if (planned.compareAndSet(false, true)) {
        timer.schedule(this::store, gathering(), TimeUnit.MILLISECONDS);
      }
    } catch (RejectedExecutionException e) {
      closed = true;
    }
    if (closed) {
      arrival.kept().complete(false);
    }
    return arrival.kept();
  }

  private static long gathering() {
    return ThreadLocalRandom.current()
        .nextLong(SHORTEST_GATHERING.toMillis(), LONGEST_GATHERING.toMillis());
  }

  private void store() {
    planned.set(false);
    urgent.set(false);
    List<Arrival> batch = new ArrayList<>();
    for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
      batch.add(next);
    }
    arrived.addAndGet(-batch.size());
    boolean kept = false;
    try {
      kept = isStored(batch);
    } catch (Throwable e) {
      log.warn("Refused events stay in the outbox: {}", Reasons.of(e));
      context.faults().caught(e);
    }
    for (Arrival arrival : batch) {
      arrival.kept().complete(kept);
    }
    for (Arrival arrival : batch) {
      onRefused.accept(arrival.event());
    }
  }

  private boolean isStored(List<Arrival> batch) {
    Fence holder = context.lease().get();
    if (holder == null || !hasRoom()) {
      return false;
    }
    Map<ConsumerBacklog.Queue, List<Event>> queues = new LinkedHashMap<>();
    for (Arrival arrival : batch) {
      queues
          .computeIfAbsent(
              ConsumerBacklog.Queue.of(name, arrival.event()), queue -> new ArrayList<>())
          .add(arrival.event());
    }
    List<Move> moves = new ArrayList<>(queues.size());
    queues.forEach(
        (queue, events) -> {
          events.sort(Comparator.comparingInt(Event::sequence));
          moves.add(new Move(queue, events, 0, Duration.ZERO, "a queue is full"));
        });
    context.backlog().add(holder, moves);
    return true;
  }

  /** Keeps nothing any more; what was not stored yet stays in the outbox. */
  @Override
  public void close() {
    closed = true;
    timer.shutdown();
    for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
      next.kept().complete(false);
    }
  }
}
