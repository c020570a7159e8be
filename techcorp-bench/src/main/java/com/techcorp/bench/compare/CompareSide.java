package com.techcorp.bench.compare;

/** One of the two that {@link Comparison} runs in turn. */
interface CompareSide {
  /**
   * Runs it once.
   *
   * @param clients that order, each one order at a time
   * @param millis of measured time
   * @param afresh whether what earlier runs left is tidied up before
   */
  Run run(int clients, long millis, boolean afresh);

  /**
   * What a run gave.
   *
   * @param orders confirmed in the measured time
   * @param nanos how long that was
   * @param clientCpu nanoseconds of CPU of the process with the clients and the engine
   * @param serverCpu nanoseconds of CPU of the database's server
   */
  record Run(long orders, long nanos, long clientCpu, long serverCpu) {
    static final Run NONE = new Run(0, 0, 0, 0);

    Run plus(Run other) {
      return new Run(
          orders + other.orders,
          nanos + other.nanos,
          clientCpu + other.clientCpu,
          serverCpu + other.serverCpu);
    }

    /**
     * @throws IllegalStateException if there was none: a run that only warms up may be too short
     */
    double perSecond() {
      if (orders <= 0 || nanos <= 0) {
        throw new IllegalStateException("nothing was measured: " + orders + " in " + nanos + " ns");
      }
      return orders * 1e9 / nanos;
    }

    /** Of both processes. */
    double cpuMicrosAnOrder() {
      return (clientCpu + serverCpu) / 1e3 / orders;
    }
  }
}
