package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.order.OrderHistory;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderStatus;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** An order as it stood at an instant, and its events again for a consumer that is new. */
final class Replay {
  /** What the order was and is, and which events the new consumer got. */
  record Result(OrderStatus then, OrderStatus now, Set<String> events) {}

  private Replay() {}

  private static UUID sell(ExampleShop shop) throws Exception {
    try (TechCorp library = shop.wired().start()) {
      OrderOutcome outcome = library.orders().place(shop.order()).outcome().join();
      library.orders().ship(outcome.orderId());
      return outcome.orderId();
    }
  }

  /** Sells and ships an order, then looks back. */
  static Result run(ExampleShop shop) throws Exception {
    UUID order = sell(shop);
    Set<String> audited = ConcurrentHashMap.newKeySet();
    // tag::replay[]
    Set<String> types = Set.of("order.confirmed", "order.shipped");
    try (TechCorp library =
        shop.wired().subscribe("audit", types, event -> audited.add(event.type())).start()) {
      OrderHistory history = library.orders().history(order);
      Instant accepted = history.events().get(0).createdAt();
      OrderStatus then = history.replayAt(accepted).status();
      OrderStatus now = history.replay().status(); // as in the stored row

      library.events().sendAgain(order, "audit"); // other consumers get nothing
      ExampleShop.await(() -> audited.size() == types.size());
      return new Result(then, now, audited);
    }
    // end::replay[]
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      System.out.println(run(shop));
    }
  }
}
