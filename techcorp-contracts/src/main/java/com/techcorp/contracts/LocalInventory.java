package com.techcorp.contracts;

import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.messaging.spi.EventTransport;

/** Stock in the orders' own storage. */
record LocalInventory(Storage storage) implements InventoryTopology {
  @Override
  public boolean isApart() {
    return false;
  }

  @Override
  public void wire(TechCorp.Builder shop) {}

  @Override
  public EventTransport events(EventTransport own) {
    return own;
  }

  @Override
  public void close() {}
}
