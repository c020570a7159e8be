package com.techcorp.messaging.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.health.Finding;
import com.techcorp.health.Health;
import com.techcorp.messaging.BusContext;
import com.techcorp.messaging.ConsumerBacklog.Due;
import com.techcorp.messaging.ConsumerBacklog.Stream;
import com.techcorp.messaging.ConsumerOptions;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.internal.OrderInFlight.Call;
import com.techcorp.messaging.internal.OrderInFlight.State;
import com.techcorp.saga.RetryPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls one consumer: on threads of its own, so many at once, each order's events in sequence and
 * one at a time. What it fails on, takes too long for or has no thread for moves to its backlog,
 * and with it what follows in that order. Who offers events never waits here. Thread-safe.
 */
final class ConsumerLane {
  /** Orders of the backlog in memory at once. */
  private static final int MAX_LOADED = 64;

  private final Subscription subscription;
  private final ConsumerOptions options;
  private final BacklogMoves moves;
  private final BacklogWriter writer;
  private final FaultBoundary faults;
  private final Threads threads;
  private final ExecutorService pool;

  private final Map<UUID, OrderInFlight> orders = new HashMap<>();
  private final Deque<OrderInFlight> ready = new ArrayDeque<>();
  private final Set<Call> running = new LinkedHashSet<>();
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private int workers;
  private int overdue;

  /** Of those that are ready, the ones that come from the outbox. */
  private int direct;

  /** Orders here that come from the backlog. */
  private int loaded;

  private volatile boolean closed;

  /**
   * @param retries how often the consumer gets an event, and the waits between
   * @param writer writes to the backlog
   * @param wake has the backlog read again after so long
   */
  ConsumerLane(
      Subscription subscription,
      RetryPolicy retries,
      BacklogWriter writer,
      BusContext context,
      ConsumerCounts counts,
      Consumer<Duration> wake) {
    this.subscription = subscription;
    this.options = subscription.options();
    this.writer = writer;
    this.moves = new BacklogMoves(this, subscription, retries, writer, context, counts, wake);
    this.faults = context.faults();
    this.threads = context.threads();
    this.pool = threads.pool("techcorp-consumer-" + subscription.consumer(), 2 * options.threads());
  }

  boolean wants(Event event) {
    return subscription.types().contains(event.type());
  }

  Subscription subscription() {
    return subscription;
  }

  /** Takes events of one order from the outbox, by sequence. */
  void offer(UUID orderId, List<Delivery> deliveries, boolean fresh) {
    List<Runnable> then = new ArrayList<>(0);
    synchronized (this) {
      offer(orderId, deliveries, fresh, then);
    }
    then.forEach(Runnable::run);
  }

  private void offer(UUID orderId, List<Delivery> deliveries, boolean fresh, List<Runnable> then) {
    if (closed) {
      then.add(() -> deliveries.forEach(delivery -> delivery.settle(false)));
      return;
    }
    OrderInFlight before = orders.get(orderId);
    if (before == null) {
      OrderInFlight order =
          new OrderInFlight(new Stream(subscription.consumer(), orderId), false, deliveries);
      orders.put(orderId, order);
      if (fresh) {
        admit(order);
      } else {
        order.state = State.LOOKING;
        writer.look(order.stream, found -> looked(order, found), () -> refuse(order));
      }
    } else if (before.state == State.MOVED || before.fromBacklog) {
      moves.behind(before, deliveries);
    } else {
      before.waiting.addAll(deliveries);
    }
  }

  private synchronized void looked(OrderInFlight order, boolean found) {
    if (order.state != State.LOOKING) {
      return; // closed meanwhile
    }
    if (found) {
      moves.all(order);
    } else {
      admit(order);
    }
  }

  /** What waits of it is offered again later. */
  void refuse(OrderInFlight order) {
    List<Delivery> refused;
    synchronized (this) {
      refused = List.copyOf(order.waiting);
      order.waiting.clear();
      orders.remove(order.stream.orderId(), order);
    }
    refused.forEach(delivery -> delivery.settle(false));
  }

  private void admit(OrderInFlight order) {
    if (!order.fromBacklog && direct >= options.maxWaiting()) {
      moves.all(order);
      return;
    }
    order.state = State.READY;
    order.since = threads.nanoTime();
    ready.add(order);
    direct += order.fromBacklog ? 0 : 1;
    dispatch();
  }

  /** Each overdue call is replaced by another thread, as long as there are any. */
  private int allowed() {
    return options.threads() + Math.min(overdue, options.threads());
  }

  private void dispatch() {
    if (!ready.isEmpty() && workers < allowed()) {
      workers++;
      try {
        pool.execute(this::work);
      } catch (RejectedExecutionException e) {
        workers--; // closed
      }
    }
  }

  private void work() {
    Call call = next();
    while (call != null) {
      @Nullable Throwable failure = null;
      try {
        subscription.handler().handle(call.delivery.event());
      } catch (Throwable e) {
        failure = e;
      }
      call = ended(call, failure);
      if (failure != null && !(failure instanceof InterruptedException)) {
        faults.caught(failure);
      }
      if (call == null) {
        call = next();
      }
    }
  }

  private synchronized @Nullable Call next() {
    OrderInFlight order = closed || workers > allowed() ? null : ready.poll();
    if (order == null) {
      workers--;
      return null;
    }
    direct -= order.fromBacklog ? 0 : 1;
    return call(order);
  }

  private Call call(OrderInFlight order) {
    order.state = State.CALLING;
    Call call = new Call(order, order.first(), threads.nanoTime());
    order.call = call;
    running.add(call);
    return call;
  }

