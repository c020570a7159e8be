package com.techcorp.contracts;

import org.junit.jupiter.api.Nested;

/**
 * What an inventory promises that a shop reaches over a wire. Give {@link SteppedStorage#inventory}
 * a {@link RemoteInventory} with the adapter as its wire.
 */
public abstract class InventoryReserverContracts extends ContractSuite<SteppedStorage> {
  /** For subclasses. */
  protected InventoryReserverContracts() {}

  @Nested
  class Holds extends InventoryReserverHoldsContract {}

  @Nested
  class Expiry extends InventoryReserverExpiryContract {}

  @Nested
  class Owners extends InventoryReserverOwnersContract {}
}
