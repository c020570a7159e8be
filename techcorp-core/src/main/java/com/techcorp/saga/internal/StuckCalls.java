package com.techcorp.saga.internal;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The calls to one service that have outlived their time-outs and not come back. If there are more
 * of them than the service has places, it counts as away. Guarded by the service's {@link
 * Bulkhead}.
 */
final class StuckCalls {
  private final String service;
  private final int places;
  private final Set<LimitedCall<?>> calls = new LinkedHashSet<>();
  private long awaySince;
  private boolean toldAway;

  StuckCalls(String service, int places) {
    this.service = service;
    this.places = places;
  }

  /** Adds a call that is overdue from now on. */
  void add(LimitedCall<?> call) {
    boolean wereTooMany = areTooMany();
    calls.add(call);
    if (areTooMany() && !wereTooMany) {
      awaySince = call.overdueSince;
    }
  }

  /** Removes a call that has come back after all. */
  void remove(LimitedCall<?> call) {
    calls.remove(call);
  }

  /** Returns whether the service is away. */
  boolean areTooMany() {
    return calls.size() > places;
  }

  /** Returns whether the service went away or came back since {@link #tell}. */
  boolean turned() {
    return areTooMany() != toldAway;
  }

  /** Notes that it is told whether the service is away, which it returns. */
  boolean tell() {
    toldAway = areTooMany();
    return toldAway;
  }

  /** Returns why nothing is sent to a service that is away. */
  String away() {
    return calls.size()
        + " calls to "
        + service
        + " have outlived their time-outs without returning: nothing is sent to it";
  }

  List<Finding> findings(long now) {
    List<Finding> findings = new ArrayList<>();
    if (areTooMany()) {
      Duration since = Duration.ofNanos(now - awaySince);
      findings.add(Finding.of("SERVICE_AWAY", HealthStatus.DEGRADED, away(), since));
    }
    for (LimitedCall<?> call : calls) {
      findings.add(
          new Finding(
              "CALL_STUCK",
              HealthStatus.DEGRADED,
              "a call to "
                  + service
                  + " has not returned since its time-out of "
                  + call.request.timeout()
                  + " passed: it ignores interruption; give it a time-out of its own",
              Duration.ofNanos(now - call.overdueSince),
              call.threadName,
              call.request.context().sagaId()));
    }
    return findings;
  }
}
