package com.techcorp.jdbc;

import com.techcorp.contracts.HostPortsContracts;
import com.techcorp.contracts.HostPortsUnderTest;

/** The default tables for carts, products and customers. */
class PostgresHostPortsIT extends HostPortsContracts {
  @Override
  protected HostPortsUnderTest open() {
    return new PostgresHostPorts();
  }
}
