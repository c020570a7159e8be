package com.techcorp.saga.internal;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an engine's parts say of themselves. Thread-safe. */
record EngineReport(
    Ownership ownership,
    EngineHealth health,
    RemoteCalls calls,
    DueSagaPoller recovery,
    Watchdog watchdog,
    CommitProgress commits,
    CallerWaits callers,
    InFlight inFlight,
    StepFaults faults)
    implements HealthSource {
  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(ownership.findings());
    findings.addAll(health.findings());
    findings.addAll(calls.findings());
    findings.addAll(recovery.findings());
    findings.addAll(watchdog.findings());
    return findings;
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> counters = new HashMap<>(ownership.counters());
    counters.putAll(calls.counters());
    counters.putAll(watchdog.counters());
    counters.put("commit.batches", commits.committed());
    counters.put("callers.timed-out", callers.timedOut());
    counters.put("callers.overloaded", inFlight.refused());
    counters.put("sagas.claimed", recovery.claimed());
    counters.put("faults.fatal", faults.boundary().fatal());
    counters.put("faults.escaped", faults.boundary().escaped());
    counters.put("faults.logged", faults.log().logged());
    counters.put("faults.not-logged", faults.log().suppressed());
    return counters;
  }
}
