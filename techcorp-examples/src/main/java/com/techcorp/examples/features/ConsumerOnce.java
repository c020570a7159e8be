package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderOutcome;
import com.techcorp.testkit.SimulatedGateway;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A consumer that acts once, although it gets an event twice. It needs no sequence. */
final class ConsumerOnce {
  private static final String NAME = "points";

  private ConsumerOnce() {}

  // tag::handler[]
  static Subscription.Handler points(DataSource dataSource, PostgresStorage storage) {
    return event -> {
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        try {
          if (storage.within(connection).receive(NAME, event)) { // false: had it before
            insert(connection, event); // your own statements, once for each event
          }
          connection.commit();
        } finally {
          connection.rollback(); // does nothing after a commit
        }
      }
    };
  }

  // end::handler[]

  private static void insert(Connection connection, Event event) throws SQLException {
    try (var statement = connection.prepareStatement("insert into points values (?, 10)")) {
      statement.setObject(1, event.payload().uuid("user_id"));
      statement.executeUpdate();
    }
  }

  /** Delivers one event twice; gives how often it came, and the points for it. */
  static List<String> run(ExampleShop shop) throws Exception {
    shop.execute("create table points (customer uuid, points bigint)");
    PostgresStorage storage = shop.storage();
    AtomicInteger deliveries = new AtomicInteger();
    Subscription.Handler points = points(shop.dataSource(), storage);
    Subscription.Handler counted =
        event -> {
          points.handle(event);
          deliveries.incrementAndGet();
        };
    try (TechCorp library =
        shop.wired(storage, SimulatedGateway.approving())
            .subscribe(NAME, Set.of("order.confirmed"), counted)
            .start()) {
      OrderOutcome outcome = library.orders().place(shop.order()).outcome().join();
      ExampleShop.await(() -> deliveries.get() == 1);
      library.events().sendAgain(outcome.orderId(), NAME); // as a bus does after a lost answer
      ExampleShop.await(() -> deliveries.get() == 2);
    }
    return List.of(
        deliveries + " deliveries",
        shop.texts("select sum(points) from points").get(0) + " points");
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
