package com.techcorp.contracts;

import com.techcorp.Storage;
import com.techcorp.testkit.SteppedClock;

/** A storage whose only source of time is a clock that the tests move. */
public interface SteppedStorage extends StorageUnderTest {
  /**
   * A storage that has no check of its own and needs no closing. Its stock is in the same storage.
   *
   * @param storage an empty storage
   * @param clock its only source of time
   * @return the storage under test
   */
  static SteppedStorage of(Storage storage, SteppedClock clock) {
    return of(storage, clock, new LocalInventory(storage));
  }

  /**
   * A storage that has no check of its own and needs no closing.
   *
   * @param storage an empty storage
   * @param clock its only source of time
   * @param inventory where the stock is
   * @return the storage under test
   */
  static SteppedStorage of(Storage storage, SteppedClock clock, InventoryTopology inventory) {
    return new SteppedStorage() {
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
    };
  }

  /**
   * The clock: the same one throughout a test.
   *
   * @return the clock
   */
  SteppedClock clock();

  /**
   * Where the stock of the orders in this storage is: the same place throughout a test. Default: in
   * this storage.
   *
   * @return the place
   */
  default InventoryTopology inventory() {
    return new LocalInventory(storage());
  }
}
