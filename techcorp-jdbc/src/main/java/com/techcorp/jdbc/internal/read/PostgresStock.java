package com.techcorp.jdbc.internal.read;

import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.jdbc.internal.batch.Times;
import com.techcorp.jdbc.internal.batch.Transactions;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads stock and reservations from PostgreSQL. */
public final class PostgresStock implements StockLedger {
  private static final String LEVELS =
      "select product_id, available, reserved from ${inventory}.stock where product_id = any (:ids)";

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
