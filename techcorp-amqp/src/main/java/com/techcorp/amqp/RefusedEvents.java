package com.techcorp.amqp;

import com.techcorp.error.Reasons;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.ConsumerBacklog.Due;
import com.techcorp.messaging.spi.ConsumerBacklog.Handled;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that the broker refused, because one of the queues that want them is full. All other
 * queues have them, so they must not hold up what follows: they leave the outbox for the consumers'
 * backlog in the storage, under the name of the exchange, and are offered again from there. Of each
 * type a single event is offered, after waits that grow, until the broker takes it; then all are.
 * So the other consumers get few of them twice. Thread-safe.
 */
final class RefusedEvents implements AutoCloseable {
  /** The most refused events that are kept; others wait in the outbox. */
  static final int MOST = 100_000;

  private static final int BATCH = 256;
  private static final Duration LOOK = Duration.ofSeconds(1);

  /**
   * No caller waits for an event to be kept, but a commit for each would slow down commits that
   * callers wait for. The time is drawn between the two, so that it keeps no step with what comes
   * regularly.
   */
  private static final Duration SHORTEST_GATHERING = Duration.ofMillis(500);

  private static final Duration LONGEST_GATHERING = Duration.ofSeconds(1);

  private static final RetryPolicy WAITS =
      RetryPolicy.doubling(Duration.ofSeconds(1), Duration.ofSeconds(10), Integer.MAX_VALUE);
  private static final Logger log = LoggerFactory.getLogger(RefusedEvents.class);

  private final BusContext context;
  private final Offers offers;
  private final String name;
  private final ScheduledExecutorService timer;
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
  private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicBoolean planned = new AtomicBoolean();
  private final AtomicBoolean urgent = new AtomicBoolean();
  private volatile boolean closed;

  /** How events are offered to the broker. */
  interface Offers {
    /** Publishes to all queues that want the event. */
    CompletableFuture<PublishOutcome> toAll(Event event);

    /** Returns this process's consumers whose queues refuse the event, by the queues' names. */
    List<String> refusing(Event event) throws InterruptedException;

    /** Returns whether what became of it counts as taken. */
    boolean isTaken(Event event, PublishOutcome outcome);

    /** Waits for what becomes of it, as long as the broker may take. */
    PublishOutcome awaitOutcome(CompletableFuture<PublishOutcome> offered)
        throws InterruptedException;
  }

  private record Arrival(Event event, CompletableFuture<Boolean> kept) {}

  /**
   * A type of which events wait.
   *
   * @param attempts how often the broker refused it since it last took one
   * @param next when it is offered again
   * @param trials how many events are offered then: one, and twice as many after each time that the
   *     broker took all
   * @param told whether the log was told
   */
  private record Refusal(long since, int attempts, long next, int trials, boolean told) {
    static Refusal beginning(long now) {
      return new Refusal(now, 0, now, 1, false);
    }

    Refusal after(int taken, int refused, long now) {
      if (refused == 0) {
        return taken == 0 ? this : new Refusal(since, 0, now, Math.min(2 * trials, BATCH), told);
      }
      int row = taken > 0 ? 1 : attempts + 1;
      return new Refusal(since, row, now + WAITS.waitAfter(row).toNanos(), 1, told);
    }

    Refusal withTold() {
      return new Refusal(since, attempts, next, trials, true);
    }
  }

