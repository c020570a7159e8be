package com.techcorp.amqp;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.Threads;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.Handling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

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
  private final ConsumerPausing pausing;
  private final Map<UUID, Call> running = new HashMap<>();
  private final Set<Call> stuck = new HashSet<>();

  /** Settles a delivery after the call with its event ended. May wait for the broker. */
  interface Ending {
    Event event();

    void ended(EventOutcome outcome);
  }

  /** A delivery that gets the answer of a call that is at work on its event already. */
  private record Attached(Ending ending, Runnable goOn) {}

  private static final class Call {
    final List<Ending> own;
    final Runnable goOn;
    final boolean trial;
    final Thread thread = Thread.currentThread();
    final long began;
    final List<Attached> attached = new ArrayList<>(0);

    Call(List<Ending> own, Runnable goOn, boolean trial, long began) {
      this.own = own;
      this.goOn = goOn;
      this.trial = trial;
      this.began = began;
    }

    List<Event> events() {
      return own.size() == 1
          ? List.of(own.get(0).event())
          : own.stream().map(Ending::event).toList();
    }

    Event first() {
      return own.get(0).event();
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
    this.pausing = new ConsumerPausing(subscription.consumer(), threads, this::execute, clock);
    long tick = Math.min(timeout().toNanos() / 4, LONGEST_TICK.toNanos());
    clock.scheduleWithFixedDelay(this::tick, tick, Math.max(1, tick), TimeUnit.NANOSECONDS);
  }

  Subscription subscription() {
    return subscription;
  }

  ConsumerPausing pausing() {
    return pausing;
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

  /** Runs it on a thread of the consumer's after a delay. */
  void later(Duration delay, Runnable task) {
    try {
      clock.schedule(() -> execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // Closed: deliveries go to the next consumer.
    }
  }

  /**
   * Calls the handler with events, except those that it is at work on already.
   *
   * @param group the events, and what settles their deliveries
   * @param goOn goes on with what follows, on another thread than the one that calls
   * @return whether the deliveries are settled; otherwise another thread settles them and goes on
   */
  boolean call(List<Ending> group, Runnable goOn) {
    Map<Ending, String> refused = new LinkedHashMap<>();
    List<Ending> own = new ArrayList<>(group.size());
    boolean batches = subscription.batching() != null;
    Call call = null;
    synchronized (this) {
      for (Ending ending : group) {
        Call before = running.get(ending.event().id());
        if (before == null && stuck.size() < mostStuck) {
          own.add(ending);
        } else if (before == null) {
          refused.put(ending, "the handler has not returned from " + stuck.size() + " calls");
        } else if (stuck.contains(before)) {
          refused.put(
              ending, "an earlier call has not returned since its time-out of " + timeout());
        } else {
          before.attached.add(new Attached(ending, batches ? () -> {} : goOn));
        }
      }
      if (!own.isEmpty()) {
        Call begun = new Call(own, goOn, pausing.isOn(), threads.nanoTime());
        own.forEach(ending -> running.put(ending.event().id(), begun));
        call = begun;
      }
    }
    refused.forEach((ending, why) -> ending.ended(EventOutcome.failed(why)));
    if (call == null) {
      return batches || !refused.isEmpty();
    }
    return ended(call, Handling.call(subscription, call.events()));
  }

  private boolean ended(Call call, Handling handling) {
    boolean late;
    synchronized (this) {
      call.own.forEach(ending -> running.remove(ending.event().id(), call));
      late = stuck.remove(call);
      Thread.interrupted(); // set by the time-out, or by the handler; the next call has its own
    }
    if (!late) {
      settle(call, handling);
    }
    Throwable thrown = handling.thrown();
    if (thrown != null && !(thrown instanceof InterruptedException)) {
      faults.caught(thrown);
    }
    return !late;
  }

  /** The consumer is paused first: what is given back must not come back at once. */
  private void settle(Call call, Handling handling) {
    EventOutcome.Paused why = handling.paused();
    if (why != null) {
      pausing.begin(why);
    }
    for (int i = 0; i < call.own.size(); i++) {
      call.own.get(i).ended(handling.outcomes().get(i));
    }
    for (Attached other : call.attached) {
      EventOutcome outcome = handling.outcomes().get(placeOf(other, call));
      execute(() -> endOn(other, outcome));
    }
    if (why != null) {
      pausing.giveBack();
    } else if (call.trial) {
      pausing.end();
    }
  }

  private static int placeOf(Attached other, Call call) {
    for (int i = 0; i < call.own.size(); i++) {
      if (call.own.get(i).event().id().equals(other.ending().event().id())) {
        return i;
      }
    }
    throw new IllegalStateException("a delivery of another call");
  }

  private void endOn(Attached other, EventOutcome outcome) {
    other.ending().ended(outcome);
    execute(other.goOn());
  }

  /** Its thread is lost until it returns: the clock's settles the deliveries. */
  private void tick() {
    List<Call> late = new ArrayList<>();
    synchronized (this) {
      long before = threads.nanoTime() - timeout().toNanos();
      for (Call call : Set.copyOf(running.values())) {
        if (call.began - before <= 0 && stuck.add(call)) {
          call.thread.interrupt();
          late.add(call);
        }
      }
    }
    for (Call call : late) {
      EventOutcome outcome = EventOutcome.failed("it has not returned within " + timeout());
      call.own.forEach(ending -> ending.ended(outcome));
      execute(call.goOn);
      call.attached.forEach(other -> endOn(other, outcome));
      if (call.trial) {
        pausing.trialIsLate();
      }
    }
  }

  synchronized List<Finding> findings() {
    long now = threads.nanoTime();
    List<Finding> findings = new ArrayList<>(stuck.size());
    stuck.forEach(call -> findings.add(stuck(call, Duration.ofNanos(now - call.began))));
    pausing.finding().ifPresent(findings::add);
    return findings;
  }

  private Finding stuck(Call call, Duration since) {
    int others = call.own.size() - 1;
    return new Finding(
        "CONSUMER_STUCK",
        HealthStatus.DEGRADED,
        "consumer "
            + subscription.consumer()
            + " does not return from "
            + call.first().type()
            + " of "
            + call.first().stream()
            + (others == 0 ? "" : " and " + others + " more")
            + ", its time-out is "
            + timeout(),
        since,
        call.thread.getName(),
        call.first().stream().id());
  }

  /** Begins nothing any more; calls at work come to their end. */
  void close() {
    pool.shutdown();
    clock.shutdown();
  }
}
