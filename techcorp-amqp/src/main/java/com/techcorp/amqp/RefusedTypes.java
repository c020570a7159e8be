package com.techcorp.amqp;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.messaging.Event;
import com.techcorp.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The types of events that the broker refuses: since when, when they are offered again, and how
 * many of them then. Written on one thread, read on any.
 */
final class RefusedTypes {
  private static final int MOST_TRIALS = 256;

  private static final RetryPolicy WAITS =
      RetryPolicy.doubling(Duration.ofSeconds(1), Duration.ofSeconds(10), Integer.MAX_VALUE);
  private static final Logger log = LoggerFactory.getLogger(RefusedTypes.class);

  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
  private final String backlog;
  private final EventOffers offers;
  private final LongSupplier nanoTime;

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
        return taken == 0
            ? this
            : new Refusal(since, 0, now, Math.min(2 * trials, MOST_TRIALS), told);
      }
      int row = taken > 0 ? 1 : attempts + 1;
      return new Refusal(since, row, now + WAITS.waitAfter(row).toNanos(), 1, told);
    }

    Refusal withTold() {
      return new Refusal(since, attempts, next, trials, true);
    }
  }

  /**
   * @param backlog in which the events wait, for the log
   */
  RefusedTypes(String backlog, EventOffers offers, LongSupplier nanoTime) {
    this.backlog = backlog;
    this.offers = offers;
    this.nanoTime = nanoTime;
  }

  boolean contains(String type) {
    return refusals.containsKey(type);
  }

  boolean isEmpty() {
    return refusals.isEmpty();
  }

  /** An event of this type was refused; only the first one is logged. */
  void refused(Event event) {
    long now = nanoTime.getAsLong();
    Refusal before =
        refusals.computeIfAbsent(event.type(), type -> Refusal.beginning(now).after(0, 1, now));
    if (!before.told()) {
      refusals.computeIfPresent(event.type(), (type, refusal) -> refusal.withTold());
      log.warn(
          "RabbitMQ refuses {}: {} full. Other consumers have it; it waits in the backlog {}, or in"
              + " the outbox if that has no room, and is offered again",
          event.type(),
          full(event),
          backlog);
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

  /** Returns how many events of a waiting type may be offered now; none before its wait is over. */
  int trials(String type) {
    long now = nanoTime.getAsLong();
    Refusal refusal = refusals.computeIfAbsent(type, t -> Refusal.beginning(now));
    return refusal.next() - now > 0 ? 0 : refusal.trials();
  }

  /** The broker took so many of the events that were offered, and refused so many. */
  void offered(String type, int taken, int refused) {
    long now = nanoTime.getAsLong();
    refusals.computeIfPresent(type, (t, refusal) -> refusal.after(taken, refused, now));
  }

  /** No more events of this type wait. */
  void end(String type) {
    Refusal last = refusals.remove(type);
    if (last != null && last.told()) {
      log.info("RabbitMQ takes {} again", type);
    }
  }

  /**
   * Ends the types of which no event waits and whose time has come: nothing of these was kept, or
   * another process holds it.
   */
  void endAllBut(Set<String> waiting) {
    long now = nanoTime.getAsLong();
    refusals.forEach(
        (type, refusal) -> {
          if (!waiting.contains(type) && refusal.next() - now <= 0) {
            end(type);
          }
        });
  }

  /** Types that the broker refuses: {@code QUEUE_FULL}. */
  List<Finding> findings() {
    long now = nanoTime.getAsLong();
    return refusals.entrySet().stream()
        .map(
            each ->
                Finding.of(
                    "QUEUE_FULL",
                    HealthStatus.DEGRADED,
                    "a queue that takes "
                        + each.getKey()
                        + " is full: its events wait in "
                        + backlog,
                    Duration.ofNanos(now - each.getValue().since())))
        .toList();
  }
}
