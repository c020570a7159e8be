package com.techcorp.redis.internal;

import com.techcorp.error.UnavailableException;
import com.techcorp.redis.internal.KeyReader.Place;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Pairs of keys that do not agree. Somebody may be about to change both, so each pair is looked at
 * again after a while, and reported only if nothing has changed.
 */
final class Disagreements {
  /** More are looked at again before the others come. */
  private static final int MOST = 10_000;

  private final KeyReader reader;
  private final KeyFindings findings;
  private final Duration slack;
  private final Set<Pair> found = new LinkedHashSet<>();

  Disagreements(KeyReader reader, KeyFindings findings, Duration slack) {
    this.reader = reader;
    this.findings = findings;
    this.slack = slack;
  }

  /**
   * Two places, of which neither should be there without the other.
   *
   * @param rule what they violate if they do not agree
   * @param there what was there
   * @param needed what must be there then
   * @param text what is wrong otherwise
   */
  record Pair(KeyRule rule, Place there, Place needed, String text) {}

  /** Keeps those pairs that do not agree. */
  void look(List<Pair> pairs) {
    List<Boolean> needed = reader.exist(pairs.stream().map(Pair::needed).toList());
    for (int i = 0; i < needed.size(); i++) {
      if (!needed.get(i)) {
        found.add(pairs.get(i));
      }
    }
    if (found.size() >= MOST) {
      report();
    }
  }

  /** Looks again, and reports what has not changed. */
  void report() {
    if (found.isEmpty()) {
      return;
    }
    awaitSlack();
    List<Pair> pairs = List.copyOf(found);
    List<Boolean> needed = reader.exist(pairs.stream().map(Pair::needed).toList());
    List<Boolean> there = reader.exist(pairs.stream().map(Pair::there).toList());
    for (int i = 0; i < pairs.size(); i++) {
      if (there.get(i) && !needed.get(i)) {
        findings.found(pairs.get(i).rule(), pairs.get(i).text());
      }
    }
    found.clear();
  }

  private void awaitSlack() {
    try {
      TimeUnit.NANOSECONDS.sleep(slack.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Interrupted while checking Redis", e);
    }
  }
}
