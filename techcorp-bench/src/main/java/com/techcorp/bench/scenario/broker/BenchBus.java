package com.techcorp.bench.scenario.broker;

import com.techcorp.error.UnavailableException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.messaging.spi.Publication;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/**
 * A bus that counts what it took, and takes nothing until it is opened. Whoever consumes was
 * subscribed before: the mails that the library subscribes are measured by themselves. Thread-safe.
 */
final class BenchBus implements EventTransport {
  private final EventTransport bus;
  private final LongAdder taken = new LongAdder();
  private volatile boolean open;
  private volatile long firstAt;

  BenchBus(EventTransport bus) {
    this.bus = bus;
  }

  BenchBus opened() {
    open = true;
    return this;
  }

  /** When it was first asked since it is open, by {@link System#nanoTime}; 0: not yet. */
  long firstAt() {
    return firstAt;
  }

  long taken() {
    return taken.sum();
  }

  @Override
  public void start(BusContext context) {
    bus.start(context);
  }

  @Override
  public void subscribe(Subscription subscription) {}

  @Override
  public CompletableFuture<Boolean> publish(Event event) {
    return offer(event).taken();
  }

  @Override
  public Publication offer(Event event) {
    if (!open) {
      return Publication.of(
          CompletableFuture.failedFuture(new UnavailableException("not open yet")));
    }
    if (firstAt == 0) {
      firstAt = System.nanoTime();
    }
    Publication offered = bus.offer(event);
    offered.taken().thenAccept(took -> taken.add(took ? 1 : 0));
    return offered;
  }

  @Override
  public void resend(String consumer, List<Event> events) {
    bus.resend(consumer, events);
  }

  @Override
  public void close() {
    bus.close();
  }
}
