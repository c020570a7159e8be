package com.techcorp.health;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How this process is at one instant. Immutable.
 *
 * @param status the worst that a finding says
 * @param findings what is wrong, the worst first; empty if all is well
 * @param counters what happened since the start, by name, such as {@code calls.timed-out}; only
 *     grow
 */
public record Health(HealthStatus status, List<Finding> findings, Map<String, Long> counters) {
  /** Copies the findings and the counters. */
  public Health {
    findings = List.copyOf(findings);
    counters = Map.copyOf(counters);
  }

  /**
   * Gathers what the parts of a process report.
   *
   * @param sources the parts
   * @return the health of the whole
   */
  public static Health of(List<? extends HealthSource> sources) {
    List<Finding> findings =
        sources.stream()
            .flatMap(source -> source.findings().stream())
            .sorted((a, b) -> b.severity().compareTo(a.severity()))
            .toList();
    Map<String, Long> counters = new TreeMap<>();
    sources.forEach(
        source ->
            source.counters().forEach((name, count) -> counters.merge(name, count, Long::sum)));
    HealthStatus worst = findings.isEmpty() ? HealthStatus.UP : findings.get(0).severity();
    return new Health(worst, findings, counters);
  }
}
