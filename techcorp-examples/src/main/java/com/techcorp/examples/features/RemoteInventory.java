package com.techcorp.examples.features;

import com.techcorp.InventoryService;
import com.techcorp.TechCorp;
import com.techcorp.amqp.InventoryServer;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.amqp.RemoteInventoryReserver;
import com.techcorp.inventory.StockLevel;
import com.techcorp.order.OrderOutcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Stock in a service and a database of its own; orders reach it over RabbitMQ. */
final class RemoteInventory {
  private static final long DELIVERED = 5;

  /** How the order ended, and what is left in the other database. */
  record Result(OrderOutcome outcome, Map<UUID, StockLevel> levels) {}

  private RemoteInventory() {}

  /** Sells one of five units that are in the warehouse's database. */
  @SuppressWarnings("try") // the server answers on threads of its own
  static Result run(ExampleShop shop, ExampleShop warehouse, String rabbit) throws Exception {
    UUID product = shop.product();
    // tag::inventory[]
    try (InventoryService service =
            InventoryService.builder()
                .storage(warehouse.storage())
                .events(RabbitEventBus.connect(rabbit))
                .start();
        InventoryServer server = InventoryServer.serve(service.inventory(), rabbit)) {
      service.inventory().restock(product, DELIVERED);
      OrderOutcome outcome = order(shop, rabbit);
      return new Result(outcome, service.inventory().levels(List.of(product)));
    }
    // end::inventory[]
  }

  private static OrderOutcome order(ExampleShop shop, String rabbit) throws Exception {
    // tag::orders[]
    try (RemoteInventoryReserver inventory = RemoteInventoryReserver.connect(rabbit);
        TechCorp library =
            shop.wired().inventory(inventory).events(RabbitEventBus.connect(rabbit)).start()) {
      return library.orders().place(shop.order()).outcome().join();
    }
    // end::orders[]
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open();
        ExampleShop warehouse = ExampleShop.open()) {
      System.out.println(run(shop, warehouse, ExampleShop.rabbit()));
    }
  }
}
