package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.jdbc.SchemaNames;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.testkit.SimulatedGateway;
import javax.sql.DataSource;

/** The example of the README: one order, from {@code place} to its outcome. */
public final class PlaceOneOrder {
  private PlaceOneOrder() {}

  /**
   * Places one order.
   *
   * @param dataSource a pool of at least 10 connections to a PostgreSQL
   * @param gateway charges
   * @param order what to order
   * @return how it ended
   */
  static OrderOutcome place(DataSource dataSource, PaymentGateway gateway, PlaceOrder order) {
    // tag::readme[]
    SchemaNames schemas = SchemaNames.DEFAULT.withHostTables(); // carts, products, customers too
    PostgresStorage.migrate(dataSource, schemas); // Flyway, in schemas of its own
    PostgresStorage storage = PostgresStorage.builder(dataSource).schemas(schemas).build();
    try (TechCorp shop =
        TechCorp.builder()
            .storage(storage)
            .carts(storage.carts()) // or yours: cartId -> Optional<Cart>
            .catalog(storage.catalog())
            .customers(storage.customers())
            .payments(gateway)
            .start()) {
      OrderReceipt receipt = shop.orders().place(order); // durable when it returns
      return receipt.outcome().join(); // Confirmed, or Cancelled with the reason
    }
    // end::readme[]
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      System.out.println(place(shop.dataSource(), SimulatedGateway.approving(), shop.order()));
    }
  }
}
