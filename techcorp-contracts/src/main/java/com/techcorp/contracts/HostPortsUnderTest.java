package com.techcorp.contracts;

import com.techcorp.catalog.Product;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.order.Cart;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.CustomerDirectory.Customer;
import java.util.UUID;

/** A host's readers as {@link HostPortsContracts} needs them, and a way to fill them. */
public interface HostPortsUnderTest extends AutoCloseable {
  /**
   * The carts under test.
   *
   * @return the reader
   */
  CartReader carts();

  /**
   * The products under test.
   *
   * @return the catalogue
   */
  ProductCatalog catalog();

  /**
   * The customers under test.
   *
   * @return the directory
   */
  CustomerDirectory customers();

  /**
   * Makes a cart exist.
   *
   * @param cart the cart
   */
  void given(Cart cart);

  /**
   * Makes a product exist.
   *
   * @param product the product
   */
  void given(Product product);

  /**
   * Makes a customer exist.
   *
   * @param customer the customer
   * @param addressId one of their addresses
   */
  void given(Customer customer, UUID addressId);

  /** Frees what {@link ContractSuite#open} acquired for this test. Default: does nothing. */
  @Override
  default void close() {}
}
