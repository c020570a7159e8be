package com.techcorp.messaging.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.error.internal.Invariants;
import com.techcorp.health.Finding;
import com.techcorp.messaging.ConsumerOptions;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Subscription;
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
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * Calls one consumer on its own threads, up to its limit at once, each stream's events one at a
 * time and in sequence. What it fails on, takes too long for or has no thread for moves to its
 * backlog, and with it what follows in that stream. While the consumer is paused, everything waits
 * there, except what it is tried with. Who offers events never waits here. Thread-safe.
 */
final class ConsumerLane implements ConsumerQueues {
  /** Queues of the backlog in memory at once, or two batches if that is more. */
  private static final int MAX_LOADED = 64;

  private final Subscription subscription;
  private final ConsumerOptions options;
  private final BacklogMoves moves;
  private final OverdueCalls overdue;
  private final BacklogWriter writer;
  private final Threads threads;
  private final LanePause pause;
  private final LaneCalls calls;
  private final int maxLoaded;

  private final Map<EventStream, QueueInFlight> queues = new HashMap<>();
  private final ReadyQueues ready = new ReadyQueues();

  /** Queues here that come from the backlog. */
  private int loaded;

  private volatile boolean closed;

  /**
   * @param retries how often the consumer gets an event, and the waits between
   * @param writer writes to the backlog
   * @param clock tells when a batch has waited long enough
   * @param wake schedules another read of the backlog after a delay
   */
  ConsumerLane(
      Subscription subscription,
      RetryPolicy retries,
      BacklogWriter writer,
      BusContext context,
      ConsumerCounts counts,
      ScheduledExecutorService clock,
      Consumer<Duration> wake) {
    this.subscription = subscription;
    this.options = subscription.options();
    this.writer = writer;
    this.threads = context.threads();
    this.pause = new LanePause(subscription, threads, counts, wake);
    this.moves =
        new BacklogMoves(this, subscription, retries, writer, context, counts, pause, wake);
    this.overdue = new OverdueCalls(this, subscription, retries, writer, moves, counts, wake);
    this.calls = new LaneCalls(this, subscription, ready, moves, overdue, pause, context, clock);
    this.maxLoaded = Math.max(MAX_LOADED, 2 * subscription.maxEvents());
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
      if (pause.isOn()) {
        moves.all(queue);
      } else if (fresh) {
        admit(queue);
      } else {
        queue.state = State.LOOKING;
        writer.look(queue.id, found -> looked(queue, found), () -> refuse(queue));
      }
    } else if (before.state == State.MOVED || before.fromBacklog) {
      moves.behind(before, deliveries);
      overdue.followed(before);
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
    if (!queue.fromBacklog && (pause.isOn() || ready.direct() >= options.maxWaiting())) {
      moves.all(queue);
      return;
    }
    queue.since = threads.nanoTime();
    ready.add(queue);
    calls.dispatch();
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
  public void leave(QueueInFlight queue) {
    queues.remove(queue.id.key());
  }

  @Override
  public boolean isClosed() {
    return closed;
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
    if (closed) {
      return 0;
    } else if (pause.isOn()) {
      return calls.canBeTried() ? subscription.maxEvents() : 0;
    }
    return loaded > maxLoaded / 2 ? 0 : maxLoaded;
  }

  /** Takes due events from the backlog, except of queues that are under way. */
  synchronized void take(Due due) {
    EventStream key = due.queue().key();
    if (closed || queues.containsKey(key) || (pause.isOn() && !pause.isDue())) {
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
    calls.tick();
  }

  synchronized List<Finding> findings() {
    List<Finding> findings = calls.findings();
    moves.full().ifPresent(findings::add);
    return findings;
  }

  /**
   * Begins no call any more.
   *
   * @return completes when the calls that run have returned, except those beyond their time-out
   */
  CompletableFuture<Void> close() {
    CompletableFuture<Void> idle;
    List<QueueInFlight> late;
    synchronized (this) {
      closed = true;
      late = queues.values().stream().filter(queue -> queue.state == State.READY).toList();
      ready.removeAll();
      idle = calls.close();
    }
    late.forEach(this::refuse);
    return idle;
  }

  /** Returns whether the current thread is at work for the consumer. */
  synchronized boolean isCalling(Thread thread) {
    return calls.isOn(thread);
  }
}
