package com.techcorp.examples.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderOutcome;
import com.techcorp.testkit.SimulatedGateway;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlaceOneOrderIT {
  private static ExampleShop shop;

  @BeforeAll
  static void open() throws SQLException {
    shop = ExampleShop.open();
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void confirms() throws SQLException {
    SimulatedGateway gateway = SimulatedGateway.approving();

    OrderOutcome outcome = PlaceOneOrder.place(shop.dataSource(), gateway, shop.order());

    assertThat(outcome).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(gateway.money(outcome.orderId()).charges()).isEqualTo(1);
    assertThat(InvariantCheck.on(shop.dataSource()).run().violations()).isEmpty();
  }

  @Test
  void tellsWhyItWasCancelled() throws SQLException {
    SimulatedGateway declining =
        SimulatedGateway.builder().declineRate(1).declineCode("insufficient_funds").build();

    OrderOutcome outcome = PlaceOneOrder.place(shop.dataSource(), declining, shop.order());

    assertThat(outcome)
        .isEqualTo(
            new OrderOutcome.Cancelled(
                outcome.orderId(), new CancelReason.Declined("insufficient_funds")));
  }
}
