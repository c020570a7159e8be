package com.techcorp.amqp;

import com.rabbitmq.client.AlreadyClosedException;
import com.techcorp.concurrent.Threads;
import com.techcorp.health.Finding;
import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.spi.ConsumerPause;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses one consumer on all of its channels: cancels their subscriptions, then gives back what
 * they hold. When the time has come, fetches a few deliveries to try the consumer with. Lasts
 * through all sessions of the process. Thread-safe.
 */
final class ConsumerPausing {
  private static final Logger log = LoggerFactory.getLogger(ConsumerPausing.class);

  private final String consumer;
  private final ConsumerPause pause;
  private final Threads threads;
  private final Executor executor;
  private final ScheduledExecutorService clock;
  private final AtomicBoolean trying = new AtomicBoolean();
  private final LongAdder pauses = new LongAdder();
  private volatile List<? extends Subscribed> channels = List.of();

  /** What became of fetching deliveries to try the consumer with. */
  enum Trial {
    /** The handler was called; whether the consumer goes on is decided by its outcome. */
    MADE,
    /** There is nothing to try it with. */
    NOTHING_THERE,
    /** An earlier call has not returned. */
    BUSY
  }

  /** One channel of the consumer. */
  interface Subscribed {
    /** Takes no more deliveries; what it holds, and what is on its way, is to be given back. */
    void cancel();

    /** Gives back what it holds. */
    void giveBack();

    /** Fetches deliveries and calls the handler with them, on this thread. */
    Trial tryOnce() throws IOException;

    /** Removes what waits needlessly, while the consumer is paused. */
    void compact() throws IOException;

    /** Takes deliveries again. */
    void resume();
  }

  /**
   * @param executor where the consumer is tried
   * @param clock tells when
   */
  ConsumerPausing(
      String consumer, Threads threads, Executor executor, ScheduledExecutorService clock) {
    this.consumer = consumer;
    this.pause = new ConsumerPause(consumer);
    this.threads = threads;
    this.executor = executor;
    this.clock = clock;
  }

  boolean isOn() {
    return pause.isOn();
  }

  /** The consumer has other channels from now on, which may have begun while it was paused. */
  void serves(List<? extends Subscribed> begun) {
    channels = begun;
    if (isOn()) {
      begun.forEach(Subscribed::cancel);
      giveBack();
    } else {
      begun.forEach(Subscribed::resume);
    }
  }

  /** Begins a pause; the caller gives back what it holds, and then calls {@link #giveBack}. */
  void begin(EventOutcome.Paused why) {
    if (pause.begin(why, threads.nanoTime())) {
      pauses.increment();
      log.warn("Consumer {} is paused, its events wait in its queues: {}", consumer, why.reason());
    }
    channels.forEach(Subscribed::cancel);
    plan();
  }

  private void plan() {
    long wait = pause.nanosUntilDue(threads.nanoTime());
    try {
      clock.schedule(this::tryIfDue, wait, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // Closed: the next process begins by itself.
    }
  }

  void giveBack() {
    channels.forEach(Subscribed::giveBack);
  }

  /** A call that was begun while the consumer was paused has had an answer. */
  void end() {
    if (pause.end()) {
      log.info("Consumer {} goes on", consumer);
      channels.forEach(Subscribed::resume);
    }
  }

  /** Tries the consumer if the time has come. */
  private void tryIfDue() {
    if (pause.isDue(threads.nanoTime()) && trying.compareAndSet(false, true)) {
      executor.execute(this::tryNow);
    }
  }

  private void tryNow() {
    try {
      if (pause.isDue(threads.nanoTime()) && !isTried()) {
        end();
      }
      if (isOn()) {
        for (Subscribed channel : channels) {
          channel.compact();
        }
      }
    } catch (IOException | AlreadyClosedException e) {
      log.debug("Consumer {} cannot be tried without a session: {}", consumer, e.getMessage());
    } finally {
      trialIsOver();
    }
  }

  /** It brought no answer, or the consumer stays paused, unless it goes on. */
  private void trialIsOver() {
    trying.set(false);
    if (pause.isDue(threads.nanoTime())) {
      pause.lengthen(threads.nanoTime());
    }
    if (isOn()) {
      plan();
    }
  }

  /** The call that the consumer is tried with does not return: it is tried with another one. */
  void trialIsLate() {
    pause.lengthen(threads.nanoTime());
    trialIsOver();
  }

  /** False if there is nothing to try it with: what comes next will tell. */
  private boolean isTried() throws IOException {
    boolean busy = channels.isEmpty();
    for (Subscribed channel : channels) {
      Trial trial = channel.tryOnce();
      if (trial == Trial.MADE) {
        return true;
      }
      busy |= trial == Trial.BUSY;
    }
    return busy;
  }

  Optional<Finding> finding() {
    return pause.finding(threads.nanoTime());
  }

  /** Returns how often the consumer was paused. */
  long pauses() {
    return pauses.sum();
  }
}
