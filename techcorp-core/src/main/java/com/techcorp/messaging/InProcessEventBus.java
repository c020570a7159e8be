package com.techcorp.messaging;

import com.techcorp.error.NotFound;
import com.techcorp.error.Unavailable;
import com.techcorp.error.WiringError;
import com.techcorp.error.internal.Reasons;
import com.techcorp.messaging.internal.ConsumerAttempts;
import com.techcorp.saga.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to consumers of this process, without a broker: {@link #publish} calls each
 * interested consumer on the caller's thread, one after the other. Thread-safe for different
 * events; the same event is not published twice at once (the relay never does).
 *
 * <p>A consumer that throws gets the event again after a wait that grows; nobody blocks meanwhile,
 * the event merely stays in the outbox, and with it the later events of its order. After the last
 * attempt the event is kept as a dead letter in the {@link Inbox} and counts as delivered.
 * Consumers that had the event already are not called again because of one that had not. That
 * memory (some 200 bytes for an event that failed) is of this process: after a restart, or when
 * another process takes over the relay, a consumer may see an event again, and attempts count from
 * the start.
 *
 * <p>Subscribe before the relay starts: an event that no one wants counts as delivered.
 */
public final class InProcessEventBus implements EventBus {
  /** Waits from 1 s, doubling up to 10 min, 10 attempts: some minutes in all. */
  public static final RetryPolicy DEFAULT_RETRIES =
      new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(10), 10);

  private static final Logger log = LoggerFactory.getLogger(InProcessEventBus.class);
  private static final long FORGET_CHECK_NANOS = Duration.ofMinutes(1).toNanos();

  private final Inbox inbox;
  private final RetryPolicy retries;
  private final LongSupplier nanoTime;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final Map<UUID, ConsumerAttempts> unfinished = new ConcurrentHashMap<>();
  private final AtomicLong forgetAt;
  private volatile boolean closed;

  /**
   * With {@link #DEFAULT_RETRIES}.
   *
   * @param inbox keeps dead letters
   */
  public InProcessEventBus(Inbox inbox) {
    this(inbox, DEFAULT_RETRIES);
  }

  /**
   * With waits of its own.
   *
   * @param inbox keeps dead letters
   * @param retries how often a consumer gets an event, and the waits between
   */
  public InProcessEventBus(Inbox inbox, RetryPolicy retries) {
    this(inbox, retries, System::nanoTime);
  }

  /**
   * With a time of its own.
   *
   * @param inbox keeps dead letters
   * @param retries how often a consumer gets an event, and the waits between
   * @param nanoTime a monotonic time in nanoseconds, by which the waits are measured
   */
  public InProcessEventBus(Inbox inbox, RetryPolicy retries, LongSupplier nanoTime) {
    this.inbox = inbox;
    this.retries = retries;
    this.nanoTime = nanoTime;
    this.forgetAt = new AtomicLong(nanoTime.getAsLong() + FORGET_CHECK_NANOS);
  }

  @Override
  public synchronized void subscribe(Subscription subscription) {
    for (Subscription other : subscriptions) {
      if (other.consumer().equals(subscription.consumer())) {
        throw new WiringError(
            "a consumer named '"
                + subscription.consumer()
                + "' is subscribed already: give each consumer a name of its own");
      }
    }
    subscriptions.add(subscription);
  }

  @Override
  public CompletableFuture<Boolean> publish(Event event) {
    return CompletableFuture.completedFuture(offer(event));
  }

  private boolean offer(Event event) {
    forgetWhatIsNoLongerOffered();
    ConsumerAttempts known = unfinished.get(event.id());
    ConsumerAttempts attempts = known == null ? new ConsumerAttempts(nanoTime.getAsLong()) : known;
    boolean everyone = true;
    for (Subscription subscription : subscriptions) {
      if (subscription.types().contains(event.type())) {
        everyone &= offer(subscription, event, attempts);
      }
    }
    if (everyone) {
      unfinished.remove(event.id());
    } else {
      attempts.offered(nanoTime.getAsLong());
      unfinished.put(event.id(), attempts);
    }
    return everyone;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Calls the consumer on the caller's thread, each event once; what follows one that it failed
   * on is not handed over.
   */
  @Override
  public void resend(String consumer, List<Event> events) {
    Subscription subscription = subscribed(consumer);
    for (Event event : events) {
      if (subscription.types().contains(event.type())) {
        handle(subscription, event);
      }
    }
  }

  /**
   * Hands a consumer's dead letters to it again, oldest first, on the caller's thread: when what it
   * failed on is mended. What it takes is a dead letter no more.
   *
   * @param consumer its name
   * @param limit how many at the most
   * @return how many there were
   * @throws NotFound if this process has no such consumer
   * @throws Unavailable if it fails again; that dead letter and those behind it stay
   */
  public int replay(String consumer, int limit) {
    Subscription subscription = subscribed(consumer);
    List<Inbox.DeadLetter> letters = inbox.dead(consumer, limit);
    for (Inbox.DeadLetter letter : letters) {
      handle(subscription, letter.event());
      inbox.unbury(consumer, letter.event().id());
    }
    return letters.size();
  }

  private Subscription subscribed(String consumer) {
    return subscriptions.stream()
        .filter(subscription -> subscription.consumer().equals(consumer))
        .findFirst()
        .orElseThrow(() -> new NotFound("no consumer '" + consumer + "' in this process"));
  }

  private void handle(Subscription subscription, Event event) {
    if (closed) {
      throw new Unavailable("the event bus is closed");
    }
    try {
      subscription.handler().handle(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted: send all again", e);
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      throw new Unavailable(
          "consumer "
              + subscription.consumer()
              + " failed on event "
              + event.sequence()
              + " of order "
              + event.orderId()
              + ", nothing after it was handed over: "
              + Reasons.of(e),
          e);
    }
  }

  private boolean offer(Subscription subscription, Event event, ConsumerAttempts attempts) {
    String consumer = subscription.consumer();
    if (attempts.isDone(consumer)) {
      return true;
    }
    if (closed || !attempts.isDue(consumer, nanoTime.getAsLong())) {
      return false;
    }
    try {
      subscription.handler().handle(event);
      attempts.done(consumer);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // we are being stopped: not the consumer's failure
      return false;
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      return failed(consumer, event, attempts, e);
    }
  }

  private boolean failed(
      String consumer, Event event, ConsumerAttempts attempts, Throwable failure) {
    int count = attempts.failed(consumer);
    if (retries.exhausted(count) && bury(consumer, event, failure)) {
      attempts.done(consumer);
      return true;
    }
    Duration wait = retries.waitAfter(count);
    attempts.waitUntil(consumer, nanoTime.getAsLong() + wait.toNanos());
    log.warn(
        "Consumer {} failed on {} of order {} (attempt {}), next attempt in {}: {}",
        consumer,
        event.type(),
        event.orderId(),
        count,
        wait,
        Reasons.of(failure));
    return false;
  }

  private boolean bury(String consumer, Event event, Throwable failure) {
    String reason = Reasons.of(failure);
    try {
      inbox.bury(consumer, event, reason);
    } catch (RuntimeException e) {
      log.warn("Event {} could not be kept as a dead letter yet: {}", event.id(), Reasons.of(e));
      return false;
    }
    log.error(
        "Consumer {} gave up on {} of order {}; event {} is a dead letter now: {}",
        consumer,
        event.type(),
        event.orderId(),
        event.id(),
        reason);
    return true;
  }

  /** Another process may have taken the relay over and delivered what failed here. */
  private void forgetWhatIsNoLongerOffered() {
    long now = nanoTime.getAsLong();
    long due = forgetAt.get();
    if (now - due >= 0 && forgetAt.compareAndSet(due, now + FORGET_CHECK_NANOS)) {
      long horizon = now - retries.longest().multipliedBy(2).plusMinutes(10).toNanos();
      unfinished.values().removeIf(attempts -> attempts.notOfferedSince(horizon));
    }
  }

  /** How many events are remembered because a consumer has still to take them. */
  int remembered() {
    return unfinished.size();
  }

  @Override
  public void close() {
    closed = true;
  }
}
