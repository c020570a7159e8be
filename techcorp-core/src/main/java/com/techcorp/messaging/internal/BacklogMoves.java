package com.techcorp.messaging.internal;

import com.techcorp.error.internal.Reasons;
import com.techcorp.health.Finding;
import com.techcorp.health.Health;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.BusContext;
import com.techcorp.messaging.ConsumerBacklog.Handled;
import com.techcorp.messaging.ConsumerBacklog.Move;
import com.techcorp.messaging.ConsumerBacklog.Retry;
import com.techcorp.messaging.ConsumerBacklog.Waiting;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.internal.OrderInFlight.Call;
import com.techcorp.messaging.internal.OrderInFlight.State;
import com.techcorp.saga.RetryPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of events that a consumer did not handle at once: they move to its backlog, wait
 * there for their next attempt, or become dead letters. Guarded by its {@link ConsumerLane}.
 */
final class BacklogMoves {
  private static final Logger log = LoggerFactory.getLogger(BacklogMoves.class);

  private final ConsumerLane lane;
  private final Subscription subscription;
  private final RetryPolicy retries;
  private final BacklogWriter writer;
  private final BusContext context;
  private final ConsumerCounts counts;
  private final Consumer<Duration> wake;
  private final Complaints complaints;
  private Backlog measured = Backlog.NONE;
  private long addedSince;

  /**
   * @param wake has the backlog read again after so long
   */
  BacklogMoves(
      ConsumerLane lane,
      Subscription subscription,
      RetryPolicy retries,
      BacklogWriter writer,
      BusContext context,
      ConsumerCounts counts,
      Consumer<Duration> wake) {
    this.lane = lane;
    this.subscription = subscription;
    this.retries = retries;
    this.writer = writer;
    this.context = context;
    this.counts = counts;
    this.wake = wake;
    this.complaints = new Complaints(log, context.threads()::nanoTime);
  }

  /** All that waits of an order, because there is no thread or something is in front of it. */
  void all(OrderInFlight order) {
    all(order, 0, Duration.ZERO, null);
  }

  private void all(OrderInFlight order, int attempts, Duration delay, @Nullable String reason) {
    List<Delivery> moving = List.copyOf(order.waiting);
    order.waiting.clear();
    order.state = State.MOVED;
    put(order, moving, attempts, delay, reason);
  }

  /** Behind an order's events that are in the backlog, or on their way there. */
  void behind(OrderInFlight order, Collection<Delivery> deliveries) {
    put(order, List.copyOf(deliveries), 0, Duration.ZERO, null);
    if (order.call != null && order.call.givenUp) {
      givenUp(order.call);
    }
  }

  private void put(
      OrderInFlight order,
      List<Delivery> deliveries,
      int attempts,
      Duration delay,
      @Nullable String reason) {
    if (isFull(deliveries.size())) {
      String full = "the backlog of " + subscription.consumer() + " is full";
      deliveries.forEach(
          delivery -> buryAtOnce(order, delivery, reason == null ? full : full + "; " + reason));
      return;
    }
    addedSince += deliveries.size();
    counts.moved.add(deliveries.size());
    order.writes++;
    List<Event> events = deliveries.stream().map(Delivery::event).toList();
    writer.move(
        new Move(order.stream, events, attempts, delay, reason),
        () -> {
          deliveries.forEach(delivery -> delivery.settle(true));
          lane.written(order);
          wake.accept(delay);
        },
        () -> {
          deliveries.forEach(delivery -> delivery.settle(false));
          lane.written(order);
        });
  }

  private void buryAtOnce(OrderInFlight order, Delivery delivery, String reason) {
    dead(delivery.event(), reason);
    order.writes++;
    writer.buryAtOnce(
        order.stream,
        delivery.event(),
        reason,
        () -> {
          delivery.settle(true);
          lane.written(order);
        },
        () -> {
          delivery.settle(false);
          lane.written(order);
        });
  }

  private void dead(Event event, String reason) {
    counts.dead.increment();
    log.error(
        "Consumer {} gave up on {} of order {}; event {} is a dead letter now: {}",
        subscription.consumer(),
        event.type(),
        event.orderId(),
        event.id(),
        reason);
  }

