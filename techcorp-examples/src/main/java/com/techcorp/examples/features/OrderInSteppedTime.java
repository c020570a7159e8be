package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.catalog.Product;
import com.techcorp.order.CustomerDirectory.Customer;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.PlaceOrder;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.SteppedClock;
import com.techcorp.testkit.SteppedThreads;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** How to test what a service does with orders: without a database, threads or waiting. */
final class OrderInSteppedTime {
  /** How the order ended, and how often its customer was charged. */
  record Result(boolean decidedAtOnce, OrderOutcome outcome, int charges) {}

  private OrderInSteppedTime() {}

  /** The provider charges, and its answer is lost. */
  static Result run() {
    UUID user = UUID.randomUUID();
    UUID cart = UUID.randomUUID();
    UUID address = UUID.randomUUID();
    UUID coffee = UUID.randomUUID();
    // tag::stepped[]
    SteppedClock clock = SteppedClock.create();
    SteppedThreads threads = SteppedThreads.on(clock);
    SimulatedGateway provider = SimulatedGateway.approving();
    provider.on().call(1, SimulatedCharge.loseAnswer());
    try (TechCorp library =
        TechCorp.builder()
            .threads(threads)
            .storage(MemoryStorage.create(clock))
            .carts(new MemoryCarts().put(cart, user, coffee, 2))
            .catalog(new MemoryCatalog().put(new Product(coffee, "Coffee", 1_999, "BRL", 1)))
            .customers(
                new MemoryCustomers().put(new Customer(user, "ana@x.org", "Ana", "en"), address))
            .payments(provider)
            .start()) {
      library.inventory().restock(coffee, 5);
      CompletableFuture<OrderOutcome> outcome =
          library
              .orders()
              .place(PlaceOrder.of(user, cart, address, "credit_card", "tok_visa"))
              .outcome();
      threads.run(); // all that can happen before time passes: the charge, without an answer
      boolean decidedAtOnce = outcome.isDone();

      clock.advance(Duration.ofSeconds(2)); // by now the provider is asked what became of it
      threads.run();
      return new Result(decidedAtOnce, outcome.join(), provider.money().charges());
    }
    // end::stepped[]
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.out.println(run());
  }
}
