package com.techcorp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.examples.data.DataFiles;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.PlaceOrder;
import com.techcorp.testkit.SimulatedGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlaceOneOrderIT {
  private final DataFiles files = DataFiles.bundled();
  private final PlaceOrder order = OrderRequests.placing(files.orders().get(0));
  private DemoDatabase database;

  @BeforeEach
  void open() {
    database = DemoDatabase.open(null, null, 8);
    PostgresStorage.migrate(database.dataSource());
    DemoData.load(database.dataSource(), files);
    DemoData.stock(database.dataSource(), files);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void confirms() {
    SimulatedGateway gateway = SimulatedGateway.approving();

    OrderOutcome outcome = PlaceOneOrder.place(database.dataSource(), gateway, order);

    assertThat(outcome).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.money(outcome.orderId()).charges()).isEqualTo(1);
    assertThat(InvariantCheck.on(database.dataSource()).run().violations()).isEmpty();
  }

  @Test
  void tellsWhyItWasCancelled() {
    SimulatedGateway declining =
        SimulatedGateway.builder().declineRate(1).declineCode("insufficient_funds").build();

    OrderOutcome outcome = PlaceOneOrder.place(database.dataSource(), declining, order);

    assertThat(outcome)
        .isEqualTo(
            new OrderOutcome.Cancelled(
                outcome.orderId(), new CancelReason.Declined("insufficient_funds")));
  }
}
