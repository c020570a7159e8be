package com.techcorp.amqp;

/** What requests to an inventory and its replies have in common; described in docs/adapters.md. */
final class InventoryProtocol {
  static final int VERSION = 1;

  /** Field of a request: the products whose levels are asked for. */
  static final String PRODUCTS = "product_ids";

  /** Field of a request: the products of an order and their quantities. */
  static final String LINES = "lines";

  private InventoryProtocol() {}
}
