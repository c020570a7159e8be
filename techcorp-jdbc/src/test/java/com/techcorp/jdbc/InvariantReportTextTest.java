package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.jdbc.InvariantReport.Checked;
import com.techcorp.jdbc.InvariantReport.Violation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator reads. */
class InvariantReportTextTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private static Checked rule(String invariant, boolean eventual, long total, String... texts) {
    String name = invariant.toLowerCase(java.util.Locale.ROOT) + "-rule";
    return new Checked(
        invariant,
        name,
        eventual,
        "what is true",
        total,
        List.of(texts).stream().map(text -> new Violation(invariant, name, text)).toList());
  }

  @Test
  void aCleanReportSaysWhatWasCheckedAndThatItIsClean() {
    Map<String, Long> scope = new LinkedHashMap<>();
    scope.put("orders", 1_234L);
    scope.put("events", 5L);

    InvariantReport report =
        new InvariantReport(AT, false, scope, List.of(rule("I1", false, 0), rule("I2", true, 0)));

    assertThat(report.isClean()).isTrue();
    assertThat(report.total()).isZero();
    assertThat(report.violations()).isEmpty();
    assertThat(report.text())
        .isEqualTo(
            """
            TechCorp invariants, in flight, at 2026-01-02T03:04:05Z

              orders                    1,234
              events                        5

            I1  S  i1-rule                                ok  what is true
            I2  E  i2-rule                                ok  what is true

            2 rules checked: clean
            """);
  }

  @Test
  void violationsStandUnderTheirRuleAndThoseNotNamedAreCounted() {
    InvariantReport report =
        new InvariantReport(
            AT,
            true,
            Map.of(),
            List.of(
                rule("I1", false, 1_001, "product 1: gone", "product 2: gone"),
                rule("I2", false, 1, "order 3: charged twice"),
                rule("I3", true, 0)));

    assertThat(report.isClean()).isFalse();
    assertThat(report.total()).isEqualTo(1_002);
    assertThat(report.violations())
        .extracting(Violation::text)
        .containsExactly("product 1: gone", "product 2: gone", "order 3: charged twice");
    assertThat(report.text())
        .isEqualTo(
            """
            TechCorp invariants, settled, at 2026-01-02T03:04:05Z


            I1  S  i1-rule                             1,001  what is true
                   ! product 1: gone
                   ! product 2: gone
                   ! and 999 more
            I2  S  i2-rule                                 1  what is true
                   ! order 3: charged twice
            I3  E  i3-rule                                ok  what is true

            3 rules checked: 1,002 violations
            """);
  }
}
