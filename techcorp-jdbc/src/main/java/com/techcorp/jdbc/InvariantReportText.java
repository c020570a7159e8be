package com.techcorp.jdbc;

import com.techcorp.jdbc.InvariantCheck.Checked;
import com.techcorp.jdbc.InvariantCheck.Report;
import com.techcorp.jdbc.InvariantCheck.Violation;
import java.util.Locale;

/** Sets a report as a table for people. */
final class InvariantReportText {
  private InvariantReportText() {}

  static String of(Report report) {
    StringBuilder text = new StringBuilder("TechCorp invariants, ");
    text.append(report.settled() ? "settled" : "in flight").append(", at ").append(report.at());
    text.append("\n\n");
    report.scope().forEach((what, rows) -> text.append(line("  %-18s %,12d%n", what, rows)));
    text.append('\n');
    report.rules().forEach(rule -> append(text, rule));
    text.append('\n').append(report.rules().size()).append(" rules checked: ");
    text.append(report.isClean() ? "clean" : line("%,d violations", report.total()));
    return text.append('\n').toString();
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