  /**
   * @param name under which they wait in the backlog
   */
  RefusedEvents(BusContext context, String name, Offers offers) {
    this.context = context;
    this.name = name;
    this.offers = offers;
    this.timer = context.threads().timer("techcorp-amqp-refused", 1);
    timer.scheduleWithFixedDelay(
        this::offer, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns whether it need not be published, since it would be refused and not kept. */
  boolean isPointless(Event event) {
    return refusals.containsKey(event.type()) && !hasRoom();
  }

  /** Returns whether an event that is refused now will probably be kept. */
  boolean hasRoom() {
    return !closed && waiting() < MOST;
  }

  private long waiting() {
    Backlog.Waiting waiting = context.measured().get().consumers().get(name);
    return waiting == null ? 0 : waiting.events();
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
      begin(arrival.event());
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

  private void begin(Event event) {
    long now = context.threads().nanoTime();
    Refusal before =
        refusals.computeIfAbsent(event.type(), type -> Refusal.beginning(now).after(0, 1, now));
    if (!before.told()) {
      refusals.computeIfPresent(event.type(), (type, refusal) -> refusal.withTold());
      log.warn(
          "RabbitMQ refuses {}: {} full. Other consumers have it; it waits in the backlog {}, or in"
              + " the outbox if that has no room, and is offered again",
          event.type(),
          full(event),
          name);
    }
  }

  private String full(Event event) {
    List<String> queues = List.of();
    try {
      queues = offers.refusing(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return queues.isEmpty()
        ? "a queue of another process's consumer (RabbitEventBus.topology names it) is"
        : "the queue " + String.join(", ", queues) + " is";
  }

  /** Offers what waits, for as long as the broker takes it. Does nothing if nothing waits. */
  private void offer() {
    if (refusals.isEmpty() && waiting() == 0) {
      return;
    }
    try {
      boolean progress = true;
      while (progress && !closed) {
        Fence holder = context.lease().get();
        progress = holder != null && isTaken(context.backlog().due(holder, Map.of(name, BATCH)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      log.warn("Refused events cannot be offered again now: {}", Reasons.of(e));
      context.faults().caught(e);
    }
  }

  /** Returns whether some of them were taken, so that there may be more to offer. */
  private boolean isTaken(List<Due> due) throws InterruptedException {
    Map<String, List<Due>> byType = new LinkedHashMap<>();
    for (Due each : due) {
      byType.computeIfAbsent(each.events().get(0).type(), type -> new ArrayList<>()).add(each);
    }
    boolean all = due.size() < BATCH;
    boolean taken = false;
    for (Map.Entry<String, List<Due>> each : byType.entrySet()) {
      taken |= isTaken(each.getKey(), each.getValue(), all);
    }
    if (all && waiting() < MOST) {
      endThoseOfWhichNothingWaits(due);
    }
    return taken;
  }

  /** Nothing of these was kept, or another process holds it. */
  private void endThoseOfWhichNothingWaits(List<Due> all) {
    long now = context.threads().nanoTime();
    Set<String> waiting =
        all.stream()
            .flatMap(each -> each.events().stream())
            .map(Event::type)
            .collect(Collectors.toSet());
    refusals.forEach(
        (type, refusal) -> {
          if (!waiting.contains(type) && refusal.next() - now <= 0) {
            end(type);
          }
        });
  }

  /**
   * @param waiting whose first events are of the type
   * @param all whether no more of them wait
   */
  private boolean isTaken(String type, List<Due> waiting, boolean all) throws InterruptedException {
    long now = context.threads().nanoTime();
    Refusal before = refusals.computeIfAbsent(type, t -> Refusal.beginning(now));
    if (before.next() - now > 0) {
      return false;
    }
    Map<Due, CompletableFuture<PublishOutcome>> offered = new LinkedHashMap<>();
    for (Due each : waiting.subList(0, Math.min(before.trials(), waiting.size()))) {
      offered.put(each, offers.toAll(each.events().get(0)));
    }
    List<Handled> taken = new ArrayList<>();
    Event refused = null;
    int refusedCount = 0;
    for (Map.Entry<Due, CompletableFuture<PublishOutcome>> each : offered.entrySet()) {
      Event event = each.getKey().events().get(0);
      PublishOutcome outcome = offers.awaitOutcome(each.getValue());
      if (offers.isTaken(event, outcome)) {
        taken.add(new Handled(each.getKey().queue(), List.of(event)));
      } else if (outcome == PublishOutcome.REFUSED) {
        refused = event;
        refusedCount++;
      }
    }
    context.backlog().remove(taken);
    long after = context.threads().nanoTime();
    Refusal next = before.after(taken.size(), refusedCount, after);
    refusals.put(type, next);
    if (refused != null) {
      begin(refused);
    } else if (all && taken.size() == waiting.size()) {
      end(type);
    }
    return !taken.isEmpty();
  }

  private void end(String type) {
    Refusal last = refusals.remove(type);
    if (last != null && last.told()) {
      log.info("RabbitMQ takes {} again", type);
    }
  }

  /** Types that the broker refuses: {@code QUEUE_FULL}. */
  List<Finding> findings() {
    long now = context.threads().nanoTime();
    return refusals.entrySet().stream()
        .map(
            each ->
                Finding.of(
                    "QUEUE_FULL",
                    HealthStatus.DEGRADED,
                    "a queue that takes " + each.getKey() + " is full: its events wait in " + name,
                    Duration.ofNanos(now - each.getValue().since())))
        .toList();
  }

  /** Stops; an event that is being stored is stored or stays in the outbox. */
  @Override
  public void close() {
    closed = true;
    timer.shutdown();
    for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
      next.kept().complete(false);
    }
  }
}
