package com.techcorp.health;

import java.util.List;
import java.util.Map;

/**
 * A part of a process that can say how it is (SPI). Both methods are cheap, never block and never
 * throw. Thread-safe.
 */
public interface HealthSource {
  /**
   * Returns the current problems of this part.
   *
   * @return its findings; empty if all is well
   */
  List<Finding> findings();

  /**
   * Returns counts of what happened in this part since the start.
   *
   * @return counts by name, which only grow; default: none
   */
  default Map<String, Long> counters() {
    return Map.of();
  }
}
