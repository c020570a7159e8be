package com.techcorp.messaging.internal;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.internal.QueueInFlight.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The calls of a consumer that have not returned, and those among them that are beyond their
 * time-out. Guarded by its {@link ConsumerLane}.
 */
final class RunningCalls {
  private final Subscription subscription;
  private final Set<Call> running = new LinkedHashSet<>();
  private int overdue;

  RunningCalls(Subscription subscription) {
    this.subscription = subscription;
  }

  void add(Call call) {
    running.add(call);
  }

  void remove(Call call) {
    running.remove(call);
    overdue -= call.overdue ? 1 : 0;
  }

  List<Call> all() {
    return List.copyOf(running);
  }

  /** Interrupts a call that is beyond its time-out. */
  void interrupt(Call call) {
    call.overdue = true;
    overdue++;
    call.thread.interrupt();
  }

  /** Returns how many are beyond their time-out. */
  int overdue() {
    return overdue;
  }

  boolean areAllOverdue() {
    return overdue == running.size();
  }

  boolean isOn(Thread thread) {
    return running.stream().anyMatch(call -> call.thread == thread);
  }

  List<Finding> findings(long now) {
    List<Finding> findings = new ArrayList<>();
    for (Call call : running) {
      if (call.overdue) {
        findings.add(stuck(call, Duration.ofNanos(now - call.began)));
      }
    }
    return findings;
  }

  private Finding stuck(Call call, Duration since) {
    return new Finding(
        "CONSUMER_STUCK",
        HealthStatus.DEGRADED,
        "consumer "
            + subscription.consumer()
            + " does not return from "
            + call.delivery.event().type()
            + " of "
            + call.delivery.event().stream()
            + ", its time-out is "
            + subscription.options().timeout(),
        since,
        call.thread.getName(),
        call.delivery.event().stream().id());
  }
}
