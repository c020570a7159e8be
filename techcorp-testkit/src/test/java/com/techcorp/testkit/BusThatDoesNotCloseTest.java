package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.TechCorp;
import com.techcorp.health.Finding;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventBus;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.messaging.Subscription;
import com.techcorp.saga.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bus of the host's that throws, or never returns, when it is closed. */
class BusThatDoesNotCloseTest {
  private static final Duration LONGER_THAN_A_BUS_MAY_TAKE = Duration.ofSeconds(31);

  /** Takes all events or none; runs the given code when it is closed. */
  private record Bus(boolean takes, List<UUID> taken, Runnable closing) implements EventBus {
    @Override
    public CompletableFuture<Boolean> publish(Event event) {
      if (takes) {
        taken.add(event.id());
      }
      return CompletableFuture.completedFuture(takes);
    }

    @Override
    public void subscribe(Subscription subscription) {}

    @Override
    public void resend(String consumer, List<Event> events) {}

    @Override
    public void close() {
      closing.run();
    }
  }

  private final SteppedClock clock = SteppedClock.create();
  private final MemoryStorage storage = MemoryStorage.create(clock);
  private final List<SteppedThreads> processes = new ArrayList<>();

  private SteppedThreads process() {
    SteppedThreads threads = SteppedThreads.holdable(clock);
    processes.add(threads);
    return threads;
  }

  private TechCorp start(SteppedThreads threads, Bus bus) {
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

  private UUID write() {
    UUID order = UUID.randomUUID();
    UUID event = UUID.randomUUID();
    storage
        .unitOfWork()
        .commit(
            null,
            List.of(
                Work.of(
                    order, new Publish(event, order, 1, "order.confirmed", "{\"sequence\":1}"))));
    return event;
  }

  private void pass(Duration time) {
    for (int i = 0; i < time.toSeconds(); i++) {
      processes.forEach(SteppedThreads::run);
      clock.advance(Duration.ofSeconds(1));
    }
    processes.forEach(SteppedThreads::run);
  }

  @AfterEach
  void stop() {
    processes.forEach(SteppedThreads::stop);
  }

  @Test
  void aProcessGivesUpItsLeaseAlthoughItsBusThrows() {
    // given
    TechCorp shop =
        start(
            process(),
            new Bus(
                true,
                new ArrayList<>(),
                () -> {
                  throw new ServiceConfigurationError("no provider (simulated)");
                }));
    assertThat(shop.health().findings()).isEmpty();

    // when
    assertThatThrownBy(shop::close).isInstanceOf(ServiceConfigurationError.class);

    // then
    assertThat(shop.health().findings()).extracting(Finding::code).contains("LEASE_LOST");
  }

  @Test
  void aProcessWhoseBusHangsLeavesItsEventsToOthers() {
    // given a process that holds an event, which its bus does not take
    SteppedThreads threads = process();
    Bus hangs = new Bus(false, new ArrayList<>(), () -> threads.hold(() -> false));
    TechCorp shop = start(threads, hangs);
    UUID event = write();
    pass(Duration.ofSeconds(2));
    SteppedThreads others = process();
    Bus bus = new Bus(true, new ArrayList<>(), () -> {});
    start(others, bus);
    pass(Duration.ofSeconds(2));
    assertThat(bus.taken()).as("held by the first").isEmpty();

    // when
    boolean returned = threads.call(shop::close);

    // then close waits for the bus, but not for ever
    assertThat(returned).isFalse();
    pass(LONGER_THAN_A_BUS_MAY_TAKE);
    assertThat(shop.health().findings()).extracting(Finding::code).contains("LEASE_LOST");
    pass(Duration.ofSeconds(5));
    assertThat(bus.taken()).containsExactly(event);
  }
}
