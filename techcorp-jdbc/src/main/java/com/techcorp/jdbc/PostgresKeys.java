package com.techcorp.jdbc;

import com.techcorp.order.CartContents;
import com.techcorp.order.IdempotencyKeys;
import java.util.Optional;
import java.util.UUID;

/** Reads idempotency keys. */
final class PostgresKeys implements IdempotencyKeys {
  private static final String FIND =
      """
      select encode(body_hash, 'hex'), order_id, encode(lines_hash, 'hex'),
        encode(version_hash, 'hex')
      from orders.idempotency_keys
      where caller = :caller and key = :key
      """;

  private final Transactions transactions;

  PostgresKeys(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<Used> find(UUID caller, String key) {
    return transactions.read(
        handle ->
            handle
                .createQuery(FIND)
                .bind("caller", caller)
                .bind("key", key)
                .map(
                    (rows, c) ->
                        new Used(
                            rows.getString(1),
                            new CartContents(rows.getString(3), rows.getString(4)),
                            rows.getObject(2, UUID.class)))
                .findOne());
  }
}
