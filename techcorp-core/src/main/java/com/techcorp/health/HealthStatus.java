package com.techcorp.health;

/** Whether a process does its work; the later, the worse. */
public enum HealthStatus {
  /** Everything works normally. */
  UP,
  /** It works, and something needs attention. */
  DEGRADED,
  /** The process takes no orders: send requests to another process, and restart this one. */
  DOWN
}
