package com.techcorp;

import com.techcorp.error.WiringException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks the adapters of a builder: refuses a second one for a port, and names a missing one. */
final class Adapters {
  private Adapters() {}

  static <T> T once(String port, @Nullable T before, T adapter) {
    Objects.requireNonNull(adapter, port);
    if (before != null) {
      throw new WiringException(
          port
              + " was given two adapters, "
              + before.getClass().getName()
              + " and "
              + adapter.getClass().getName()
              + ": give one");
    }
    return adapter;
  }

  static <T> T required(@Nullable T adapter, String port, String hint) {
    if (adapter == null) {
      throw new WiringException("no " + port + ": give one with builder()." + hint);
    }
    return adapter;
  }
}
