package com.techcorp.contracts;

import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.messaging.spi.EventTransport;

/**
 * Where the shop under test keeps its stock: in the orders' own storage unless a {@link
 * SteppedStorage} says otherwise, or in a {@link RemoteInventory}.
 */
public interface InventoryTopology extends AutoCloseable {
  /**
   * Where the stock is.
   *
   * @return the storage
   */
  Storage storage();

  /**
   * Whether that is another storage than the orders'. Then stock follows what happens to the order,
   * instead of changing with it; a hold ends by itself unless it is prolonged; and whoever confirms
   * an order does not know about its payment.
   *
   * @return true if it is
   */
  boolean isApart();

  /**
   * Tells a shop that is about to open where its stock is.
   *
   * @param shop may be given an inventory
   */
  void wire(TechCorp.Builder shop);

  /**
   * Carries the events of a shop that is about to open.
   *
   * @param own a bus within the shop
   * @return that one, or another
   */
  EventTransport events(EventTransport own);

  @Override
  void close();
}
