package com.techcorp.contracts;

import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.messaging.spi.EventTransport;
import java.util.function.UnaryOperator;

/** Where the shop under test keeps its stock. */
public interface InventoryTopology extends AutoCloseable {
  /**
   * In the orders' own storage.
   *
   * @param storage the orders' and the stock's
   * @return the site
   */
  static InventoryTopology in(Storage storage) {
    return new LocalInventory(storage);
  }

  /**
   * In a storage of its own, in this process: calls are made directly, and events handed over.
   *
   * @param storage the stock's, on the same clock as the orders'
   * @return the site; it opens at its first use
   */
  static InventoryTopology apart(Storage storage) {
    return new RemoteInventory(storage);
  }

  /**
   * In a storage of its own, in this process: events are handed over.
   *
   * @param storage the stock's, on the same clock as the orders'
   * @param wire what is called by the orders, given the inventory itself
   * @return the site; it opens at its first use
   */
  static InventoryTopology apart(Storage storage, UnaryOperator<InventoryReserver> wire) {
    RemoteInventory site = new RemoteInventory(storage);
    site.wire = wire;
    return site;
  }

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
