package com.techcorp.jdbc.internal.read;

import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.jdbc.internal.batch.Times;
import com.techcorp.jdbc.internal.batch.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads stock and reservations from PostgreSQL. */
public final class PostgresStock implements StockLedger {
  private static final String LEVELS =
      "select product_id, available, reserved from ${inventory}.stock where product_id = any (:ids)";

  private static final String COUNTS =
      """
      select product_id, available, greatest(version, (select ${inventory}.version_floor()))
      from ${inventory}.stock
      """;

  private static final String COUNTS_OF = COUNTS + "where product_id = any (:ids)";

  private static final String FIRST_COUNTS = COUNTS + "order by product_id limit :most";

  private static final String NEXT_COUNTS =
      COUNTS + "where product_id > :after order by product_id limit :most";

  private static final String RESERVATIONS =
      "select * from ${inventory}.reservations where order_id = :order order by product_id";

  private final Transactions transactions;

  public PostgresStock(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Map<UUID, StockLevel> levels(Collection<UUID> products) {
    return transactions.read(
        handle -> {
          Map<UUID, StockLevel> levels = new HashMap<>();
          handle
              .createQuery(LEVELS)
              .bindArray("ids", UUID.class, products.toArray())
              .map(
                  (rows, c) ->
                      new StockLevel(
                          rows.getObject(1, UUID.class), rows.getLong(2), rows.getLong(3)))
              .forEach(level -> levels.put(level.productId(), level));
          return levels;
        });
  }

  @Override
  public Map<UUID, StockCount> counts(Collection<UUID> products) {
    return transactions.read(
        handle -> {
          Map<UUID, StockCount> counts = new HashMap<>();
          handle
              .createQuery(COUNTS_OF)
              .bindArray("ids", UUID.class, products.toArray())
              .map((rows, c) -> count(rows))
              .forEach(count -> counts.put(count.productId(), count));
          return counts;
        });
  }

  @Override
  public List<StockCount> countsAfter(@Nullable UUID after, int most) {
    return transactions.read(
        handle ->
            (after == null
                    ? handle.createQuery(FIRST_COUNTS)
                    : handle.createQuery(NEXT_COUNTS).bind("after", after))
                .bind("most", most)
                .map((rows, c) -> count(rows))
                .list());
  }

  private static StockCount count(ResultSet rows) throws SQLException {
    return new StockCount(rows.getObject(1, UUID.class), rows.getLong(2), rows.getLong(3));
  }

  @Override
  public List<Reservation> reservations(UUID orderId) {
    return transactions.read(
        handle ->
            handle
                .createQuery(RESERVATIONS)
                .bind("order", orderId)
                .map(
                    (rows, c) ->
                        new Reservation(
                            rows.getObject("id", UUID.class),
                            orderId,
                            rows.getObject("product_id", UUID.class),
                            rows.getLong("quantity"),
                            ReservationStatus.valueOf(rows.getString("status")),
                            Times.instant(rows, "expires_at"),
                            Times.instant(rows, "created_at"),
                            rows.getObject("hold_token", UUID.class)))
                .list());
  }
}
