package com.techcorp.amqp;

import com.techcorp.Storage;
import com.techcorp.contracts.InventoryReserverContract;
import com.techcorp.contracts.InventoryTopology;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** An inventory that is called over a real RabbitMQ keeps the contract of one in the process. */
class RemoteInventoryReserverContractIT extends InventoryReserverContract {
  private static TestBroker broker;

  private final SteppedClock clock = SteppedClock.create();
  private final Storage storage = MemoryStorage.create(clock);
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final InventoryTopology site =
      new ClosingSite(
          InventoryTopology.apart(MemoryStorage.create(clock), this::overRabbit), opened);

  @BeforeAll
  static void open() {
    broker = TestBroker.shared();
  }

  @AfterAll
  static void remove() throws Exception {
    broker.remove();
  }

  private InventoryReserver overRabbit(InventoryReserver inventory) {
    InventoryServer server = broker.serve(inventory, RequestOptions.DEFAULT);
    RemoteInventoryReserver client = broker.inventory(RequestOptions.DEFAULT);
    opened.add(server);
    opened.add(client);
    Collections.reverse(opened);
    broker.awaitServed(client);
    return client;
  }

  @Override
  protected Storage storage() {
    return storage;
  }

  @Override
  protected SteppedClock clock() {
    return clock;
  }

  @Override
  protected InventoryTopology stockSite() {
    return site;
  }
}
