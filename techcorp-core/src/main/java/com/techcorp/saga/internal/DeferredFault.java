package com.techcorp.saga.internal;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A fault that is reported to the node once its saga has left, and not before: a fatal one has the
 * node hand over what it owns, and the saga that met it is to be parked by then. Thread-safe.
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

  /** Returns the fault that is not reported yet; null if none. */
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
