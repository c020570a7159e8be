package com.techcorp.examples.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.contracts.LogCapture;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderOutcome;
import com.techcorp.payment.Amount;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Who watches the log hears of an order whose provider took what it was not asked for. */
class AmountMismatchLogIT {
  private final LogCapture logged = LogCapture.of("com.techcorp.order");
  private ExampleShop shop;

  @BeforeEach
  void open() throws SQLException {
    shop = ExampleShop.open();
  }

  @AfterEach
  void close() {
    logged.close();
    shop.close();
  }

  @Test
  void anotherAmountIsLoggedAsAWarningWithTheOrder() throws SQLException {
    SimulatedGateway gateway = SimulatedGateway.builder().voidsCharges(true).build();
    gateway.on().every(SimulatedCharge.approve().taking(new Amount(1, "USD")));

    OrderOutcome outcome = PlaceOneOrder.place(shop.dataSource(), gateway, shop.order());

    assertThat(outcome)
        .isEqualTo(
            new OrderOutcome.Cancelled(
                outcome.orderId(), new CancelReason.AmountMismatch("1 USD")));
    assertThat(logged.lines())
        .filteredOn(line -> line.level() == Level.WARN)
        .extracting(LogCapture.Line::message)
        .anySatisfy(
            message ->
                assertThat(message)
                    .contains(outcome.orderId().toString(), "the provider took 1 USD instead of"));
  }
}
