package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.messaging.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Events over RabbitMQ, to a consumer in another service. */
final class EventsOverRabbit {
  private static final Set<String> TYPES = Set.of("payment.confirmed", "order.confirmed");

  private EventsOverRabbit() {}

  /** Places one order; gives the types of the events that the other service got. */
  static List<String> run(ExampleShop shop, String uri) throws Exception {
    List<String> arrived = new CopyOnWriteArrayList<>();
    // tag::rabbit[]
    // A service that only listens needs the bus and nothing else of the library.
    try (RabbitEventBus warehouse = RabbitEventBus.connect(uri)) {
      warehouse.subscribe(new Subscription("warehouse", TYPES, event -> arrived.add(event.type())));
      if (!warehouse.awaitConnected(Duration.ofSeconds(30))) {
        throw new IllegalStateException("RabbitMQ cannot be reached; the bus goes on trying");
      }
      try (TechCorp library = shop.wired().events(RabbitEventBus.connect(uri)).start()) {
        library.orders().place(shop.order()).outcome().join();
        ExampleShop.await(() -> arrived.size() == TYPES.size());
      }
    }
    // end::rabbit[]
    return arrived;
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      System.out.println(run(shop, ExampleShop.rabbit()));
    }
  }
}
