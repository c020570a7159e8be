package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.catalog.ProductUpdates;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.BatchOptions;
import com.techcorp.messaging.ConsumerPausedException;
import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.Subscription;
import com.techcorp.testkit.SimulatedGateway;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A consumer that gets many events at once, and pauses while the server it needs is away. */
final class BatchConsumer {
  private BatchConsumer() {}

  /** A copy of products on a server that may be away. */
  static final class Copies {
    private final Set<UUID> products = ConcurrentHashMap.newKeySet();
    private volatile boolean away = true;
    private final UUID tooLarge = UUID.randomUUID();

    /** Reads the product, and writes it here; false if that can never be. */
    boolean write(UUID product) {
      return !product.equals(tooLarge) && (products.contains(product) || products.add(product));
    }
  }

  // tag::batch[]
  static Subscription copies(Copies server) {
    return Subscription.batch(
        "copies",
        Set.of(ProductUpdates.ROUTING_KEY),
        BatchOptions.of(500).withCoalescing(true), // the last event of a product is enough
        events -> {
          if (server.away) {
            throw new ConsumerPausedException("the server is away", Duration.ofMillis(100));
          }
          return events.stream()
              .map(
                  event ->
                      server.write(event.stream().id())
                          ? EventOutcome.handled()
                          : EventOutcome.refused("the product is too large")) // a dead letter
              .toList();
        });
  }

  // end::batch[]

  /** Changes three products while the server is away; gives what it has in the end. */
  static List<String> run(ExampleShop shop) throws Exception {
    Copies server = new Copies();
    UUID first = UUID.randomUUID();
    try (TechCorp library =
        shop.wired(shop.storage(), SimulatedGateway.approving())
            .subscribe(copies(server))
            .start()) {
      updated(shop, first);
      ExampleShop.await(() -> library.backlog().consumers().containsKey("copies"));
      updated(shop, first);
      updated(shop, shop.product());
      updated(shop, server.tooLarge);
      ExampleShop.await(() -> shop.texts("select 1 from messaging.outbox").isEmpty());
      server.away = false;
      ExampleShop.await(() -> shop.texts("select 1 from messaging.consumer_backlog").isEmpty());
    }
    String dead = shop.texts("select count(*) from messaging.dead_letters").get(0);
    shop.execute("delete from messaging.dead_letters"); // once somebody has seen to it
    return List.of(server.products.size() + " products", dead + " dead letter");
  }

  private static void updated(ExampleShop shop, UUID product) throws SQLException {
    PostgresStorage storage = shop.storage();
    try (Connection connection = shop.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      storage.within(connection).publish(ProductUpdates.updated(product, List.of("price")));
      connection.commit();
    }
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
