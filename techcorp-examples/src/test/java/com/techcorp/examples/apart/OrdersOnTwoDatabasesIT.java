package com.techcorp.examples.apart;

import com.techcorp.contracts.ContractSuite;
import com.techcorp.contracts.OrderBulkheadContract;
import com.techcorp.contracts.OrderCancellationContract;
import com.techcorp.contracts.OrderHoldTimeContract;
import com.techcorp.contracts.OrderPaymentContract;
import com.techcorp.contracts.OrderRefundContract;
import com.techcorp.contracts.OrderSagaContract;
import com.techcorp.contracts.SteppedStorage;
import com.techcorp.servers.rabbit.RabbitServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * The behaviour of orders whose stock is in another PostgreSQL database, with RabbitMQ between. The
 * build plays placement and bulkheads here, the soak payment, cancellation and refunds too; {@code
 * MemoryOrderSagaApartTest} plays all of it in each build, in memory.
 */
class OrdersOnTwoDatabasesIT extends ContractSuite<SteppedStorage> {
  private static final RabbitServer BROKER = RabbitServer.shared();
  private static String virtualHost;

  @BeforeAll
  static void begin() {
    virtualHost = BROKER.createVirtualHost();
  }

  @AfterAll
  static void end() {
    BROKER.deleteVirtualHost(virtualHost);
  }

  @Override
  protected SteppedStorage open() {
    return new TwoDatabases(stock -> new RabbitSite(stock, BROKER.amqpUri(virtualHost)));
  }

  @Nested
  class Placement extends OrderSagaContract {}

  @Nested
  @Tag("soak") // half a minute
  class Payment extends OrderPaymentContract {}

  @Nested
  @Tag("soak")
  class HoldTime extends OrderHoldTimeContract {}

  @Nested
  @Tag("soak")
  class Cancellation extends OrderCancellationContract {}

  @Nested
  @Tag("soak")
  class Refunds extends OrderRefundContract {}

  @Nested
  class Bulkheads extends OrderBulkheadContract {}
}