  /** The consumer threw something. */
  void failed(OrderInFlight order, Throwable failure) {
    counts.failed.increment();
    Event event = order.first().event();
    String reason = Reasons.of(failure);
    complaints.about(
        "Consumer "
            + subscription.consumer()
            + " failed on "
            + event.type()
            + " of order "
            + event.orderId()
            + " (attempt "
            + (order.attempts + 1)
            + ")",
        failure);
    if (order.fromBacklog) {
      again(order, reason);
    } else if (retries.exhausted(1)) {
      order.state = State.BURYING;
      dead(event, reason);
      writer.buryAtOnce(
          order.stream, event, reason, () -> lane.buried(order), () -> lane.refuse(order));
    } else {
      all(order, 1, retries.waitAfter(1), reason);
    }
  }

  /** An event of the backlog waits for its next attempt, or has had its last one. */
  private void again(OrderInFlight order, String reason) {
    order.state = State.MOVED;
    removeHandled(order);
    Event event = order.first().event();
    int attempts = order.attempts + 1;
    order.writes++;
    if (retries.exhausted(attempts)) {
      dead(event, reason);
      writer.bury(order.stream, event, reason, () -> written(order, Duration.ZERO));
    } else {
      Duration delay = retries.waitAfter(attempts);
      writer.retry(new Retry(order.stream, attempts, delay, reason), () -> written(order, delay));
    }
  }

  /** All that was loaded of an order is handled. */
  void handled(OrderInFlight order) {
    order.state = State.MOVED;
    removeHandled(order);
  }

  private void removeHandled(OrderInFlight order) {
    if (!order.handled.isEmpty()) {
      order.writes++;
      writer.handled(new Handled(order.stream, order.handled), () -> written(order, Duration.ZERO));
      order.handled.clear();
    }
  }

  private void written(OrderInFlight order, Duration delay) {
    lane.written(order);
    wake.accept(delay);
  }

  /** A call was interrupted; until it returns nothing else of its order is handed over. */
  void timedOut(Call call) {
    counts.timedOut.increment();
    OrderInFlight order = call.order;
    String reason =
        "took longer than " + subscription.options().timeout() + " on " + call.thread.getName();
    log.warn(
        "Consumer {} {}: {} of order {} and what follows it wait in its backlog",
        subscription.consumer(),
        reason,
        call.delivery.event().type(),
        order.stream.orderId());
    if (order.fromBacklog) {
      again(order, reason);
    } else if (retries.exhausted(1)) {
      buryAtOnce(order, order.waiting.remove(), reason);
      all(order);
    } else {
      all(order, 1, retries.waitAfter(1), reason);
    }
  }

  /** It was interrupted and did not return: nobody knows whether it ever will. */
  void givenUp(Call call) {
    OrderInFlight order = call.order;
    String reason =
        "a call still runs on " + call.thread.getName() + ", although it was interrupted";
    log.error(
        "Consumer {}: {}; its events of order {} are dead letters now",
        subscription.consumer(),
        reason,
        order.stream.orderId());
    counts.dead.increment();
    order.writes++;
    writer.bury(order.stream, null, reason, () -> lane.written(order));
  }

  /** A call returned long after it was interrupted; if it did its work, that counts. */
  void endedLate(Call call, @Nullable Throwable failure) {
    OrderInFlight order = call.order;
    if (failure == null && !call.givenUp) {
      order.writes++;
      writer.handled(
          new Handled(order.stream, List.of(call.delivery.event())),
          () -> written(order, Duration.ZERO));
    } else {
      wake.accept(Duration.ZERO);
    }
    lane.leaveIfOver(order);
  }

  @SuppressWarnings("ReferenceEquality") // each measurement is an object of its own
  private boolean isFull(int more) {
    Backlog now = context.measured().get();
    if (now != measured) {
      measured = now;
      addedSince = 0;
    }
    return waiting(now) + addedSince + more > subscription.options().maxBacklog();
  }

  private long waiting(Backlog now) {
    Waiting waiting = now.consumers().get(subscription.consumer());
    return waiting == null ? 0 : waiting.events();
  }

  /** Whether the backlog is at its bound. */
  Optional<Finding> full() {
    Waiting waiting = context.measured().get().consumers().get(subscription.consumer());
    long bound = subscription.options().maxBacklog();
    if (waiting == null || waiting.events() < bound) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            "CONSUMER_BACKLOG_FULL",
            Health.Status.DEGRADED,
            waiting.events()
                + " events wait for consumer "
                + subscription.consumer()
                + ", its bound is "
                + bound
                + ": what it does not handle at once becomes a dead letter",
            waiting.age()));
  }
}
