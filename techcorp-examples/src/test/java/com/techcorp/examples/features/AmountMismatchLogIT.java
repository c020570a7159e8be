package com.techcorp.examples.features;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderOutcome;
import com.techcorp.payment.Amount;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who watches the log hears of an order whose provider took what it was not asked for. */
class AmountMismatchLogIT {
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("com.techcorp.order");
  private ExampleShop shop;

  @BeforeEach
  void open() throws SQLException {
    shop = ExampleShop.open();
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void close() {
    logger.detachAppender(logged);
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
    assertThat(logged.list)
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(outcome.orderId().toString(), "the provider took 1 USD instead of"));
  }
}
