package com.techcorp.contracts.memory;

import com.techcorp.catalog.Product;
import com.techcorp.contracts.HostPortsUnderTest;
import com.techcorp.order.Cart;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import java.util.UUID;

/** Empty carts, products and customers. */
record MemoryHostPorts(MemoryCarts carts, MemoryCatalog catalog, MemoryCustomers customers)
    implements HostPortsUnderTest {
  MemoryHostPorts() {
    this(new MemoryCarts(), new MemoryCatalog(), new MemoryCustomers());
  }

  @Override
  public void given(Cart cart) {
    carts.put(cart);
  }

  @Override
  public void given(Product product) {
    catalog.put(product);
  }

  @Override
  public void given(CustomerDirectory.Customer customer, UUID addressId) {
    customers.put(customer, addressId);
  }
}
