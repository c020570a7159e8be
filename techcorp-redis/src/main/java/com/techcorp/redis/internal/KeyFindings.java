package com.techcorp.redis.internal;

import com.techcorp.redis.RedisReport;
import com.techcorp.redis.RedisReport.Checked;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Counts what a check reads and finds. It keeps no more than a report names. */
final class KeyFindings {
  private final Map<KeyFamily, Long> read = new EnumMap<>(KeyFamily.class);
  private final Map<KeyRule, Long> found = new EnumMap<>(KeyRule.class);
  private final Map<KeyRule, List<String>> named = new EnumMap<>(KeyRule.class);

  void read(KeyFamily family) {
    read.merge(family, 1L, Long::sum);
  }

  void found(KeyRule rule, String text) {
    found.merge(rule, 1L, Long::sum);
    List<String> texts = named.computeIfAbsent(rule, none -> new ArrayList<>());
    if (texts.size() < RedisReport.NAMED) {
      texts.add(text);
    }
  }

  RedisReport report() {
    Map<String, Long> scope = new LinkedHashMap<>();
    for (KeyFamily family : KeyFamily.values()) {
      scope.put(family.title(), read.getOrDefault(family, 0L));
    }
    return new RedisReport(scope, Stream.of(KeyRule.values()).map(this::checked).toList());
  }

  private Checked checked(KeyRule rule) {
    return new Checked(
        rule.title(),
        rule.meaning(),
        found.getOrDefault(rule, 0L),
        named.getOrDefault(rule, List.of()));
  }
}
