package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.TechCorp;
import com.techcorp.health.Finding;
import com.techcorp.messaging.Event;
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

  private final SteppedShops shops = new SteppedShops();

  /** Takes all events or none; runs the given code when it is closed. */
  private static final class Bus extends SteppedShops.Bus {
    private final boolean takes;
    private final Runnable closing;
    private final List<UUID> taken = new ArrayList<>();

    Bus(boolean takes, Runnable closing) {
      this.takes = takes;
      this.closing = closing;
    }

    @Override
    public CompletableFuture<Boolean> publish(Event event) {
      if (takes) {
        taken.add(event.id());
      }
      return CompletableFuture.completedFuture(takes);
    }

    @Override
    public void close() {
      closing.run();
    }
  }

  @AfterEach
  void stop() {
    shops.stop();
  }

  @Test
  void aProcessGivesUpItsLeaseAlthoughItsBusThrows() {
    // given
    Runnable closing =
        () -> {
          throw new ServiceConfigurationError("no provider (simulated)");
        };
    TechCorp shop = shops.start(shops.process(), new Bus(true, closing));
    assertThat(shop.health().findings()).isEmpty();

    // when
    assertThatThrownBy(shop::close).isInstanceOf(ServiceConfigurationError.class);

    // then
    assertThat(shop.health().findings()).extracting(Finding::code).contains("LEASE_LOST");
  }

  @Test
  void aProcessWhoseBusHangsLeavesItsEventsToOthers() {
    // given a process that holds an event, which its bus does not take
    SteppedThreads threads = shops.process();
    TechCorp shop = shops.start(threads, new Bus(false, () -> threads.hold(() -> false)));
    UUID event = shops.write();
    shops.pass(Duration.ofSeconds(2));
    Bus bus = new Bus(true, () -> {});
    shops.start(shops.process(), bus);
    shops.pass(Duration.ofSeconds(2));
    assertThat(bus.taken).as("held by the first").isEmpty();

    // when
    boolean returned = threads.call(shop::close);

    // then close waits for the bus, but not for ever
    assertThat(returned).isFalse();
    shops.pass(LONGER_THAN_A_BUS_MAY_TAKE);
    assertThat(shop.health().findings()).extracting(Finding::code).contains("LEASE_LOST");
    shops.pass(Duration.ofSeconds(5));
    assertThat(bus.taken).containsExactly(event);
  }
}
