package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.catalog.ProductUpdates;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.testkit.SimulatedCharge;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What is published of a product while it is ordered: that it is sold out, that it can be had
 * again, and nothing else.
 */
public abstract class OrderStockEventsContract extends OrderScenario {
  private final List<Event> updates = new CopyOnWriteArrayList<>();

  /** For subclasses. */
  protected OrderStockEventsContract() {}

  @BeforeEach
  final void listen() {
    Subscription index =
        new Subscription("index", Set.of(ProductUpdates.ROUTING_KEY), updates::add);
    shop();
    if (stockSite() instanceof RemoteInventory site) {
      site.subscribe(index);
    } else {
      subscribe(index);
    }
  }

  private List<Event> updates(UUID product) {
    return updates.stream().filter(event -> event.stream().id().equals(product)).toList();
  }

  /** What was published of a product by the time that nothing waits any more. */
  private void assertUpdates(UUID product, int count) {
    eventually(() -> assertThat(updates(product)).hasSizeGreaterThanOrEqualTo(count));
    eventually(() -> assertThat(stockSite().storage().outbox().backlog().events()).isZero());
    assertThat(updates(product))
        .hasSize(count)
        .allSatisfy(
            event ->
                assertThat(event.payload().toString())
                    .startsWith("{\"event\":\"product.updated\",\"event_id\":\"" + event.id())
                    .contains("\"changes\":[\"stock\"]"));
  }

  @Test
  @Tag("T63")
  @DisplayName("T63 the last unit that is sold is published, and so is its return")
  void theLastUnitAndItsReturnArePublished() {
    UUID product = stocked(2);
    assertUpdates(product, 1);

    confirmed(product, 1);
    assertUpdates(product, 1);

    UUID last = confirmed(product, 1);
    assertUpdates(product, 2);

    shop().orders().cancel(customer, last, "changed my mind");
    assertStock(product, 1, 0);
    assertUpdates(product, 3);
  }

  @Test
  void aHoldThatIsGivenBackIsPublished() {
    UUID product = stocked(3);
    UUID order = paying(SimulatedCharge.decline("insufficient_funds"), product, 3);
    assertUpdates(product, 2);

    gateway.releaseWaiting();

    assertThat(outcome(order)).isInstanceOf(OrderOutcome.Cancelled.class);
    assertStock(product, 3, 0);
    assertUpdates(product, 3);
  }

  @Test
  @Tag("T42")
  @DisplayName("T42 an order that leaves some of its product publishes nothing of it")
  void anOrderThatLeavesSomePublishesNothing() {
    UUID product = stocked(9);

    UUID delivered = confirmed(product, 2);
    shop().orders().ship(delivered);
    shop().orders().deliver(delivered);
    UUID returned = confirmed(product, 2);
    shop().orders().cancel(customer, returned, "changed my mind");
    OrderReceipt tooMuch = place(product, 8);
    assertThat(outcome(tooMuch)).isInstanceOf(OrderOutcome.Cancelled.class);

    assertStock(product, 7, 0);
    assertUpdates(product, 1);
  }

  @Test
  void ordersThatWantTheLastUnitsAtOncePublishOneEvent() throws Exception {
    UUID product = stocked(3);

    List<OrderReceipt> receipts =
        Threads.together(6, i -> () -> shop().orders().place(request(product, 1)));

    receipts.forEach(receipt -> remember(receipt.orderId()));
    assertThat(receipts.stream().map(this::outcome))
        .filteredOn(OrderOutcome.Confirmed.class::isInstance)
        .hasSize(3);
    assertUpdates(product, 2);
  }
}
