package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.StreamConsumer;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.testkit.SimulatedGateway;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** A consumer that gets each order's events in sequence, and each of them once. */
final class ConsumerInOrder {
  private static final Set<String> WANTED =
      Set.of("order.confirmed", "order.shipped", "order.delivered");

  private ConsumerInOrder() {}

  // tag::consumer[]
  static Subscription ledger(DataSource dataSource, PostgresStorage storage) {
    return StreamConsumer.subscription(
        "ledger", // its name, the same on all processes and after restarts
        OrderEventType.routingKeys(), // all types: only together do they count without a gap
        WANTED,
        storage.inbox(),
        storage.unitOfWork(),
        (event, turn) -> {
          try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
              insert(connection, event); // your own statements
              turn.take(storage.within(connection)); // the event, in the same transaction
              connection.commit();
            } finally {
              connection.rollback(); // does nothing after a commit
            }
          }
        });
  }

  // end::consumer[]

  private static void insert(Connection connection, Event event) throws SQLException {
    try (var statement =
        connection.prepareStatement("insert into ledger (order_id, what) values (?, ?)")) {
      statement.setObject(1, event.stream().id());
      statement.setString(2, event.sequence() + " " + event.type());
      statement.executeUpdate();
    }
  }

  /** Sells, ships and delivers one order; gives the ledger's lines. */
  static List<String> run(ExampleShop shop) throws Exception {
    shop.execute(
        "create table ledger (n bigint generated always as identity, order_id uuid, what text)");
    PostgresStorage storage = shop.storage();
    try (TechCorp library =
        shop.wired(storage, SimulatedGateway.approving())
            .subscribe(ledger(shop.dataSource(), storage))
            .start()) {
      OrderOutcome outcome = library.orders().place(shop.order()).outcome().join();
      library.orders().ship(outcome.orderId());
      library.orders().deliver(outcome.orderId());
      ExampleShop.await(() -> shop.texts("select what from ledger").size() == WANTED.size());
    }
    return shop.texts("select what from ledger order by n");
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      run(shop).forEach(System.out::println);
    }
  }
}
