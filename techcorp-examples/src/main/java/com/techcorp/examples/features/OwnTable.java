package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderView;
import com.techcorp.saga.LocalStep;
import com.techcorp.storage.Effect;
import com.techcorp.testkit.SimulatedGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A step that writes a table of the host's own, in the transaction that confirms the order. */
final class OwnTable {
  private OwnTable() {}

  // tag::effect[]
  /** What the step writes: points for a customer. A step returns it and writes nothing itself. */
  record AddPoints(UUID customer, long points) implements Effect {}

  static final LocalStep<OrderView> LOYALTY =
      LocalStep.<OrderView>named(
              "loyalty", order -> List.of(new AddPoints(order.userId(), order.amount() / 100)))
          .compensatedBy( // if a later step is refused, such as "confirm"
              (order, why) -> List.of(new AddPoints(order.userId(), -order.amount() / 100)));

  // end::effect[]

  // tag::writer[]
  /** One statement for all orders of a batch: two of them may be of the same customer. */
  static final EffectWriter<AddPoints> WRITER =
      EffectWriter.of(
          AddPoints.class,
          "insert into loyalty (customer, points)"
              + " select customer, sum(points) from unnest(?::uuid[], ?::int8[])"
              + " as added (customer, points) group by customer order by customer"
              + " on conflict (customer) do update set points = loyalty.points + excluded.points",
          AddPoints::customer,
          AddPoints::points);

  // end::writer[]

  /** Places three orders; gives the customer's points. */
  static List<String> run(ExampleShop shop) throws Exception {
    shop.execute("create table loyalty (customer uuid primary key, points numeric not null)");
    PostgresStorage storage =
        PostgresStorage.builder(shop.dataSource())
            .schemas(ExampleShop.SCHEMAS)
            .writer(WRITER)
            .build();
    OrderOptions options = OrderOptions.DEFAULT.withStepAfter("pay", LOYALTY).withVersion(2);
    try (TechCorp library =
        shop.wired(storage, SimulatedGateway.approving()).orders(options).start()) {
      List<OrderOutcome> outcomes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        outcomes.add(library.orders().place(shop.order()).outcome().join());
      }
      System.out.println(outcomes);
    }
    return shop.texts("select points from loyalty");
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
