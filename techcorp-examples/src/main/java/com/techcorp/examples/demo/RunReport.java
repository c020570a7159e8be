package com.techcorp.examples.demo;

import com.techcorp.order.OrderSaga;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The end of a run: checks, writes the summary and gives the exit code. */
final class RunReport {
  private final Screen screen;
  private final DatabaseView state;
  private final DemoProvider provider;
  private final long acceptedBefore;
  private final boolean fresh;

  /**
   * Knows what was there before the run.
   *
   * @param acceptedBefore how many messages were sent by earlier runs
   * @param fresh whether the provider's books cover all orders
   */
  RunReport(
      Screen screen,
      DatabaseView state,
      DemoProvider provider,
      long acceptedBefore,
      boolean fresh) {
    this.screen = screen;
    this.state = state;
    this.provider = provider;
    this.acceptedBefore = acceptedBefore;
    this.fresh = fresh;
  }

  /**
   * Ends a run in one process.
   *
   * @param logins what became of the logins; null: there were none
   */
  int of(OrderLoad load, @Nullable LoginVerdict logins, OrderSaga orders, DataSource dataSource) {
    return of(load.tally(), load.elapsed(), null, logins, orders, dataSource);
  }

  int of(CrashedLoad.Result crashed, OrderSaga orders, DataSource dataSource) {
    CrashVerdict result = CrashVerdict.of(crashed, state);
    return of(crashed.tally(), crashed.elapsed(), result, null, orders, dataSource);
  }

  private int of(
      Tally tally,
      Duration elapsed,
      @Nullable CrashVerdict crash,
      @Nullable LoginVerdict logins,
      OrderSaga orders,
      DataSource dataSource) {
    screen.progress("  checking");
    Verdict result = Verdict.of(dataSource, orders, state, fresh ? provider : null);
    Summary summary = new Summary(screen);
    summary.orders(tally, elapsed);
    if (provider.gateway().lost() > 0) {
      summary.lostAnswers(provider.gateway().lost());
    }
    summary.messages(state.messages("ACCEPTED") - acceptedBefore, state.messages("AMBIGUOUS"));
    if (crash != null) {
      summary.crash(crash);
    }
    if (logins != null) {
      summary.logins(logins);
    }
    summary.result(result, fresh, state.parked());
    screen.line("");
    if (result.clean() && crash != null && crash.onlyLate()) {
      screen.line(
          "LATE: nothing is lost or doubled, but not all was finished in lease + 1 s. Is the"
              + " machine busy with other work?");
      return ExitCode.BROKEN;
    }
    if (!result.clean()
        || (crash != null && !crash.clean())
        || (logins != null && !logins.clean())) {
      screen.line("BROKEN: what is listed above must never happen. Please report it.");
      return ExitCode.BROKEN;
    }
    if (tally.failedCount() > 0) {
      screen.line("Clean, but not all orders were accepted: see the first reason above.");
      return ExitCode.ERROR;
    }
    screen.line(
        "Clean: nothing oversold, nothing charged twice, nothing lost%s%s.",
        crash == null ? "" : ", nothing late", logins == null ? "" : ", nobody left logged in");
    return ExitCode.CLEAN;
  }
}
