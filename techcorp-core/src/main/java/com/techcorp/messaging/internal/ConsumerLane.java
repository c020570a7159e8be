package com.techcorp.messaging.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.internal.Invariants;
import com.techcorp.health.Finding;
import com.techcorp.messaging.ConsumerOptions;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.internal.QueueInFlight.Call;
import com.techcorp.messaging.internal.QueueInFlight.State;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.ConsumerBacklog.Due;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import com.techcorp.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls one consumer on its own threads, up to its limit at once, each stream's events one at a
 * time and in sequence. What it fails on, takes too long for or has no thread for moves to its
 * backlog, and with it what follows in that stream. Who offers events never waits here.
 * Thread-safe.
 */
final class ConsumerLane implements ConsumerQueues {
  /** Queues of the backlog in memory at once. */
  private static final int MAX_LOADED = 64;

  private final Subscription subscription;
  private final ConsumerOptions options;
  private final BacklogMoves moves;
  private final BacklogWriter writer;
  private final FaultBoundary faults;
  private final Threads threads;
  private final ExecutorService pool;

  private final Map<EventStream, QueueInFlight> queues = new HashMap<>();
  private final ReadyQueues ready = new ReadyQueues();
  private final RunningCalls running;
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private int workers;

  /** Queues here that come from the backlog. */
  private int loaded;

  private volatile boolean closed;

  /**
   * @param retries how often the consumer gets an event, and the waits between
   * @param writer writes to the backlog
   * @param wake schedules another read of the backlog after a delay
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
    this.running = new RunningCalls(subscription);
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

  /** Takes events of one stream from the outbox, by sequence. */
  void offer(EventStream key, List<Delivery> deliveries, boolean fresh) {
    List<Runnable> then = new ArrayList<>(0);
    synchronized (this) {
      offer(key, deliveries, fresh, then);
    }
    then.forEach(Runnable::run);
  }

  private void offer(
      EventStream key, List<Delivery> deliveries, boolean fresh, List<Runnable> then) {
    if (closed) {
      then.add(() -> deliveries.forEach(delivery -> delivery.settle(false)));
      return;
    }
    QueueInFlight before = queues.get(key);
    if (before == null) {
      QueueInFlight queue =
          new QueueInFlight(new Queue(subscription.consumer(), key), false, deliveries);
      queues.put(key, queue);
      if (fresh) {
        admit(queue);
      } else {
        queue.state = State.LOOKING;
        writer.look(queue.id, found -> looked(queue, found), () -> refuse(queue));
      }
    } else if (before.state == State.MOVED || before.fromBacklog) {
      moves.behind(before, deliveries);
    } else {
      before.waiting.addAll(deliveries);
    }
  }

  private synchronized void looked(QueueInFlight queue, boolean found) {
    if (queue.state != State.LOOKING) {
      return; // closed meanwhile
    }
    if (found) {
      moves.all(queue);
    } else {
      admit(queue);
    }
  }

  @Override
  public void refuse(QueueInFlight queue) {
    List<Delivery> refused;
    synchronized (this) {
      refused = List.copyOf(queue.waiting);
      queue.waiting.clear();
      queues.remove(queue.id.key(), queue);
    }
    refused.forEach(delivery -> delivery.settle(false));
  }

  private void admit(QueueInFlight queue) {
    if (!queue.fromBacklog && ready.direct() >= options.maxWaiting()) {
      moves.all(queue);
      return;
    }
    queue.since = threads.nanoTime();
    ready.add(queue);
    dispatch();
  }

  /** Each overdue call is replaced by another thread, as long as there are any. */
  private int allowed() {
    return options.threads() + Math.min(running.overdue(), options.threads());
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
    QueueInFlight queue = closed || workers > allowed() ? null : ready.poll();
    if (queue == null) {
      workers--;
      return null;
    }
    return call(queue);
  }

  private Call call(QueueInFlight queue) {
    queue.state = State.CALLING;
    Call call = new Call(queue, queue.first(), threads.nanoTime());
    queue.call = call;
    running.add(call);
    return call;
  }

