package com.techcorp.bench.floor;

import java.util.Collections;
import java.util.List;

/**
 * The statements of the hand-written floors: plain rows by primary key, no arrays. A statement that
 * must find a row takes its key from what it found, so that a missing row is a null where none is
 * allowed: that error is what keeps the transaction from committing.
 */
final class FloorSql {
  static final String ORDER =
      """
      insert into orders.orders (id, order_number, user_id, cart_id, shipping_address_id, amount,
        currency, status, last_seq, published, last_hash, created_at, updated_at)
      values (?, ?, ?, ?, ?, ?, ?, 'CREATED', 1, 0, ?, ?, ?)
      """;

  static final String CREATED =
      """
      insert into orders.order_events (order_id, seq, event_type, event_data, created_at, hash)
      values (?, 1, 'CREATED', ?::jsonb, ?, ?)
      """;

  private static final String ITEMS =
      """
      insert into orders.order_items (order_id, product_id, quantity, unit_price)
      values %s
      """;

  /** A product that falls short gives no row, and a reservation without product is refused. */
  static final String RESERVE =
      """
      with held as (
        update inventory.stock set available = available - ?, reserved = reserved + ?
        where product_id = ? and available >= ? returning product_id)
      insert into inventory.reservations
        (id, order_id, product_id, quantity, status, expires_at, created_at)
      values (?, ?, (select product_id from held), ?, 'PENDING', ?, ?)
      """;

  static final String OPEN_CHARGE =
      """
      insert into payments.transactions
        (id, order_id, amount, currency, method, status, idempotency_key, created_at, updated_at)
      values (?, ?, ?, ?, ?, 'PENDING', ?, ?, ?)
      """;

  /** PAID and CONFIRMED at once. */
  static final String FINISH =
      """
      with o as (
        update orders.orders set status = 'CONFIRMED', last_seq = 3, published = 2, last_hash = ?,
          updated_at = ?
        where id = ? and last_seq = 1 returning id)
      insert into orders.order_events (order_id, seq, event_type, event_data, created_at, hash)
      values ((select id from o), 2, 'PAID', ?::jsonb, ?, ?),
        ((select id from o), 3, 'CONFIRMED', '{}', ?, ?)
      """;

  static final String PAID =
      """
      with o as (
        update orders.orders set last_seq = 2, published = 1, last_hash = ?, updated_at = ?
        where id = ? and last_seq = 1 returning id)
      insert into orders.order_events (order_id, seq, event_type, event_data, created_at, hash)
      values ((select id from o), 2, 'PAID', ?::jsonb, ?, ?)
      """;

  static final String CONFIRMED =
      """
      with o as (
        update orders.orders set status = 'CONFIRMED', last_seq = 3, published = 2, last_hash = ?,
          updated_at = ?
        where id = ? and last_seq = 2 returning id)
      insert into orders.order_events (order_id, seq, event_type, event_data, created_at, hash)
      values ((select id from o), 3, 'CONFIRMED', '{}', ?, ?)
      """;

  private static final String APPROVE =
      """
      with p as (
        update payments.transactions set status = 'APPROVED', provider_ref = ?, updated_at = ?
        where id = ? and status = 'PENDING' returning order_id)
      insert into messaging.outbox
        (event_id, stream_type, stream_id, sequence, event_type, payload, created_at)
      values (?, 'order', (select order_id from p), 1, 'payment.confirmed', ?::json, ?)
      """;

  static final String APPROVE_AND_PUBLISH_PAID = APPROVE;

  static final String APPROVE_AND_PUBLISH_BOTH =
      APPROVE.stripTrailing()
          + ",\n  (?, 'order', (select order_id from p), 2, 'order.confirmed', ?::json, ?)\n";

  static final String PUBLISH_CONFIRMED =
      """
      insert into messaging.outbox
        (event_id, payload, created_at, stream_id, stream_type, sequence, event_type)
      values (?, ?::json, ?, ?, 'order', 2, 'order.confirmed')
      """;

  static final String SELL =
      """
      with sold as (
        update inventory.reservations set status = 'CONFIRMED'
        where order_id = ? and product_id = ? and status = 'PENDING' returning product_id),
      taken as (
        update inventory.stock set reserved = reserved - ? where product_id = ?)
      insert into inventory.stock_movements
        (product_id, order_id, quantity, movement_type, created_at)
      values ((select product_id from sold), ?, ?, 'SALE', ?)
      """;

  private FloorSql() {}

  static String items(int lines) {
    return ITEMS.formatted(String.join(", ", Collections.nCopies(lines, "(?, ?, ?, ?)")));
  }

  /** Several statements for one execute: one round trip, and one transaction of their own. */
  static String together(List<String> statements) {
    return String.join(";\n", statements);
  }

  static String times(int lines, String statement) {
    return String.join(";\n", Collections.nCopies(lines, statement));
  }
}
