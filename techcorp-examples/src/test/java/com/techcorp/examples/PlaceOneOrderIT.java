package com.techcorp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.examples.data.DataFiles;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.PlaceOrder;
import com.techcorp.testkit.SimulatedGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlaceOneOrderIT {
  private static final DataFiles FILES = DataFiles.bundled();
  private static DemoDatabase database;

  @BeforeAll
  static void open() {
    database = DemoDatabase.open(null, null, 12);
    PostgresStorage.migrate(database.dataSource(), DemoShop.SCHEMAS);
    DemoData.load(database.dataSource(), FILES);
    DemoData.stock(database.dataSource(), FILES);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static PlaceOrder order(int number) {
    return OrderRequests.placing(FILES.orders().get(number));
  }

  @Test
  void confirms() {
    SimulatedGateway gateway = SimulatedGateway.approving();

    OrderOutcome outcome = PlaceOneOrder.place(database.dataSource(), gateway, order(0));

    assertThat(outcome).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.money(outcome.orderId()).charges()).isEqualTo(1);
    assertThat(InvariantCheck.on(database.dataSource()).run().violations()).isEmpty();
  }

  @Test
  void tellsWhyItWasCancelled() {
    SimulatedGateway declining =
        SimulatedGateway.builder().declineRate(1).declineCode("insufficient_funds").build();

    OrderOutcome outcome = PlaceOneOrder.place(database.dataSource(), declining, order(1));

    assertThat(outcome)
        .isEqualTo(
            new OrderOutcome.Cancelled(
                outcome.orderId(), new CancelReason.Declined("insufficient_funds")));
  }
}