  /** Ends a call; returns the next call of the same stream, or null. */
  private @Nullable Call ended(Call call, @Nullable Throwable failure) {
    QueueInFlight queue = call.queue;
    boolean handled = failure == null && !call.overdue;
    Call next = null;
    synchronized (this) {
      running.remove(call);
      queue.call = null;
      Thread.interrupted(); // set by the call's time-out; the next call has its own
      if (call.overdue) {
        moves.endedLate(call, failure);
      } else if (failure != null) {
        moves.failed(queue, failure);
      } else {
        queue.waiting.remove();
        next = goOn(queue, call.delivery.event());
      }
      whenIdle();
    }
    if (handled) {
      call.delivery.settle(true);
      if (next == null && closed) {
        refuse(queue);
      }
    }
    return next;
  }

  private @Nullable Call goOn(QueueInFlight queue, Event handled) {
    if (queue.fromBacklog) {
      queue.handled.add(handled);
      queue.attempts = 0;
    }
    if (queue.fromBacklog && (queue.waiting.isEmpty() || closed)) {
      moves.handled(queue);
    } else if (queue.waiting.isEmpty()) {
      queues.remove(queue.id.key());
    } else if (!closed && workers <= allowed()) {
      return call(queue);
    } else if (!closed) {
      ready.addFirst(queue);
    }
    return null;
  }

  @Override
  public void deadLetterAdded(QueueInFlight queue) {
    Delivery first;
    synchronized (this) {
      first = queue.waiting.remove();
      if (queue.waiting.isEmpty()) {
        queues.remove(queue.id.key(), queue);
      } else if (!closed) {
        admit(queue);
      }
    }
    first.settle(true);
    if (closed) {
      refuse(queue);
    }
  }

  @Override
  public void written(QueueInFlight queue) {
    synchronized (this) {
      queue.writes--;
      Invariants.within("writes of a queue", queue.writes, 0, Integer.MAX_VALUE);
      leaveIfOver(queue);
    }
  }

  @Override
  public void leaveIfOver(QueueInFlight queue) {
    if (queue.isOver() && queues.remove(queue.id.key(), queue)) {
      loaded -= queue.fromBacklog ? 1 : 0;
    }
  }

  /**
   * Returns how many due queues of the backlog it can be asked for; those that it has count too.
   */
  synchronized int room() {
    return closed || loaded > MAX_LOADED / 2 ? 0 : MAX_LOADED;
  }

  /** Takes due events from the backlog, except of queues that are under way. */
  synchronized void take(Due due) {
    EventStream key = due.queue().key();
    if (closed || queues.containsKey(key)) {
      return;
    }
    List<Delivery> deliveries =
        due.events().stream().map(event -> new Delivery(event, null, 0)).toList();
    QueueInFlight queue = new QueueInFlight(due.queue(), true, deliveries);
    queue.attempts = due.attempts();
    queues.put(key, queue);
    loaded++;
    admit(queue);
  }

  /** Looks at the time: at calls that take too long, and at events that have waited too long. */
  synchronized void tick() {
    long now = threads.nanoTime();
    long timeout = options.timeout().toNanos();
    for (Call call : running.all()) {
      long elapsed = now - call.began;
      if (!call.overdue && elapsed >= timeout) {
        running.interrupt(call);
        moves.timedOut(call);
        whenIdle();
        dispatch();
      } else if (call.overdue && !call.givenUp && elapsed >= 2 * timeout) {
        call.givenUp = true;
        moves.givenUp(call);
      }
    }
    // Only what has waited too long; a consumer that is busy for a moment takes the rest itself.
    if (ready.direct() > 0) {
      ready.removeLate(now - options.maxWait().toNanos()).forEach(moves::all);
    }
  }

  synchronized List<Finding> findings() {
    List<Finding> findings = running.findings(threads.nanoTime());
    moves.full().ifPresent(findings::add);
    return findings;
  }

  private void whenIdle() {
    if (closed && running.areAllOverdue()) {
      idle.complete(null);
    }
  }

  /**
   * Begins no call any more.
   *
   * @return completes when the calls that run have returned, except those beyond their time-out
   */
  CompletableFuture<Void> close() {
    List<QueueInFlight> late;
    synchronized (this) {
      closed = true;
      late = queues.values().stream().filter(queue -> queue.state == State.READY).toList();
      ready.clear();
      whenIdle();
    }
    late.forEach(this::refuse);
    pool.shutdown();
    return idle;
  }

  /** Returns whether the current thread is at work for the consumer. */
  synchronized boolean isCalling(Thread thread) {
    return running.isOn(thread);
  }
}
