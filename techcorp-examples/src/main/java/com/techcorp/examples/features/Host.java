package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.catalog.Product;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.order.Cart;
import com.techcorp.order.CustomerDirectory.Customer;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.PlaceOrder;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** A whole host: its ports, the library on its database, a consumer, and an order. */
final class Host {
  /** How the order ended, and which orders the consumer was told of. */
  record Result(OrderOutcome outcome, Set<UUID> confirmed) {}

  private Host() {}

  /** Sells two bags of coffee. */
  static Result run(DataSource dataSource, HostPorts host) throws Exception {
    // tag::host[]
    UUID ana = UUID.randomUUID();
    UUID address = UUID.randomUUID();
    UUID coffee = UUID.randomUUID();
    UUID cart = UUID.randomUUID();
    host.customers.put(ana, new Customer(ana, "ana@example.com", "Ana", "en"));
    host.addresses.put(address, ana);
    host.products.put(coffee, new Product(coffee, "Coffee", 1_999, "BRL", 1));
    host.carts.put(cart, new Cart(cart, ana, List.of(new Cart.Item(coffee, 2))));
    Set<UUID> confirmed = ConcurrentHashMap.newKeySet();

    PostgresStorage.migrate(dataSource); // creates the library's schemas
    try (TechCorp shop =
        TechCorp.builder()
            .storage(PostgresStorage.on(dataSource))
            .carts(host)
            .catalog(host)
            .customers(host)
            .payments(host)
            .sender(host)
            .subscribe(
                "statistics", // the same on all processes
                Set.of("order.confirmed"),
                event -> confirmed.add(event.stream().id())) // may come twice
            .start()) { // one for each process, closed when the process ends
      shop.inventory().restock(coffee, 10);
      PlaceOrder order = PlaceOrder.of(ana, cart, address, "credit_card", "tok_visa");
      OrderOutcome outcome = shop.orders().place(order).outcome().join();
      ExampleShop.await(() -> !confirmed.isEmpty() && !host.mails.isEmpty());
      return new Result(outcome, confirmed);
    }
    // end::host[]
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop database = ExampleShop.empty()) {
      HostPorts host = new HostPorts();
      System.out.println(run(database.dataSource(), host) + " " + host.mails);
    }
  }
}
