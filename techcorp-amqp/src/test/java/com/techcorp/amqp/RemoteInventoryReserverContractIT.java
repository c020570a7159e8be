package com.techcorp.amqp;

import com.techcorp.contracts.InventoryReserverContracts;
import com.techcorp.contracts.SteppedStorage;

/** An inventory that is called over a real RabbitMQ. */
class RemoteInventoryReserverContractIT extends InventoryReserverContracts {
  @Override
  protected SteppedStorage open() {
    return new InventoryOverRabbit();
  }
}
