package com.techcorp.messaging.internal;

import java.util.HashMap;
import java.util.Map;

/**
 * How far each consumer is with one event. Times are of a monotonic clock, in nanoseconds.
 * Thread-safe.
 */
public final class ConsumerAttempts {
  private static final Progress FRESH = new Progress(0, 0, false);

  private final Map<String, Progress> byConsumer = new HashMap<>(2);
  private long offeredAt;

  private record Progress(int failures, long notBefore, boolean done) {}

  /**
   * Nothing happened yet.
   *
   * @param now the present instant
   */
  public ConsumerAttempts(long now) {
    offeredAt = now;
  }

  /**
   * Whether a consumer needs the event no more.
   *
   * @param consumer its name
   * @return true once it took the event or gave up on it
   */
  public synchronized boolean isDone(String consumer) {
    return of(consumer).done();
  }

  /**
   * Whether a consumer's wait is over.
   *
   * @param consumer its name
   * @param now the present instant
   * @return true if it may be called
   */
  public synchronized boolean isDue(String consumer, long now) {
    Progress progress = of(consumer);
    return progress.failures() == 0 || now - progress.notBefore() >= 0;
  }

  /**
   * A consumer needs the event no more.
   *
   * @param consumer its name
   */
  public synchronized void done(String consumer) {
    byConsumer.put(consumer, new Progress(0, 0, true));
  }

  /**
   * A consumer failed once more.
   *
   * @param consumer its name
   * @return how often it failed
   */
  public synchronized int failed(String consumer) {
    Progress progress = of(consumer);
    int failures = progress.failures() + 1;
    byConsumer.put(consumer, new Progress(failures, progress.notBefore(), false));
    return failures;
  }

  /**
   * A consumer is to be left alone for a while.
   *
   * @param consumer its name
   * @param notBefore until when
   */
  public synchronized void waitUntil(String consumer, long notBefore) {
    byConsumer.put(consumer, new Progress(of(consumer).failures(), notBefore, false));
  }

  /**
   * The event was offered.
   *
   * @param now the present instant
   */
  public synchronized void offered(long now) {
    offeredAt = now;
  }

  /**
   * Whether nobody offers the event any more.
   *
   * @param instant since when
   * @return true if it was not offered since
   */
  public synchronized boolean notOfferedSince(long instant) {
    return offeredAt - instant < 0;
  }

  private Progress of(String consumer) {
    return byConsumer.getOrDefault(consumer, FRESH);
  }
}
