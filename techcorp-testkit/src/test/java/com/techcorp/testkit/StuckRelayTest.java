package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.health.Finding;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.Publication;
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
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final SteppedShops shops = new SteppedShops();

  /** Notes what it is given; may hang with one event. */
  private static class Bus extends SteppedShops.Bus {
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
  }

  @AfterEach
  void stop() {
    shops.stop();
  }

  @Test
  void anotherThreadBeginsAgainWithAnOrderWhoseThreadHangsInTheBus() {
    // given
    SteppedThreads threads = shops.process();
    Bus bus = new Bus(threads, true);
    TechCorp shop = shops.start(threads, bus);
    UUID event = shops.write();

    // when
    shops.pass(LIMIT, () -> bus.taken.contains(event));

    // then
    assertThat(bus.taken).containsExactly(event);
    assertThat(shop.health().findings()).extracting(Finding::code).contains("RELAY_STUCK");
    shops.pass(MOMENT);
    assertThat(shops.storage.outbox().backlog().events()).isZero();
  }

  @Test
  void anOrderWhoseEventTheBusNeverTakesIsBegunAgain() {
    // given a bus that lets the order's events pass, and never says that the first is taken
    SteppedThreads threads = shops.process();
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
    TechCorp shop = shops.start(threads, bus);
    UUID event = shops.write();

    // when
    shops.pass(LIMIT, () -> bus.taken.contains(event));

    // then
    assertThat(offered).containsExactly(event, event);
    assertThat(shop.health().findings()).extracting(Finding::code).contains("RELAY_STUCK");
    shops.pass(MOMENT);
    assertThat(shops.storage.outbox().backlog().events()).isZero();
  }

  @Test
  void anotherProcessPublishesWhatANodeHoldsThatIsStuck() {
    // given a node whose only thread for the outbox hangs
    SteppedThreads stuck = shops.process();
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
    TechCorp first = shops.start(stuck, silent);
    stuck.run();
    shops.storage.outbox().claim(1, 100);
    UUID event = shops.write();
    shops.storage.outbox().claim(1, 100);
    hangs.set(true);
    SteppedThreads healthy = shops.process();
    Bus bus = new Bus(healthy, false);
    shops.start(healthy, bus);

    // when
    shops.pass(LIMIT, () -> bus.taken.contains(event));

    // then
    assertThat(silent.taken).isEmpty();
    assertThat(bus.taken).containsExactly(event);
    assertThat(first.health().findings()).extracting(Finding::code).contains("RELAY_STUCK");
  }
}
