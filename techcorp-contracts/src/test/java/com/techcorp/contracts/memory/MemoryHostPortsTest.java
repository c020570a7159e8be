package com.techcorp.contracts.memory;

import com.techcorp.catalog.Product;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.contracts.HostPortsContract;
import com.techcorp.order.Cart;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import java.util.UUID;

/** The host's ports in memory keep their contract. */
class MemoryHostPortsTest extends HostPortsContract {
  private final MemoryCarts carts = new MemoryCarts();
  private final MemoryCatalog catalog = new MemoryCatalog();
  private final MemoryCustomers customers = new MemoryCustomers();

  @Override
  protected CartReader carts() {
    return carts;
  }

  @Override
  protected ProductCatalog catalog() {
    return catalog;
  }

  @Override
  protected CustomerDirectory customers() {
    return customers;
  }

  @Override
  protected void given(Cart cart) {
    carts.put(cart);
  }

  @Override
  protected void given(Product product) {
    catalog.put(product);
  }

  @Override
  protected void given(CustomerDirectory.Customer customer, UUID addressId) {
    customers.put(customer, addressId);
  }
}
