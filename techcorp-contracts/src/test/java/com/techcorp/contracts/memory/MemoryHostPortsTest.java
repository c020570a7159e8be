package com.techcorp.contracts.memory;

import com.techcorp.contracts.HostPortsContracts;
import com.techcorp.contracts.HostPortsUnderTest;

/** The host's ports in memory. */
class MemoryHostPortsTest extends HostPortsContracts {
  @Override
  protected HostPortsUnderTest open() {
    return new MemoryHostPorts();
  }
}
