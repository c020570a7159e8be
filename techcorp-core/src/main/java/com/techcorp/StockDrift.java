package com.techcorp;

import com.techcorp.inventory.DriftReport;
import com.techcorp.inventory.DriftReport.Difference;
import com.techcorp.inventory.DriftReport.Kind;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import com.techcorp.inventory.spi.StockLedger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares counters with the stock that they count, and repairs them; also while orders come in,
 * because versions tell which of two counts is newer. Reads a page of products at a time.
 * Thread-safe.
 */
public final class StockDrift {
  private static final int PAGE = 1_000;

  private final StockLedger ledger;
  private final StockCounter counter;

  private StockDrift(StockLedger ledger, StockCounter counter) {
    this.ledger = ledger;
    this.counter = counter;
  }

  /**
   * Returns a comparison of a ledger and its counters.
   *
   * @param ledger the authority, such as {@code storage.stock()}
   * @param counter the copy
   * @return the comparison
   */
  public static StockDrift between(StockLedger ledger, StockCounter counter) {
    return new StockDrift(
        Objects.requireNonNull(ledger, "ledger"), Objects.requireNonNull(counter, "counter"));
  }

  /**
   * Compares all products, and changes nothing.
   *
   * @return how they differ
   * @throws com.techcorp.error.UnavailableException if storage or counters cannot be reached
   */
  public DriftReport measure() {
    return compare(false);
  }

  /**
   * Compares all products, and puts right what differs. Safe to repeat, and to run in several
   * processes at once.
   *
   * @return how they differed before
   * @throws com.techcorp.error.UnavailableException if storage or counters cannot be reached;
   *     repeat it then
   */
  public DriftReport repair() {
    return compare(true);
  }

  private DriftReport compare(boolean repairing) {
    Tally tally = new Tally();
    List<StockCount> page;
    UUID last = null;
    do {
      page = ledger.countsAfter(last, PAGE);
      if (!page.isEmpty()) {
        last = page.get(page.size() - 1).productId();
        List<Difference> differences = differences(page);
        tally.add(page.size(), differences);
        if (repairing) {
          repair(differences);
        }
      }
    } while (page.size() == PAGE);
    return tally.report();
  }

  /**
   * Counters are written after the commit. So they are read between two looks at the ledger: they
   * are at least as new as the first look unless a write is missing or on its way, and never newer
   * than the second.
   */
  private List<Difference> differences(List<StockCount> before) {
    Map<UUID, StockCount> counted =
        counter.read(before.stream().map(StockCount::productId).toList());
    List<StockCount> suspects = new ArrayList<>();
    for (StockCount stock : before) {
      StockCount count = counted.get(stock.productId());
      if (count == null
          || count.available() != stock.available()
          || count.version() > stock.version()) {
        suspects.add(stock);
      }
    }
    if (suspects.isEmpty()) {
      return List.of();
    }
    Map<UUID, StockCount> after =
        ledger.counts(suspects.stream().map(StockCount::productId).toList());
    List<Difference> differences = new ArrayList<>();
    for (StockCount stock : suspects) {
      StockCount count = counted.get(stock.productId());
      StockCount now = after.getOrDefault(stock.productId(), stock);
      Kind kind = kind(count, stock, now);
      if (kind != null) {
        differences.add(new Difference(kind, count, now));
      }
    }
    return differences;
  }

  private static @Nullable Kind kind(
      @Nullable StockCount count, StockCount before, StockCount after) {
    if (count == null) {
      return Kind.ABSENT;
    } else if (count.version() > after.version()
        || contradicts(count, before)
        || contradicts(count, after)) {
      return Kind.WRONG;
    }
    // The version of a product that has not changed since a fail-over is higher in the ledger.
    boolean older = count.version() < before.version();
    return older && count.available() != before.available() ? Kind.BEHIND : null;
  }

  private static boolean contradicts(StockCount count, StockCount stock) {
    return count.version() == stock.version() && count.available() != stock.available();
  }

  private void repair(List<Difference> differences) {
    if (differences.isEmpty()) {
      return;
    }
    for (Difference difference : differences) {
      if (difference.kind() == Kind.WRONG) {
        counter.replace(Objects.requireNonNull(difference.counted()), difference.stock());
      }
    }
    // Read again: the wrong counts may have kept out what was committed since.
    List<UUID> products = differences.stream().map(d -> d.stock().productId()).toList();
    counter.write(List.copyOf(ledger.counts(products).values()));
  }

  /** Adds up what differs. */
  private static final class Tally {
    private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
    private final List<Difference> shown = new ArrayList<>();
    private long products;

    void add(int compared, List<Difference> differences) {
      products += compared;
      for (Difference difference : differences) {
        kinds.merge(difference.kind(), 1L, Long::sum);
        if (shown.size() < DriftReport.SHOWN) {
          shown.add(difference);
        }
      }
    }

    private long of(Kind kind) {
      return kinds.getOrDefault(kind, 0L);
    }

    DriftReport report() {
      return new DriftReport(products, of(Kind.ABSENT), of(Kind.BEHIND), of(Kind.WRONG), shown);
    }
  }
}
