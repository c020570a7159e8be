package com.techcorp.amqp;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether events must wait because an exchange has lost its bindings. Each process declares
 * its own again within the interval of its checks; an event that is published before would reach
 * some consumers, count as taken, and never reach the others.
 *
 * <p>The sessions of this process tell when they have declared theirs, however long a busy broker
 * takes for it. Other processes cannot tell: they get the time of two checks. Thread-safe.
 */
class LostBindings {
  private static final Logger log = LoggerFactory.getLogger(LostBindings.class);

  private final Duration wait;
  private final LongSupplier nanoTime;
  private final Set<Declarer> declarers = new CopyOnWriteArraySet<>();
  private volatile boolean held;
  private long lostAt; // guarded by this

  LostBindings(Duration topologyCheck, LongSupplier nanoTime) {
    this.wait = topologyCheck.multipliedBy(2);
    this.nanoTime = nanoTime;
  }

  /** Somebody has seen that an exchange was deleted, or that what it had is gone. */
  synchronized void lost() {
    if (!isHeld()) {
      log.warn(
          "RabbitMQ has lost an exchange with its bindings: events wait in the outbox for {} at"
              + " least, until all processes have declared theirs again",
          wait);
    }
    lostAt = nanoTime.getAsLong();
    held = true;
  }

  /** Returns whether events must wait. Asked for each event. */
  boolean isHeld() {
    return held && isStillHeld();
  }

  private synchronized boolean isStillHeld() {
    boolean others = nanoTime.getAsLong() - lostAt < wait.toNanos();
    held = held && (others || declarers.stream().anyMatch(each -> each.isBehind(lostAt)));
    return held;
  }

  /** Adds a session that declares bindings; events wait for it, too, until it is closed. */
  Declarer declarer() {
    Declarer declarer = new Declarer();
    declarers.add(declarer);
    return declarer;
  }

  /** What declares bindings of this process. */
  final class Declarer implements AutoCloseable {
    private boolean declared; // guarded by LostBindings.this, as the next
    private long declaredFrom;

    private Declarer() {}

    /** Returns the time to give to {@link #declared}, before the first binding is declared. */
    long begin() {
      return nanoTime.getAsLong();
    }

    /**
     * All bindings have been declared. What was lost in between may be among those that were
     * declared before it was.
     *
     * @param from when that began
     */
    void declared(long from) {
      synchronized (LostBindings.this) {
        declared = true;
        declaredFrom = from;
      }
    }

    private boolean isBehind(long time) {
      return !declared || declaredFrom - time < 0;
    }

    @Override
    public void close() {
      declarers.remove(this);
    }
  }
}
