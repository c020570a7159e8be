package com.techcorp.amqp;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.Reasons;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls one consumer's handler, on threads of its own, through all sessions of the process: an
 * event that is delivered again while its handler is at work here gets the answer of that call. A
 * call beyond its time-out is interrupted and counts as failed; whatever becomes of its thread,
 * others go on with what follows. Thread-safe.
 */
final class ConsumerCalls {
  private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

  /** For each queue: one thread at work, two that are stuck, and one that leaves a lost session. */
  private static final int THREADS_PER_QUEUE = 4;

  private final Subscription subscription;
  private final OtherTypes others;
  private final Threads threads;
  private final FaultBoundary faults;
  private final int mostStuck;
  private final ExecutorService pool;
  private final ScheduledExecutorService clock;
  private final Map<UUID, Call> running = new HashMap<>();
  private final Set<Call> stuck = new HashSet<>();

  /** Ends a call. */
  interface Ending {
    /**
     * Settles a delivery after its call ended. May wait for the broker.
     *
     * @param failure null if it was handled
     */
    void ended(@Nullable String failure);

    /** The delivery is settled by another thread than the one that brought it. */
    void goOn();
  }

  private static final class Call {
    final Event event;
    final Thread thread = Thread.currentThread();
    final long began;
    final List<Ending> endings = new ArrayList<>(1);

    Call(Event event, long began) {
      this.event = event;
      this.began = began;
    }
  }

  /**
   * @param queues how many the consumer has, each of which has a handler at work
   */
  ConsumerCalls(Subscription subscription, int queues, Threads threads, FaultBoundary faults) {
    this.subscription = subscription;
    this.others = new OtherTypes(subscription.consumer(), threads::nanoTime);
    this.threads = threads;
    this.faults = faults;
    this.mostStuck = 2 * queues;
    String name = "techcorp-consumer-" + subscription.consumer();
    this.pool = threads.pool(name, THREADS_PER_QUEUE * queues);
    this.clock = threads.timer(name + "-clock", 1);
    long tick = Math.min(timeout().toNanos() / 4, LONGEST_TICK.toNanos());
    clock.scheduleWithFixedDelay(this::tick, tick, Math.max(1, tick), TimeUnit.NANOSECONDS);
  }

  Subscription subscription() {
    return subscription;
  }

  OtherTypes others() {
    return others;
  }

  long nanoTime() {
    return threads.nanoTime();
  }

  /** Tells who must know of fatal errors. */
  void caught(Throwable fault) {
    faults.caught(fault);
  }

  private Duration timeout() {
    return subscription.options().timeout();
  }

  /** Runs it on a thread of the consumer's. */
  void execute(Runnable task) {
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      // Closed: deliveries go to the next consumer.
    }
  }

  /**
   * Calls the handler, unless it is at work on the event already.
   *
   * @return whether the delivery is settled; otherwise another thread settles it and goes on
   */
  boolean call(Event event, Ending ending) {
    String refusal = null;
    Call call = null;
    synchronized (this) {
      Call before = running.get(event.id());
      if (before != null && !stuck.contains(before)) {
        before.endings.add(ending);
        return false;
      }
      if (before != null) {
        refusal = "an earlier call has not returned since its time-out of " + timeout();
      } else if (stuck.size() >= mostStuck) {
        refusal = "the handler has not returned from " + stuck.size() + " calls";
      } else {
        call = new Call(event, threads.nanoTime());
        call.endings.add(ending);
        running.put(event.id(), call);
      }
    }
    if (call == null) {
      ending.ended(refusal);
      return true;
    }
    return ended(call, failure(event));
  }

  private @Nullable Throwable failure(Event event) {
    try {
      subscription.handler().handle(event);
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private boolean ended(Call call, @Nullable Throwable failure) {
    boolean late;
    synchronized (this) {
      running.remove(call.event.id());
      late = stuck.remove(call);
      Thread.interrupted(); // set by the time-out, or by the handler; the next call has its own
    }
    if (!late) {
      String reason = failure == null ? null : Reasons.of(failure);
      call.endings.get(0).ended(reason);
      for (Ending other : call.endings.subList(1, call.endings.size())) {
        execute(() -> endOn(other, reason));
      }
    }
    if (failure != null && !(failure instanceof InterruptedException)) {
      faults.caught(failure);
    }
    return !late;
  }

  private void endOn(Ending ending, @Nullable String reason) {
    ending.ended(reason);
    execute(ending::goOn);
  }

  /** Its thread is lost until it returns: the clock's settles the delivery. */
  private void tick() {
    List<Call> late = new ArrayList<>();
    synchronized (this) {
      long before = threads.nanoTime() - timeout().toNanos();
      for (Call call : running.values()) {
        if (call.began - before <= 0 && stuck.add(call)) {
          call.thread.interrupt();
          late.add(call);
        }
      }
    }
    for (Call call : late) {
      String reason = "it has not returned within " + timeout();
      call.endings.forEach(ending -> endOn(ending, reason));
    }
  }

  synchronized List<Finding> findings() {
    long now = threads.nanoTime();
    return stuck.stream()
        .map(
            call ->
                new Finding(
                    "CONSUMER_STUCK",
                    HealthStatus.DEGRADED,
                    "consumer "
                        + subscription.consumer()
                        + " does not return from "
                        + call.event.type()
                        + " of "
                        + call.event.stream()
                        + ", its time-out is "
                        + timeout(),
                    Duration.ofNanos(now - call.began),
                    call.thread.getName(),
                    call.event.stream().id()))
        .toList();
  }

  /** Begins nothing any more; calls at work come to their end. */
  void close() {
    pool.shutdown();
    clock.shutdown();
  }
}
