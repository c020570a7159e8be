package com.techcorp.examples.features;

import com.techcorp.HostTransaction;
import com.techcorp.TechCorp;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.order.OrderReceipt;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.StepResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** One transaction of the host's own: its statement, an order, a saga and an event, or nothing. */
final class OwnTransaction {
  private static final String USED = "voucher.used";

  /** The data of a saga that asks a customer how it was. */
  record Survey(UUID order) {}

  private final List<String> happened = new CopyOnWriteArrayList<>();
  private final SagaDefinition<Survey> surveys =
      SagaDefinition.named("survey", Survey.class).step(RemoteStep.named("ask", this::ask)).build();

  private StepResult<Survey> ask(Survey survey, Object call) {
    happened.add("survey");
    return StepResult.done(survey);
  }

  /** What happened because of a transaction that was rolled back and one that was committed. */
  List<String> run(ExampleShop shop) throws Exception {
    shop.execute("create table vouchers (id uuid)");
    try (TechCorp library =
        shop.wired()
            .saga(surveys)
            .subscribe("vouchers", Set.of(USED), event -> happened.add(event.type()))
            .start()) {
      redeem(shop, library, false);
      redeem(shop, library, true);
      ExampleShop.await(() -> happened.size() == 2);
      happened.add(library.orders().list(shop.customer(), 10).size() + " order");
      happened.addAll(shop.texts("select count(*) || ' voucher' from vouchers"));
      return List.copyOf(happened);
    }
  }

  private void redeem(ExampleShop shop, TechCorp library, boolean commit) throws SQLException {
    PostgresStorage storage = shop.storage();
    UUID voucher = UUID.randomUUID();
    // tag::transaction[]
    try (Connection connection = shop.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      try {
        HostTransaction transaction = storage.within(connection);
        OrderReceipt receipt = library.orders().placeWithin(transaction, shop.order());
        Survey survey = new Survey(receipt.orderId());
        library.sagas().startWithin(transaction, surveys, UUID.randomUUID(), survey);
        transaction.publish(
            OutboxEffect.Publish.unordered(
                new EventStream("voucher", voucher),
                USED,
                JsonObject.builder().put("voucher_id", voucher).build()));
        insert(connection, voucher); // a statement of your own
        if (commit) {
          connection.commit(); // from here on all four exist
        }
      } finally {
        connection.rollback(); // does nothing after a commit
      }
    }
    // end::transaction[]
  }

  private static void insert(Connection connection, UUID voucher) throws SQLException {
    try (var statement = connection.prepareStatement("insert into vouchers values (?)")) {
      statement.setObject(1, voucher);
      statement.executeUpdate();
    }
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      System.out.println(new OwnTransaction().run(shop));
    }
  }
}
