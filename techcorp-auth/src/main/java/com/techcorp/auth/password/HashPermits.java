package com.techcorp.auth.password;

import com.techcorp.error.OverloadedException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Lets so many callers hash at once, each with memory that the one before used, and so many wait.
 *
 * <p>The work runs on the caller's thread, which nothing interrupts in it. So there is no way to go
 * and leave the work behind: a permit is free again when its work has ended, and never before.
 */
final class HashPermits {
  private final int waiting;
  private final Duration longestWait;

  /** Of all who work or wait. */
  private final Semaphore places;

  /** Of those who work; who comes first is served first. */
  private final Semaphore free;

  /** What was used last is used next, so memory that nobody needed is never filled. */
  private final Deque<Argon2Memory> memories = new ConcurrentLinkedDeque<>();

  HashPermits(PasswordOptions options) {
    int permits = options.permits();
    this.waiting = options.waiting();
    this.longestWait = options.longestWait();
    this.places = new Semaphore(permits + waiting);
    this.free = new Semaphore(permits, true);
    for (int i = 0; i < permits; i++) {
      memories.push(new Argon2Memory(options.memory()));
    }
  }

  /**
   * Works as soon as a permit is free.
   *
   * @throws OverloadedException if too many wait already, or it takes too long, or the caller is
   *     interrupted while it waits
   */
  <T> T with(Function<Argon2Memory, T> work) {
    if (!places.tryAcquire()) {
      throw new OverloadedException(
          "passwords: all permits are taken and "
              + waiting
              + " callers wait; try again later, or raise PasswordOptions.waiting");
    }
    try {
      return withPlace(work);
    } finally {
      places.release();
    }
  }

  private <T> T withPlace(Function<Argon2Memory, T> work) {
    awaitPermit();
    try {
      Argon2Memory memory = memories.pop();
      try {
        return work.apply(memory);
      } finally {
        memories.push(memory);
      }
    } finally {
      free.release();
    }
  }

  private void awaitPermit() {
    try {
      if (free.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OverloadedException("passwords: the caller was interrupted while it waited", e);
    }
    throw new OverloadedException(
        "passwords: no permit became free within PasswordOptions.longestWait; try again later");
  }

  /** Returns how many permits nobody has. */
  int free() {
    return free.availablePermits();
  }

  /** Returns how many more callers may come. */
  int places() {
    return places.availablePermits();
  }
}
