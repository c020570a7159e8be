package com.techcorp.examples.demo;

import com.techcorp.saga.EngineOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches how the orders of a killed process come to their end elsewhere, tells it on the screen as
 * it happens, and holds it against the lease plus one second. For one thread.
 */
final class TakeoverWatch {
  /** A killed process's lease has to run out first; then this much is enough. */
  static final Duration LIMIT = EngineOptions.DEFAULT.lease().plusSeconds(1);

  private static final Duration HOPELESS = LIMIT.plusMinutes(5);
  private static final long POLL_MILLIS = 20;

  private final Screen screen;
  private final UnfinishedOrders orphans;
  private final long killed;
  private boolean lapsed;
  private boolean judged;
  private boolean over;
  private int late;
  private int undecided;
  private @Nullable Duration took;

  /**
   * Begins to watch.
   *
   * @param killed when, by {@link System#nanoTime()}
   */
  TakeoverWatch(Screen screen, UnfinishedOrders orphans, long killed) {
    this.screen = screen;
    this.orphans = orphans;
    this.killed = killed;
  }

  /** Watches until the last of them has ended, or nothing is to be hoped for. */
  void watch() throws InterruptedException {
    if (orphans.count() == 0) {
      took = Duration.ZERO;
      return;
    }
    while (!over) {
      look();
      Thread.sleep(over ? 0 : POLL_MILLIS);
    }
  }

  private void look() {
    UnfinishedOrders.Standing now = orphans.look();
    Duration since = Duration.ofNanos(System.nanoTime() - killed);
    if (!lapsed && now.held() == 0) {
      lapsed = true;
      tell(since, "the lease has run out: %,d of %,d taken over", orphans.count(), orphans.count());
    }
    if (now.underWay() == 0) {
      took = since;
      over = true;
      tell(
          since,
          "the last of them has ended: %,d confirmed, %,d cancelled",
          now.confirmed(),
          orphans.count() - now.confirmed());
    } else {
      wait(since, now);
    }
  }

  private void wait(Duration since, UnfinishedOrders.Standing now) {
    if (!judged && since.compareTo(LIMIT) > 0) {
      judged = true;
      undecided = now.undecided();
      late = now.underWay() - now.undecided();
      tell(since, "%,d are late, %,d wait for the provider's answer", late, undecided);
    }
    over = since.compareTo(HOPELESS) > 0;
    Duration lease = now.lease();
    screen.progress(
        "    +%s  %s   %,d of %,d have ended",
        Screen.seconds(since),
        lease == null || lease.isNegative()
            ? "taking over"
            : "the lease runs out in " + Screen.seconds(lease),
        orphans.count() - now.underWay(),
        orphans.count());
  }

  private void tell(Duration since, String format, Object... values) {
    screen.line("    +%s  %s", Screen.seconds(since), String.format(Screen.LOCALE, format, values));
  }

  /** How many orders were taken over. */
  int orders() {
    return orphans.count();
  }

  /** How many had not ended in time, though the provider had answered. */
  int late() {
    return late;
  }

  /** How many had not ended in time because the provider had not answered. */
  int undecided() {
    return undecided;
  }

  /** From the kill to the end of the last one, or null if that did not come. */
  @Nullable Duration took() {
    return took;
  }
}
