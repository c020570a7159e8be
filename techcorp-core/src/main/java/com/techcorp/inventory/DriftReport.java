package com.techcorp.inventory;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How counters differ from the stock that they count.
 *
 * @param products how many products were compared
 * @param absent how many have no counter
 * @param behind how many counters have missed the last changes. While orders come in, a few are on
 *     their way
 * @param wrong how many counters say what no storage has told
 * @param differences the first of them, at most {@value #SHOWN}
 */
public record DriftReport(
    long products, long absent, long behind, long wrong, List<Difference> differences) {
  /** How many differences a report lists. */
  public static final int SHOWN = 100;

  /** What is wrong with a counter. */
  public enum Kind {
    /** There is none. */
    ABSENT,
    /** It has missed the last changes. */
    BEHIND,
    /** It says what no storage has told: somebody wrote it, or the storage was set back. */
    WRONG
  }

  /**
   * A counter that differs.
   *
   * @param kind what is wrong with it
   * @param counted what it says; null if there is none
   * @param stock what the storage says
   */
  public record Difference(Kind kind, @Nullable StockCount counted, StockCount stock) {
    /**
     * Returns the difference as a line for people.
     *
     * @return the kind, the product, and both counts with their versions
     */
    public String text() {
      return String.format(
          Locale.ROOT,
          "%s %s counter %s, stock %s",
          kind,
          stock.productId(),
          counted == null ? "none" : text(counted),
          text(stock));
    }

    private static String text(StockCount count) {
      return count.available() + " at " + count.version();
    }
  }

  /** Makes an unmodifiable copy of the differences. */
  public DriftReport {
    differences = List.copyOf(differences);
  }

  /**
   * Returns whether each product has its counter, and each counter is right.
   *
   * @return true if there is no difference
   */
  public boolean isClean() {
    return total() == 0;
  }

  /**
   * Returns the number of differences, also of those not listed.
   *
   * @return zero if clean
   */
  public long total() {
    return absent + behind + wrong;
  }
}
