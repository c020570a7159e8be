package com.techcorp.saga.internal;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A fault of which the node hears once its saga has left, and not before: a fatal one has the node
 * hand over what it owns, and the saga that met it is to be parked by then. Thread-safe.
 */
final class DeferredFault {
  private final StepFaults faults;
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();

  DeferredFault(StepFaults faults) {
    this.faults = faults;
  }

  void set(Throwable thrown) {
    fault.set(thrown);
  }

  /** What is still to be told; null if nothing. */
  @Nullable Throwable get() {
    return fault.get();
  }

  /** Tells the node, once. */
  void tell() {
    Throwable thrown = fault.getAndSet(null);
    if (thrown != null) {
      faults.caught(thrown);
    }
  }
}
