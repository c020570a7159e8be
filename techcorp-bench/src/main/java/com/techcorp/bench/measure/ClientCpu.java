package com.techcorp.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The CPU time of this JVM, with its compiler and collector. */
public final class ClientCpu {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ClientCpu() {}

  public static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
