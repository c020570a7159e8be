package com.techcorp.messaging.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.health.Finding;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.internal.QueueInFlight.Call;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.Handling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Calls one consumer with what is ready, event by event or in batches, and decides what follows
 * when a call has ended. Guarded by the consumer's {@link ConsumerQueues}.
 */
final class LaneCalls implements ConsumerThreads.Work {
  private final ConsumerQueues lane;
  private final Subscription subscription;
  private final ReadyQueues ready;
  private final BacklogMoves moves;
  private final OverdueCalls overdue;
  private final LanePause pause;
  private final Threads threads;
  private final RunningCalls running;
  private final ConsumerThreads workers;
  private final BatchGathering gathering;
  private final CompletableFuture<Void> idle = new CompletableFuture<>();

  /**
   * @param ready what waits for a call
   * @param clock tells when a batch has waited long enough
   */
  LaneCalls(
      ConsumerQueues lane,
      Subscription subscription,
      ReadyQueues ready,
      BacklogMoves moves,
      OverdueCalls overdue,
      LanePause pause,
      BusContext context,
      ScheduledExecutorService clock) {
    this.lane = lane;
    this.subscription = subscription;
    this.ready = ready;
    this.moves = moves;
    this.overdue = overdue;
    this.pause = pause;
    this.threads = context.threads();
    this.running = new RunningCalls(subscription);
    this.workers = new ConsumerThreads(subscription, this, running, context);
    this.gathering = new BatchGathering(subscription, threads, clock, this::gathered);
  }

  /** A paused consumer is tried with one call at a time. */
  private boolean mayBegin() {
    return !ready.isEmpty() && !(pause.isOn() && running.hasTrial());
  }

  /** Begins a call, if there is something for it and the consumer may have one more. */
  void dispatch() {
    if (mayBegin() && gathering.goes(ready)) {
      workers.start();
    }
  }

  private void gathered() {
    synchronized (lane) {
      gathering.timeHasCome();
      dispatch();
    }
  }

  @Override
  public @Nullable Invocation next() {
    synchronized (lane) {
      if (lane.isClosed() || workers.areTooMany() || !mayBegin() || !gathering.goes(ready)) {
        workers.left();
        return null;
      }
      return begin(ready.poll(subscription.maxEvents()));
    }
  }

  private Invocation begin(List<QueueInFlight> batch) {
    Invocation call = Invocation.of(batch, threads.nanoTime(), pause.isOn());
    running.add(call);
    return call;
  }

  @Override
  public @Nullable Invocation ended(Invocation call, Handling handling) {
    List<Delivery> handled = new ArrayList<>(call.calls.size());
    List<QueueInFlight> left = new ArrayList<>(0);
    Invocation next = null;
    synchronized (lane) {
      running.remove(call);
      Thread.interrupted(); // set by the call's time-out; the next call has its own
      pauseOrGoOn(call, handling.paused());
      for (int i = 0; i < call.calls.size(); i++) {
        Call each = call.calls.get(i);
        EventOutcome outcome = handling.outcomes().get(i);
        each.queue.call = null;
        if (call.overdue) {
          overdue.ended(each, outcome);
        } else if (outcome instanceof EventOutcome.Handled) {
          each.queue.waiting.remove();
          handled.add(each.delivery);
          next = goOn(each.queue, each.delivery.event());
          if (lane.isClosed()) {
            left.add(each.queue);
          }
        } else {
          moves.notHandled(each.queue, outcome, handling.thrown());
        }
      }
      completeIfIdle();
    }
    handled.forEach(delivery -> delivery.settle(true));
    left.forEach(lane::refuse);
    return next;
  }

  /** Any answer of a consumer that was tried ends its pause; a late one says nothing. */
  private void pauseOrGoOn(Invocation call, EventOutcome.@Nullable Paused why) {
    if (call.overdue) {
      return;
    }
    if (why != null) {
      pause.begin(why);
      giveBack();
    } else if (call.trial) {
      pause.end();
    }
  }

  /** What waits for a thread goes to the backlog, or back to it. */
  private void giveBack() {
    for (QueueInFlight queue : ready.removeAll()) {
      if (queue.fromBacklog) {
        moves.unload(queue);
      } else {
        moves.all(queue);
      }
    }
  }

  private @Nullable Invocation goOn(QueueInFlight queue, Event handled) {
    boolean stops = lane.isClosed() || pause.isOn();
    if (queue.fromBacklog) {
      queue.handled.add(handled);
      queue.attempts = 0;
    }
    if (queue.fromBacklog && (queue.waiting.isEmpty() || stops)) {
      moves.unload(queue);
    } else if (queue.waiting.isEmpty()) {
      lane.leave(queue);
    } else if (pause.isOn()) {
      moves.all(queue);
    } else if (!stops && subscription.batching() == null && !workers.areTooMany()) {
      return begin(List.of(queue));
    } else if (!stops) {
      ready.addFirst(queue);
    }
    return null;
  }

  /** Looks at the time: at calls that take too long, and at events that have waited too long. */
  void tick() {
    long now = threads.nanoTime();
    long timeout = subscription.options().timeout().toNanos();
    for (Invocation call : running.all()) {
      long elapsed = now - call.began;
      if (!call.overdue && elapsed >= timeout) {
        running.interrupt(call);
        overdue.timedOut(call);
        if (call.trial) {
          pause.lengthen();
        }
        completeIfIdle();
        dispatch();
      } else if (call.overdue && !call.isGivenUp() && elapsed >= 2 * timeout) {
        overdue.givenUp(call);
      }
    }
    // Only what has waited too long; a consumer that is busy for a moment takes the rest itself.
    if (ready.direct() > 0) {
      Duration longest = subscription.options().maxWait().plus(gathering.maxWait());
      ready.removeLate(now - longest.toNanos()).forEach(moves::all);
    }
  }

  /** Returns whether a paused consumer can be tried with events of its backlog now. */
  boolean canBeTried() {
    return pause.isDue() && ready.isEmpty() && !running.hasTrial();
  }

  List<Finding> findings() {
    List<Finding> findings = running.findings(threads.nanoTime());
    pause.finding().ifPresent(findings::add);
    return findings;
  }

  private void completeIfIdle() {
    if (lane.isClosed() && running.areAllOverdue()) {
      idle.complete(null);
    }
  }

  /**
   * The lane is closed: begins no call any more.
   *
   * @return completes when the calls that run have returned, except those beyond their time-out
   */
  CompletableFuture<Void> close() {
    completeIfIdle();
    workers.close();
    return idle;
  }

  /** Returns whether a thread is at work for the consumer. */
  boolean isOn(Thread thread) {
    return running.isOn(thread);
  }
}
