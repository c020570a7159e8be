package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.TechCorp;
import com.techcorp.health.Finding;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventBus;
import com.techcorp.messaging.Subscription;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A bus of the host's that throws when it is closed. */
class BusThatThrowsTest {
  private static final class Bus implements EventBus {
    @Override
    public CompletableFuture<Boolean> publish(Event event) {
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public void subscribe(Subscription subscription) {}

    @Override
    public void resend(String consumer, List<Event> events) {}

    @Override
    public void close() {
      throw new ServiceConfigurationError("no provider (simulated)");
    }
  }

  @Test
  void aProcessGivesUpItsLeaseAlthoughItsBusThrows() {
    // given
    TechCorp shop =
        TechCorp.builder()
            .storage(MemoryStorage.create(SteppedClock.create()))
            .payments(SimulatedGateway.approving())
            .carts(new MemoryCarts())
            .catalog(new MemoryCatalog())
            .customers(new MemoryCustomers())
            .events(new Bus())
            .start();
    assertThat(shop.health().findings()).isEmpty();

    // when
    assertThatThrownBy(shop::close).isInstanceOf(ServiceConfigurationError.class);

    // then
    assertThat(shop.health().findings()).extracting(Finding::code).contains("LEASE_LOST");
  }
}
