package com.techcorp.jdbc;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of an invariant check: what was checked and what was found.
 *
 * @param at the instant of the check, by the database's clock
 * @param settled whether all work was said to be done
 * @param scope how many rows there were, by what they are
 * @param rules all rules, with their violations
 */
public record InvariantReport(
    Instant at, boolean settled, Map<String, Long> scope, List<Checked> rules) {
  /** How many violations of a rule a report names; it counts all. */
  public static final int NAMED = 20;

  /** Makes unmodifiable copies of the collections. */
  public InvariantReport {
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
   * Returns the violations, at most {@link #NAMED} a rule.
   *
   * @return them, by rule
   */
  public List<Violation> violations() {
    return rules.stream().flatMap(rule -> rule.violations().stream()).toList();
  }

  /**
   * Returns the report as a table for people.
   *
   * @return several lines, the last one says whether it is clean
   */
  public String text() {
    StringBuilder text = new StringBuilder("TechCorp invariants, ");
    text.append(settled() ? "settled" : "in flight").append(", at ").append(at());
    text.append("\n\n");
    scope().forEach((what, rows) -> text.append(line("  %-18s %,12d%n", what, rows)));
    text.append('\n');
    rules().forEach(rule -> append(text, rule));
    text.append('\n').append(rules().size()).append(" rules checked: ");
    text.append(isClean() ? "clean" : line("%,d violations", total()));
    return text.append('\n').toString();
  }

  /**
   * A violation of one rule.
   *
   * @param invariant the invariant, such as I1
   * @param rule the rule's name, such as i1-stock-equals-movements
   * @param text what is wrong with what, by ids
   */
  public record Violation(String invariant, String rule, String text) {}

  /**
   * One rule that was checked.
   *
   * @param invariant the invariant, such as I1
   * @param rule the rule's name
   * @param eventual true if it is of kind E, false if of kind S
   * @param meaning what it says is true
   * @param total how many violations there are
   * @param violations the first {@link #NAMED} of them
   */
  public record Checked(
      String invariant,
      String rule,
      boolean eventual,
      String meaning,
      long total,
      List<Violation> violations) {
    /** Makes an unmodifiable copy of the list. */
    public Checked {
      violations = List.copyOf(violations);
    }
  }

  private static void append(StringBuilder text, Checked rule) {
    String count = rule.total() == 0 ? "ok" : line("%,d", rule.total());
    text.append(
        line(
            "%-4s%s  %-32s %8s  %s%n",
            rule.invariant(), rule.eventual() ? "E" : "S", rule.rule(), count, rule.meaning()));
    for (Violation violation : rule.violations()) {
      text.append("       ! ").append(violation.text()).append('\n');
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
