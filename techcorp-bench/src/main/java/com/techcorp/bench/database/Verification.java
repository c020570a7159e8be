package com.techcorp.bench.database;

import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.InvariantReport;
import com.techcorp.jdbc.InvariantReport.Checked;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Checks every order of a slice: as many are CONFIRMED as clients were told, and no invariant is
 * broken. What a contender does not write cannot be checked; that is named here and nowhere else.
 */
public final class Verification {
  /** Nobody relays while orders are measured: their events are in the outbox. */
  public static final Set<String> WITHOUT_RELAY = Set.of("i5-outbox-drains");

  /** A floor writes no idempotency keys. (It has no sagas either, but none is under way.) */
  static final Set<String> OF_FLOORS = Set.of("i8-live-order-has-key");

  private Verification() {}

  /** An order is missing, or an invariant is broken: the figures are worth nothing. */
  public static final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FailedException(String message) {
      super(message);
    }
  }

  public static Set<String> exemptions(boolean floor, boolean relayed) {
    Set<String> exempt = new HashSet<>(relayed ? Set.of() : WITHOUT_RELAY);
    exempt.addAll(floor ? OF_FLOORS : Set.of());
    return exempt;
  }

  public static void counts(String what, long wanted, long found) {
    if (wanted != found) {
      throw new FailedException(what + ": " + found + ", but clients were told of " + wanted);
    }
  }

  /** Once all work is done. */
  public static void invariants(DataSource dataSource, Set<String> exempt) {
    invariants(InvariantCheck.on(dataSource).withSettled(true), exempt);
  }

  /** While events are still relayed, or sagas wait; that goes on for as long as it takes. */
  public static void invariantsMeanwhile(DataSource dataSource) {
    invariants(InvariantCheck.on(dataSource), Set.of());
  }

  private static void invariants(InvariantCheck check, Set<String> exempt) {
    InvariantReport report = check.withSlack(Duration.ofHours(2)).run();
    List<Checked> broken =
        report.rules().stream()
            .filter(rule -> rule.total() > 0 && !exempt.contains(rule.rule()))
            .toList();
    if (!broken.isEmpty()) {
      StringBuilder text = new StringBuilder("invariants are broken:");
      for (Checked rule : broken) {
        text.append("\n  ")
            .append(rule.rule())
            .append(", ")
            .append(rule.total())
            .append(" times: ");
        text.append(rule.violations().get(0).text());
      }
      throw new FailedException(text.toString());
    }
  }
}
