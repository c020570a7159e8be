package com.techcorp.redis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of a {@link RedisCheck}: what was checked and what was found.
 *
 * @param scope how many keys there were, by what they are; and how many products, if counters were
 *     compared
 * @param rules all rules, with their violations
 */
public record RedisReport(Map<String, Long> scope, List<Checked> rules) {
  /** How many violations of a rule a report names; it counts all. */
  public static final int NAMED = 20;

  /** Makes unmodifiable copies of the collections. */
  public RedisReport {
    scope = Collections.unmodifiableMap(new LinkedHashMap<>(scope));
    rules = List.copyOf(rules);
  }

  /**
   * Returns whether no rule is violated.
   *
   * @return true if clean
   */
  public boolean isClean() {
    return total() == 0;
  }

  /**
   * Returns the number of violations, also of those not named.
   *
   * @return zero if clean
   */
  public long total() {
    return rules.stream().mapToLong(Checked::total).sum();
  }

  /**
   * Returns the report as a table for people.
   *
   * @return several lines, the last one says whether it is clean
   */
  public String text() {
    StringBuilder text = new StringBuilder("TechCorp keys in Redis\n\n");
    scope().forEach((what, keys) -> text.append(line("  %-18s %,12d%n", what, keys)));
    text.append('\n');
    rules().forEach(rule -> append(text, rule));
    text.append('\n').append(rules().size()).append(" rules checked: ");
    text.append(isClean() ? "clean" : line("%,d violations", total()));
    return text.append('\n').toString();
  }

  /**
   * One rule that was checked.
   *
   * @param rule the rule's name
   * @param meaning what it says is true
   * @param total how many violations there are
   * @param violations of the first {@link #NAMED}, what is wrong with what, by ids and keys
   */
  public record Checked(String rule, String meaning, long total, List<String> violations) {
    /** Makes an unmodifiable copy of the list. */
    public Checked {
      violations = List.copyOf(violations);
    }
  }

  private static void append(StringBuilder text, Checked rule) {
    String count = rule.total() == 0 ? "ok" : line("%,d", rule.total());
    text.append(line("%-26s %8s  %s%n", rule.rule(), count, rule.meaning()));
    for (String violation : rule.violations()) {
      text.append("       ! ").append(violation).append('\n');
    }
    long unnamed = rule.total() - rule.violations().size();
    if (unnamed > 0) {
      text.append(line("       ! and %,d more%n", unnamed));
    }
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).replace(System.lineSeparator(), "\n");
  }
}
