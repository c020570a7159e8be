package com.techcorp;

import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.DriftReport;
import com.techcorp.inventory.DriftReport.Difference;
import com.techcorp.inventory.DriftReport.Kind;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import com.techcorp.inventory.spi.StockLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares counters with the stock that they count, and repairs them; also while orders come in,
 * because versions tell which of two counts is newer. Reads a page of products at a time.
 * Thread-safe.
 */
public final class StockDrift {
  private static final int PAGE = 1_000;

  /** Differences are looked at again before more of them are kept than this, and a page. */
  private static final int MOST_KEPT = 10_000;

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
   * @throws UnavailableException if storage or counters cannot be reached
   */
  public DriftReport measure() {
    return compare(false);
  }

  /**
   * Compares all products, looks again at those that differ, and changes nothing. A counter that
   * was written meanwhile does not count as different: its write was under way at the first look.
   *
   * @param pause between both looks, longer than a write takes
   * @return what differs at both looks
   * @throws UnavailableException if storage or counters cannot be reached, or the thread is
   *     interrupted
   */
  public DriftReport measureTwice(Duration pause) {
    Tally tally = new Tally();
    List<Difference> found = new ArrayList<>();
    forEachPage(
        page -> {
          tally.compared(page.size());
          found.addAll(differences(page));
          if (found.size() >= MOST_KEPT) {
            tally.add(lasting(found, pause));
            found.clear();
          }
        });
    tally.add(lasting(found, pause));
    return tally.report();
  }

  /**
   * Compares all products, and puts right what differs. Safe to repeat, and to run in several
   * processes at once.
   *
   * @return how they differed before
   * @throws UnavailableException if storage or counters cannot be reached; repeat it then
   */
  public DriftReport repair() {
    return compare(true);
  }

  private DriftReport compare(boolean repairing) {
    Tally tally = new Tally();
    forEachPage(
        page -> {
          List<Difference> differences = differences(page);
          tally.compared(page.size());
          tally.add(differences);
          if (repairing) {
            repair(differences);
          }
        });
    return tally.report();
  }

  private void forEachPage(Consumer<List<StockCount>> action) {
    List<StockCount> page;
    UUID last = null;
    do {
      page = ledger.countsAfter(last, PAGE);
      if (!page.isEmpty()) {
        last = page.get(page.size() - 1).productId();
        action.accept(page);
      }
    } while (page.size() == PAGE);
  }

  /** Those that still differ after a while, and whose counter nobody has written since. */
  private List<Difference> lasting(List<Difference> found, Duration pause) {
    List<Difference> lasting = new ArrayList<>();
    if (!found.isEmpty()) {
      sleep(pause);
    }
    for (int from = 0; from < found.size(); from += PAGE) {
      Map<UUID, Difference> before = new HashMap<>();
      for (Difference one : found.subList(from, Math.min(from + PAGE, found.size()))) {
        before.put(one.stock().productId(), one);
      }
      for (Difference again : differences(List.copyOf(ledger.counts(before.keySet()).values()))) {
        Difference first = before.get(again.stock().productId());
        if (first != null && Objects.equals(first.counted(), again.counted())) {
          lasting.add(again);
        }
      }
    }
    return lasting;
  }

  private static void sleep(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Interrupted while comparing counters with the stock", e);
    }
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

    void compared(int count) {
      products += count;
    }

    void add(List<Difference> differences) {
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
