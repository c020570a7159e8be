package com.techcorp.amqp;

import com.rabbitmq.client.Delivery;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.Subscription.Batching;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one channel that wait for the handler, and whether a thread is at work on them:
 * one at a time. Thread-safe.
 */
final class WaitingDeliveries {
  private final int maxEvents;
  private final long maxWait;
  private final RabbitOptions options;
  private final BooleanSupplier ended;
  private final LongSupplier nanoTime;
  private final Deque<Received> waiting = new ArrayDeque<>();
  private boolean working;
  private boolean stopping;

  /**
   * @param ended whether no delivery is to be handled any more, or for now
   */
  WaitingDeliveries(
      Subscription subscription,
      RabbitOptions options,
      BooleanSupplier ended,
      LongSupplier nanoTime) {
    Batching batching = subscription.batching();
    this.maxEvents = subscription.maxEvents();
    this.maxWait = batching == null ? 0 : batching.options().maxWait().toNanos();
    this.options = options;
    this.ended = ended;
    this.nanoTime = nanoTime;
  }

  /** Adds one; returns whether the caller has a thread begin with them. */
  synchronized boolean add(Delivery delivery) {
    if (stopping) {
      return false;
    }
    waiting.add(new Received(delivery));
    notifyAll();
    return begins();
  }

  /** Returns whether nobody is at work, so that the caller is from now on. */
  synchronized boolean begins() {
    if (working || stopping) {
      return false;
    }
    working = true;
    return true;
  }

  /** The same, if there is something to do. */
  synchronized boolean goesOn() {
    return !waiting.isEmpty() && begins();
  }

  /** The caller is at work no more. */
  synchronized void isDone() {
    working = false;
    notifyAll();
  }

  synchronized boolean isStopping() {
    return stopping;
  }

  /** Removes and returns all, in the order in which they came. */
  synchronized List<Delivery> removeAll() {
    List<Delivery> all = waiting.stream().map(Received::delivery).toList();
    waiting.clear();
    return all;
  }

  /**
   * Returns what is handled next: of an ordered stream one event at most. If there is nothing, the
   * caller is at work no more.
   */
  List<Received> next() {
    List<Received> batch = batch();
    while (batch.isEmpty() && !isOver()) {
      batch = batch();
    }
    return batch;
  }

  private List<Received> batch() {
    gather();
    Batch batch = new Batch();
    Received next = poll();
    while (next != null) {
      batch.add(next);
      next = batch.events.size() < maxEvents ? poll() : null;
    }
    putBack(batch.later);
    return batch.events;
  }

  /** Returns as many of these deliveries as can be handled at once; the others wait. */
  List<Received> batchOf(List<Received> fetched) {
    Batch batch = new Batch();
    fetched.forEach(batch::add);
    putBack(batch.later);
    return batch.events;
  }

  private final class Batch {
    private final List<Received> events = new ArrayList<>(1);
    private final List<Received> later = new ArrayList<>(0);
    private final Set<EventStream> streams = new HashSet<>();

    void add(Received received) {
      received.read(options);
      Event event = received.event();
      if (event == null || streams.add(event.orderingKey())) {
        events.add(received);
      } else {
        later.add(received);
      }
    }
  }

  /** If there is nothing to be handled, the caller is at work no more. */
  private synchronized boolean isOver() {
    if (!stopping && !ended.getAsBoolean() && !waiting.isEmpty()) {
      return false;
    }
    isDone();
    return true;
  }

  private synchronized @Nullable Received poll() {
    return stopping || ended.getAsBoolean() ? null : waiting.poll();
  }

  private synchronized void putBack(List<Received> later) {
    for (int i = later.size() - 1; i >= 0; i--) {
      waiting.addFirst(later.get(i));
    }
  }

  /** Waits until there is a whole batch, or for as long as its first event may wait. */
  private synchronized void gather() {
    long until = nanoTime.getAsLong() + maxWait;
    long left = waiting.isEmpty() ? 0 : maxWait;
    while (left > 0 && waiting.size() < maxEvents && !stopping && !ended.getAsBoolean()) {
      if (!await(left)) {
        return;
      }
      left = until - nanoTime.getAsLong();
    }
  }

  private boolean await(long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Takes nothing more, and forgets what waits: it goes to the next consumer.
   *
   * @return whether nobody is at work within the limit
   */
  synchronized boolean stop(long limit) {
    long until = nanoTime.getAsLong() + limit;
    stopping = true;
    waiting.clear();
    notifyAll();
    long left = limit;
    while (working && left > 0 && await(left)) {
      left = until - nanoTime.getAsLong();
    }
    return !working;
  }
}