  /** What follows in the same order is called at once: the next call, or null. */
  private @Nullable Call ended(Call call, @Nullable Throwable failure) {
    OrderInFlight order = call.order;
    boolean handled = failure == null && !call.overdue;
    Call next = null;
    synchronized (this) {
      running.remove(call);
      order.call = null;
      Thread.interrupted(); // set by the call's time-out; the next call has its own
      if (call.overdue) {
        overdue--;
        moves.endedLate(call, failure);
      } else if (failure != null) {
        moves.failed(order, failure);
      } else {
        order.waiting.remove();
        next = goOn(order, call.delivery.event());
      }
      whenIdle();
    }
    if (handled) {
      call.delivery.settle(true);
      if (next == null && closed) {
        refuse(order);
      }
    }
    return next;
  }

  private @Nullable Call goOn(OrderInFlight order, Event handled) {
    if (order.fromBacklog) {
      order.handled.add(handled);
      order.attempts = 0;
    }
    if (order.fromBacklog && (order.waiting.isEmpty() || closed)) {
      moves.handled(order);
    } else if (order.waiting.isEmpty()) {
      orders.remove(order.stream.orderId());
    } else if (!closed && workers <= allowed()) {
      return call(order);
    } else if (!closed) {
      admitFirst(order);
    }
    return null;
  }

  private void admitFirst(OrderInFlight order) {
    order.state = State.READY;
    ready.addFirst(order);
    direct += order.fromBacklog ? 0 : 1;
  }

  /** The first event is a dead letter now: what follows it goes on. */
  void buried(OrderInFlight order) {
    Delivery first;
    synchronized (this) {
      first = order.waiting.remove();
      if (order.waiting.isEmpty()) {
        orders.remove(order.stream.orderId(), order);
      } else if (!closed) {
        admit(order);
      }
    }
    first.settle(true);
    if (closed) {
      refuse(order);
    }
  }

  /** A write of an order that is in the backlog has come to its end. */
  void written(OrderInFlight order) {
    synchronized (this) {
      order.writes--;
      leaveIfOver(order);
    }
  }

  void leaveIfOver(OrderInFlight order) {
    if (order.isOver() && orders.remove(order.stream.orderId(), order)) {
      loaded -= order.fromBacklog ? 1 : 0;
    }
  }

  /** How many due orders of the backlog it can be asked for; those that it has count too. */
  synchronized int room() {
    return closed || loaded > MAX_LOADED / 2 ? 0 : MAX_LOADED;
  }

  /** Takes due events from the backlog, except of orders that are under way. */
  synchronized void take(Due due) {
    UUID orderId = due.stream().orderId();
    if (closed || orders.containsKey(orderId)) {
      return;
    }
    List<Delivery> deliveries =
        due.events().stream().map(event -> new Delivery(event, null, 0)).toList();
    OrderInFlight order = new OrderInFlight(due.stream(), true, deliveries);
    order.attempts = due.attempts();
    orders.put(orderId, order);
    loaded++;
    admit(order);
  }

  /** Looks at the time: at calls that take too long, and at events that have waited too long. */
  synchronized void tick() {
    long now = threads.nanoTime();
    long timeout = options.timeout().toNanos();
    for (Call call : List.copyOf(running)) {
      long elapsed = now - call.began;
      if (!call.overdue && elapsed >= timeout) {
        call.overdue = true;
        overdue++;
        call.thread.interrupt();
        moves.timedOut(call);
        whenIdle();
        dispatch();
      } else if (call.overdue && !call.givenUp && elapsed >= 2 * timeout) {
        call.givenUp = true;
        moves.givenUp(call);
      }
    }
    if (direct > 0) {
      moveWaiting(now - options.maxWait().toNanos());
    }
  }

  /** Only what has waited too long: a consumer that is busy for a moment takes the rest itself. */
  private void moveWaiting(long before) {
    List<OrderInFlight> late =
        ready.stream().filter(order -> !order.fromBacklog && order.since - before <= 0).toList();
    if (!late.isEmpty()) {
      ready.removeAll(Set.copyOf(late));
      direct -= late.size();
      late.forEach(order -> moves.all(order));
    }
  }

  synchronized List<Finding> findings() {
    long now = threads.nanoTime();
    List<Finding> findings = new ArrayList<>();
    for (Call call : running) {
      if (call.overdue) {
        Duration since = Duration.ofNanos(now - call.began);
        findings.add(
            new Finding(
                "CONSUMER_STUCK",
                Health.Status.DEGRADED,
                "consumer "
                    + subscription.consumer()
                    + " does not return from "
                    + call.delivery.event().type()
                    + " of order "
                    + call.delivery.event().orderId()
                    + ", its time-out is "
                    + options.timeout(),
                since,
                call.thread.getName(),
                call.delivery.event().orderId()));
      }
    }
    moves.full().ifPresent(findings::add);
    return findings;
  }

  private void whenIdle() {
    if (closed && running.stream().allMatch(call -> call.overdue)) {
      idle.complete(null);
    }
  }

  /**
   * Begins no call any more.
   *
   * @return completes when the calls that run have returned, except those beyond their time-out
   */
  CompletableFuture<Void> close() {
    List<OrderInFlight> late;
    synchronized (this) {
      closed = true;
      late = orders.values().stream().filter(order -> order.state == State.READY).toList();
      ready.clear();
      whenIdle();
    }
    late.forEach(this::refuse);
    pool.shutdown();
    return idle;
  }

  /** Whether the current thread is at work for the consumer. */
  synchronized boolean isCalling(Thread thread) {
    return running.stream().anyMatch(call -> call.thread == thread);
  }
}
