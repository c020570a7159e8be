package com.techcorp.examples.demo;

import com.techcorp.jdbc.InvariantReport;
import java.time.Duration;
import java.util.Locale;

/** The table at the end. */
final class Summary {
  private final Screen screen;

  Summary(Screen screen) {
    this.screen = screen;
  }

  void orders(Tally tally, Duration elapsed) {
    double share = Math.max(1, tally.ended()) / 100.0;
    screen.line("");
    row("orders placed", "%,10d", tally.startedCount());
    row("  confirmed", "%,10d  %5.1f %%", tally.confirmedCount(), tally.confirmedCount() / share);
    row("  cancelled", "%,10d  %5.1f %%", tally.cancelledCount(), tally.cancelledCount() / share);
    tally.reasons().forEach((reason, count) -> row("    " + reason, "%,10d", count));
    if (tally.failedCount() > 0) {
      row(
          "  not accepted",
          "%,10d  first: %s",
          tally.failedCount(),
          String.valueOf(tally.firstFailure()));
    }
    row("orders/s", "%,10.0f  in %s", perSecond(tally, elapsed), Screen.seconds(elapsed));
    long[] nanos = tally.sortedNanos();
    if (nanos.length > 0) {
      row("place to outcome p50", "%,10.1f  ms", millis(nanos, 0.50));
      row("                 p99", "%,10.1f  ms", millis(nanos, 0.99));
    }
  }

  private static double perSecond(Tally tally, Duration elapsed) {
    return tally.ended() * 1e9 / Math.max(1, elapsed.toNanos());
  }

  /** Of ascending values, the smallest that so large a share does not exceed. */
  private static double millis(long[] ascending, double share) {
    int rank = (int) Math.ceil(share * ascending.length);
    return ascending[Math.max(0, rank - 1)] / 1e6;
  }

  void messages(long sent, long ambiguous) {
    row("messages sent", "%,10d  counted, not mailed", sent);
    if (ambiguous > 0) {
      row("  perhaps sent", "%,10d  AMBIGUOUS after a crash: not repeated", ambiguous);
    }
  }

  void lostAnswers(int lost) {
    row("lost answers", "%,10d  of the provider; asked for again", lost);
  }

  void crash(CrashVerdict crash) {
    Duration took = crash.took();
    screen.line("");
    row("taken over", "%,10d  orders of the killed worker", crash.orders());
    row(
        "  the last one ended",
        "%10s  after the kill; lease + 1 s = %s",
        took == null ? "NEVER" : Screen.seconds(took),
        Screen.seconds(TakeoverWatch.LIMIT));
    if (crash.undecided() > 0) {
      row("  undecided then", "%,10d  the provider had not answered", crash.undecided());
    }
    row("  late", "%,10d", crash.late());
    row("accepted before the kill", "%,10d  orders", crash.acknowledged());
    row("  lost", "%,10d", crash.lost());
    row("  doubled", "%,10d  of %,d requests made again", crash.doubled(), crash.repeated());
  }

  void logins(LoginVerdict logins) {
    screen.line("");
    row("logins", "%,10d  each for one order, and followed by a logout", logins.logins());
    row("  sessions left", "%,10d", logins.sessionsLeft());
    row("  tokens still accepted", "%,10d  of %,d", logins.accepted(), logins.tokens());
  }

  void result(Verdict result, boolean withBooks, long parked) {
    InvariantReport report = result.report();
    screen.line("");
    row(
        "invariants",
        "%10s  %d rules over the whole database%s",
        report.isClean() ? "hold" : "BROKEN",
        report.rules().size(),
        report.isClean() ? "" : ", " + Screen.count(report.total(), "violation", "violations"));
    row(
        "replay",
        "%10s  %s",
        result.differing().isEmpty() ? "equal" : "DIFFERS",
        Screen.count(result.replayed(), "history", "histories") + " folded, each against its row");
    if (withBooks) {
      String books = result.books();
      row(
          "provider's books",
          "%10s  %s",
          books == null ? "fit" : "DIFFER",
          books == null ? "of each order: its price if it is confirmed, else nothing" : books);
    }
    if (parked > 0) {
      row("parked", "%,10d  sagas wait for an operator: see docs/operations.md", parked);
    }
    if (!result.clean()) {
      details(result);
    }
  }

  private void details(Verdict result) {
    screen.line("");
    result
        .report()
        .violations()
        .forEach(broken -> screen.line("  ! %s %s", broken.rule(), broken.text()));
    result.differing().stream()
        .limit(InvariantReport.NAMED)
        .forEach(id -> screen.line("  ! order %s: its history folds to another row", id));
  }

  private void row(String name, String format, Object... values) {
    screen.line("  %-30s %s", name, String.format(Locale.ROOT, format, values));
  }
}
