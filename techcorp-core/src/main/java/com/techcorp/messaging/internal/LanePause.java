package com.techcorp.messaging.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.health.Finding;
import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.ConsumerPause;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pause of one consumer: counted, logged, and with a read of the backlog when the consumer is
 * to be tried again. Guarded by its {@link ConsumerQueues}.
 */
final class LanePause {
  private static final Logger log = LoggerFactory.getLogger(LanePause.class);

  private final String consumer;
  private final ConsumerPause pause;
  private final Threads threads;
  private final ConsumerCounts counts;
  private final Consumer<Duration> wake;

  /**
   * @param wake schedules another read of the backlog after a delay
   */
  LanePause(
      Subscription subscription, Threads threads, ConsumerCounts counts, Consumer<Duration> wake) {
    this.consumer = subscription.consumer();
    this.pause = new ConsumerPause(consumer);
    this.threads = threads;
    this.counts = counts;
    this.wake = wake;
  }

  boolean isOn() {
    return pause.isOn();
  }

  /** Returns whether it is time to try the consumer again. */
  boolean isDue() {
    return pause.isDue(threads.nanoTime());
  }

  void begin(EventOutcome.Paused why) {
    if (pause.begin(why, threads.nanoTime())) {
      counts.pauses.increment();
      log.warn("Consumer {} is paused, its events wait in its backlog: {}", consumer, why.reason());
    }
    wake.accept(why.retryAfter());
  }

  /** The consumer was tried and does not return. */
  void lengthen() {
    pause.lengthen(threads.nanoTime());
  }

  void end() {
    if (pause.end()) {
      log.info("Consumer {} goes on", consumer);
      wake.accept(Duration.ZERO);
    }
  }

  Optional<Finding> finding() {
    return pause.finding(threads.nanoTime());
  }
}
