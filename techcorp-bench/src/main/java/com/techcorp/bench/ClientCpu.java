package com.techcorp.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The CPU time of this JVM, with its compiler and collector. */
final class ClientCpu {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ClientCpu() {}

  static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
