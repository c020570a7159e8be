package com.techcorp.mail;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limits the connections and keeps idle ones for the next message. */
final class SmtpPool {
  private static final Logger log = LoggerFactory.getLogger(SmtpPool.class);

  private final int size;
  private final long idleNanos;
  private final LongSupplier nanoTime;
  private final Semaphore places;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private boolean closed;
  private boolean drained;

  private record Idle(SmtpConnection connection, long since) {}

  SmtpPool(int size, Duration idleTime, LongSupplier nanoTime) {
    this.size = size;
    this.idleNanos = idleTime.toNanos();
    this.nanoTime = nanoTime;
    this.places = new Semaphore(size, true);
  }

  /**
   * Takes a place, to be {@linkplain #leave() left} again; false if none became free in time or the
   * pool is closed.
   */
  boolean enter(Duration longest) throws InterruptedException {
    if (isClosed()) {
      return false;
    }
    boolean entered = places.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
    if (entered && isClosed()) {
      leave();
      return false;
    }
    return entered;
  }

  /** Returns how many wait for a place. */
  int waiting() {
    return places.getQueueLength();
  }

  void leave() {
    places.release();
  }

  /**
   * Returns the connection that was used last, if there is one; whether the server has it is open.
   */
  synchronized Optional<SmtpConnection> take() {
    return Optional.ofNullable(idle.pollFirst()).map(Idle::connection);
  }

  /** Keeps a connection for another message. */
  void keep(SmtpConnection connection) {
    synchronized (this) {
      if (!closed) {
        idle.addFirst(new Idle(connection, nanoTime.getAsLong()));
        return;
      }
    }
    connection.end();
  }

  /** Closes connections that were idle for a while, before the server does. */
  void dropOld() {
    Idle old;
    while ((old = pollOld()) != null) {
      old.connection().end();
    }
  }

  private synchronized @Nullable Idle pollOld() {
    Idle last = idle.peekLast();
    boolean isOld = last != null && nanoTime.getAsLong() - last.since() >= idleNanos;
    return isOld ? idle.pollLast() : null;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Admits no more callers, and waits for those inside.
   *
   * @return whether all have left
   */
  boolean close(Duration grace) throws InterruptedException {
    synchronized (this) {
      if (closed) {
        return drained;
      }
      closed = true;
    }
    boolean empty = places.tryAcquire(size, grace.toNanos(), TimeUnit.NANOSECONDS);
    if (empty) {
      places.release(size); // whoever waits for a place learns that the pool is closed
    } else {
      log.warn("Messages are still being sent after {}: their threads end by time-out", grace);
    }
    Idle next;
    while ((next = pollAny()) != null) {
      next.connection().end();
    }
    synchronized (this) {
      drained = empty;
    }
    return empty;
  }

  private synchronized @Nullable Idle pollAny() {
    return idle.pollFirst();
  }
}
