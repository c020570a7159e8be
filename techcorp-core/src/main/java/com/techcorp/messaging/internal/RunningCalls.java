package com.techcorp.messaging.internal;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.messaging.Subscription;
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
  private final Set<Invocation> running = new LinkedHashSet<>();
  private int overdue;

  RunningCalls(Subscription subscription) {
    this.subscription = subscription;
  }

  void add(Invocation call) {
    running.add(call);
  }

  void remove(Invocation call) {
    running.remove(call);
    overdue -= call.overdue ? 1 : 0;
  }

  List<Invocation> all() {
    return List.copyOf(running);
  }

  /** Interrupts a call that is beyond its time-out. */
  void interrupt(Invocation call) {
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

  /** Returns whether a consumer that is paused is being tried. */
  boolean hasTrial() {
    return running.stream().anyMatch(call -> call.trial && !call.overdue);
  }

  boolean isOn(Thread thread) {
    return running.stream().anyMatch(call -> call.thread == thread);
  }

  List<Finding> findings(long now) {
    List<Finding> findings = new ArrayList<>();
    for (Invocation call : running) {
      if (call.overdue) {
        findings.add(stuck(call, Duration.ofNanos(now - call.began)));
      }
    }
    return findings;
  }

  private Finding stuck(Invocation call, Duration since) {
    int others = call.calls.size() - 1;
    return new Finding(
        "CONSUMER_STUCK",
        HealthStatus.DEGRADED,
        "consumer "
            + subscription.consumer()
            + " does not return from "
            + call.first().type()
            + " of "
            + call.first().stream()
            + (others == 0 ? "" : " and " + others + " more")
            + ", its time-out is "
            + subscription.options().timeout(),
        since,
        call.thread.getName(),
        call.first().stream().id());
  }
}
