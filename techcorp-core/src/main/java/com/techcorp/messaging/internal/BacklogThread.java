package com.techcorp.messaging.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.error.Reasons;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads and writes the consumers' backlogs. That it is one matters: nothing
 * that was read is written before it is taken. If it does not come back, another takes its place.
 * Thread-safe.
 */
final class BacklogThread implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BacklogThread.class);

  /**
   * The poll interval for backlogs whose holder is gone and for events that became due elsewhere.
   */
  private static final Duration POLL = Duration.ofSeconds(1);

  /** Far longer than a storage that answers at all takes; it is asked every second. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Threads threads;
  private volatile ScheduledExecutorService current;

  /** The time at which it last returned, monotonic. */
  private volatile long seenAt;

  private volatile boolean closing;

  BacklogThread(Threads threads) {
    this.threads = threads;
    this.current = another();
  }

  private ScheduledExecutorService another() {
    return threads.timer("techcorp-consumer-backlog", 1);
  }

  /**
   * Begins to read every second.
   *
   * @param clock looks whether the thread comes back
   * @param read reads once, and calls {@link #cameBack}
   * @param onOther gets the thread that takes the place of one that does not come back
   */
  void start(
      ScheduledExecutorService clock, Runnable read, Consumer<ScheduledExecutorService> onOther) {
    poll(read);
    clock.scheduleWithFixedDelay(
        () -> replaceIfStuck(read, onOther), POLL.toNanos(), POLL.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void poll(Runnable read) {
    seenAt = threads.nanoTime();
    current.scheduleWithFixedDelay(read, 0, POLL.toNanos(), TimeUnit.NANOSECONDS);
  }

  ScheduledExecutorService current() {
    return current;
  }

  /** Notes that a read has returned, if the thread that made it is still the one. */
  void cameBack(ScheduledExecutorService thread) {
    if (thread == current) {
      seenAt = threads.nanoTime();
    }
  }

  /** Or all consumers would wait for it. */
  private void replaceIfStuck(Runnable read, Consumer<ScheduledExecutorService> onOther) {
    if (closing || silence().compareTo(PATIENCE) < 0) {
      return;
    }
    log.warn(
        "The thread that reads and writes the consumers' backlogs has not come back for {} s:"
            + " another one takes its place",
        silence().toSeconds());
    ScheduledExecutorService stuck = current;
    current = another();
    poll(read);
    onOther.accept(current);
    stuck.shutdown();
  }

  private Duration silence() {
    return Duration.ofNanos(threads.nanoTime() - seenAt);
  }

  /** Returns whether the backlogs are not read at the moment. */
  Optional<Finding> stuck() {
    Duration silence = silence();
    if (closing || silence.compareTo(PATIENCE.dividedBy(2)) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            "BACKLOG_STUCK",
            HealthStatus.DEGRADED,
            "the consumers' backlogs are not read: a call to the storage does not return",
            silence));
  }

  /** Replaces a stuck thread no more; reads and writes go on. */
  void closes() {
    closing = true;
  }

  /** Ends the thread, once it has written what it was given. */
  @Override
  public void close() {
    current.shutdown();
    try {
      current.awaitTermination(GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.warn("Interrupted while closing: {}", Reasons.of(e));
    }
  }
}
