package com.techcorp.examples.apart;

import com.techcorp.Storage;
import com.techcorp.contracts.InventoryTopology;
import com.techcorp.contracts.OrderBulkheadContract;
import com.techcorp.contracts.OrderCancellationContract;
import com.techcorp.contracts.OrderPaymentContract;
import com.techcorp.contracts.OrderRefundContract;
import com.techcorp.contracts.OrderSagaContract;
import com.techcorp.servers.RabbitServer;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * The behaviour of orders whose stock is in another PostgreSQL database, with RabbitMQ between:
 * what touches stock, payment, bulkheads, cancelling, refunds and mails. {@code
 * MemoryOrderSagaApartTest} has the rest, in memory.
 */
class OrdersOnTwoDatabasesIT {
  private static final Duration GRACE = Duration.ofMinutes(10);

  private static final RabbitServer BROKER = RabbitServer.shared();
  private static String virtualHost;

  private TwoDatabases databases;
  private InventoryTopology site;

  @BeforeAll
  static void begin() {
    virtualHost = BROKER.createVirtualHost();
  }

  @AfterAll
  static void end() {
    BROKER.deleteVirtualHost(virtualHost);
  }

  @BeforeEach
  void open() {
    databases = new TwoDatabases();
    site = new RabbitSite(databases.stock(), BROKER.amqpUri(virtualHost));
  }

  @AfterEach
  void close() {
    databases.close();
  }

  @Nested
  class Placement extends OrderSagaContract {
    @Override
    protected Storage storage() {
      return databases.orders();
    }

    @Override
    protected SteppedClock clock() {
      return databases.clock();
    }

    @Override
    protected InventoryTopology stockSite() {
      return site;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      databases.check(settled, exemptRules, GRACE);
    }
  }

  @Nested
  @Tag("soak") // half a minute
  class Payment extends OrderPaymentContract {
    @Override
    protected Storage storage() {
      return databases.orders();
    }

    @Override
    protected SteppedClock clock() {
      return databases.clock();
    }

    @Override
    protected InventoryTopology stockSite() {
      return site;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      databases.check(settled, exemptRules, GRACE);
    }
  }

  @Nested
  class Cancellation extends OrderCancellationContract {
    @Override
    protected Storage storage() {
      return databases.orders();
    }

    @Override
    protected SteppedClock clock() {
      return databases.clock();
    }

    @Override
    protected InventoryTopology stockSite() {
      return site;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      databases.check(settled, exemptRules, GRACE);
    }
  }

  @Nested
  class Refunds extends OrderRefundContract {
    @Override
    protected Storage storage() {
      return databases.orders();
    }

    @Override
    protected SteppedClock clock() {
      return databases.clock();
    }

    @Override
    protected InventoryTopology stockSite() {
      return site;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      databases.check(settled, exemptRules, GRACE);
    }
  }

  @Nested
  class Bulkheads extends OrderBulkheadContract {
    @Override
    protected Storage storage() {
      return databases.orders();
    }

    @Override
    protected SteppedClock clock() {
      return databases.clock();
    }

    @Override
    protected InventoryTopology stockSite() {
      return site;
    }

    @Override
    protected void checkInvariants(boolean settled, Set<String> exemptRules) {
      databases.check(settled, exemptRules, GRACE);
    }
  }
}
