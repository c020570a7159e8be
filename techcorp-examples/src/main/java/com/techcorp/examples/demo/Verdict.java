package com.techcorp.examples.demo;

import com.techcorp.error.TechCorpException;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.InvariantReport;
import com.techcorp.order.Order;
import com.techcorp.order.OrderSaga;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What is true at the end.
 *
 * @param report of the invariant check
 * @param replayed how many orders were folded from their history
 * @param differing of them, those whose row says something else
 * @param books why the provider's books do not fit, or null
 */
record Verdict(
    InvariantReport report, int replayed, List<String> differing, @Nullable String books) {
  /** Above it, the newest so many are folded in Java; the check folds all in SQL anyway. */
  private static final int REPLAYS = 10_000;

  static Verdict of(
      DataSource dataSource,
      OrderSaga orders,
      DatabaseView state,
      @Nullable DemoProvider provider) {
    InvariantReport report = InvariantCheck.on(dataSource).withSettled(true).run();
    List<DatabaseView.Owned> all = state.newest(REPLAYS);
    List<String> differing =
        all.parallelStream()
            .filter(owned -> !replays(orders, owned))
            .map(o -> "" + o.order())
            .toList();
    return new Verdict(
        report,
        all.size(),
        new ArrayList<>(differing),
        provider == null ? null : provider.misfit(state));
  }

  private static boolean replays(OrderSaga orders, DatabaseView.Owned owned) {
    Optional<Order> row = orders.find(owned.user(), owned.order());
    try {
      return row.isPresent() && row.get().equals(orders.history(owned.order()).replay());
    } catch (TechCorpException | IllegalArgumentException e) {
      return false; // a history that cannot be read does not fold to the row
    }
  }

  boolean clean() {
    return report.isClean() && differing.isEmpty() && books == null;
  }
}
