package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.health.Finding;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventBus;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.messaging.Publication;
import com.techcorp.messaging.Subscription;
import com.techcorp.saga.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A relay whose thread does not come back keeps no event from being published. */
class StuckRelayTest {
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final int STEPS = 120;

  private final SteppedClock clock = SteppedClock.create();
  private final MemoryStorage storage = MemoryStorage.create(clock);
  private final List<SteppedThreads> processes = new ArrayList<>();

  /** Notes what it is given; may hang with one event. */
  private static class Bus implements EventBus {
    private final SteppedThreads threads;
    private final AtomicBoolean hangs;
    private final List<UUID> taken = new ArrayList<>();

    Bus(SteppedThreads threads, boolean hangsOnce) {
      this.threads = threads;
      this.hangs = new AtomicBoolean(hangsOnce);
    }

    @Override
    public CompletableFuture<Boolean> publish(Event event) {
      if (hangs.compareAndSet(true, false)) {
        threads.hold(() -> false);
      }
      taken.add(event.id());
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public void subscribe(Subscription subscription) {}

    @Override
    public void resend(String consumer, List<Event> events) {}

    @Override
    public void close() {}
  }

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

  private void pass(Bus bus, UUID event) {
    for (int i = 0; i < STEPS && !bus.taken.contains(event); i++) {
      processes.forEach(SteppedThreads::run);
      clock.advance(STEP);
    }
    processes.forEach(SteppedThreads::run);
  }

  @AfterEach
  void stop() {
    processes.forEach(SteppedThreads::stop);
  }

  @Test
  void anotherThreadBeginsAgainWithAnOrderWhoseThreadHangsInTheBus() {
    // given
    SteppedThreads threads = process();
    Bus bus = new Bus(threads, true);
    TechCorp shop = start(threads, bus);
    UUID event = write();

    // when
    pass(bus, event);

    // then
    assertThat(bus.taken).containsExactly(event);
    assertThat(shop.health().findings()).extracting(Finding::code).contains("RELAY_STUCK");
    clock.advance(STEP);
    threads.run();
    assertThat(storage.outbox().backlog().events()).isZero();
  }

  @Test
  void anOrderWhoseEventTheBusNeverTakesIsBegunAgain() {
    // given a bus that lets the order's events pass, and never says that the first is taken
    SteppedThreads threads = process();
    List<UUID> offered = new ArrayList<>();
    Bus bus =
        new Bus(threads, false) {
          @Override
          public Publication offer(Event event) {
            offered.add(event.id());
            return offered.size() > 1
                ? super.offer(event)
                : new Publication(
                    CompletableFuture.completedFuture(true), new CompletableFuture<>());
          }
        };
    TechCorp shop = start(threads, bus);
    UUID event = write();

    // when
    pass(bus, event);

    // then
    assertThat(offered).containsExactly(event, event);
    assertThat(shop.health().findings()).extracting(Finding::code).contains("RELAY_STUCK");
    clock.advance(STEP);
    threads.run();
    assertThat(storage.outbox().backlog().events()).isZero();
  }

  @Test
  void anotherProcessPublishesWhatANodeHoldsThatIsStuck() {
    // given a node whose only thread for the outbox hangs
    SteppedThreads stuck = process();
    AtomicBoolean hangs = new AtomicBoolean();
    stuck.decoratedBy(
        (name, task) ->
            () -> {
              if (name.equals("techcorp-relay") && hangs.get()) {
                stuck.hold(() -> false);
              }
              task.run();
            });
    Bus silent = new Bus(stuck, false);
    TechCorp first = start(stuck, silent);
    stuck.run();
    storage.outbox().claim(1, 100);
    UUID event = write();
    storage.outbox().claim(1, 100);
    hangs.set(true);
    SteppedThreads healthy = process();
    Bus bus = new Bus(healthy, false);
    start(healthy, bus);

    // when
    pass(bus, event);

    // then
    assertThat(silent.taken).isEmpty();
    assertThat(bus.taken).containsExactly(event);
    assertThat(first.health().findings()).extracting(Finding::code).contains("RELAY_STUCK");
  }
}
