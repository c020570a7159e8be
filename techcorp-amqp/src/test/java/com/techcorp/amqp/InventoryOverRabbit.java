package com.techcorp.amqp;

import com.techcorp.Storage;
import com.techcorp.contracts.InventoryTopology;
import com.techcorp.contracts.RemoteInventory;
import com.techcorp.contracts.SteppedStorage;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;
import java.util.ArrayDeque;
import java.util.Deque;

/** Orders and stock in two storages in memory; the one calls the other over RabbitMQ. */
final class InventoryOverRabbit implements SteppedStorage {
  private final TestBroker broker = TestBroker.shared();
  private final SteppedClock clock = SteppedClock.create();
  private final Storage storage = MemoryStorage.create(clock);
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final InventoryTopology inventory =
      new ClosingSite(new RemoteInventory(MemoryStorage.create(clock), this::overRabbit), opened);

  private InventoryReserver overRabbit(InventoryReserver inventory) {
    InventoryServer server = broker.serve(inventory, RequestOptions.DEFAULT);
    RemoteInventoryReserver client = broker.inventory(RequestOptions.DEFAULT);
    opened.push(server);
    opened.push(client);
    broker.awaitServed(client);
    return client;
  }

  @Override
  public Storage storage() {
    return storage;
  }

  @Override
  public SteppedClock clock() {
    return clock;
  }

  @Override
  public InventoryTopology inventory() {
    return inventory;
  }

  @Override
  public void close() {
    broker.remove();
  }
}
