package com.techcorp.testkit;

import com.techcorp.TechCorp;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.order.OrderEventType;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Processes in stepped time over one storage, each with a bus of its own. */
final class SteppedShops {
  private static final Duration STEP = Duration.ofSeconds(1);

  private final SteppedClock clock = SteppedClock.create();
  private final List<SteppedThreads> processes = new ArrayList<>();
  final MemoryStorage storage = MemoryStorage.create(clock);

  /** A bus that only publishes. */
  abstract static class Bus implements EventTransport {
    @Override
    public void subscribe(Subscription subscription) {}

    @Override
    public void resend(String consumer, List<Event> events) {}

    @Override
    public void close() {}
  }

  /** The threads of one more process. */
  SteppedThreads process() {
    SteppedThreads threads = SteppedThreads.holdable(clock);
    processes.add(threads);
    return threads;
  }

  TechCorp start(SteppedThreads threads, EventTransport bus) {
    return TechCorp.builder()
        .threads(threads)
        .storage(storage)
        .payments(SimulatedGateway.approving())
        .carts(new MemoryCarts())
        .catalog(new MemoryCatalog())
        .customers(new MemoryCustomers())
        .events(bus)
        .start();
  }

  /** Writes an event of an order, and gives its id. */
  UUID write() {
    UUID order = UUID.randomUUID();
    UUID event = UUID.randomUUID();
    storage
        .unitOfWork()
        .commit(
            null,
            List.of(
                WriteSet.of(
                    order,
                    new Publish(
                        event,
                        OrderEventType.streamOf(order),
                        1,
                        "order.confirmed",
                        "{\"sequence\":1}"))));
    return event;
  }

  /** Lets time pass. */
  void pass(Duration time) {
    pass(time, () -> false);
  }

  /** Lets time pass until something is so, but no longer than this. */
  void pass(Duration limit, BooleanSupplier until) {
    for (int i = 0; i < limit.dividedBy(STEP) && !until.getAsBoolean(); i++) {
      processes.forEach(SteppedThreads::run);
      clock.advance(STEP);
    }
    processes.forEach(SteppedThreads::run);
  }

  void stop() {
    processes.forEach(SteppedThreads::stop);
  }
}
