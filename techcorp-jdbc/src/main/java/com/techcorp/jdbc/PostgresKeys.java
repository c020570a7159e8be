package com.techcorp.jdbc;

import com.techcorp.order.CartContents;
import com.techcorp.order.IdempotencyKeys;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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

  private static final String FIND_ALL =
      """
      select k.caller, k.key, encode(k.body_hash, 'hex'), k.order_id, encode(k.lines_hash, 'hex'),
        encode(k.version_hash, 'hex')
      from (select unnest(:callers::uuid[]) as caller, unnest(:keys::text[]) as key) i
      cross join lateral (
        select * from orders.idempotency_keys k where k.caller = i.caller and k.key = i.key
        offset 0) k
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

  @Override
  public Map<Key, Used> findAll(Collection<Key> wanted) {
    UUID[] callers = wanted.stream().map(Key::caller).toArray(UUID[]::new);
    String[] keys = wanted.stream().map(Key::key).toArray(String[]::new);
    return transactions.read(
        handle ->
            handle
                .createQuery(FIND_ALL)
                .bind("callers", callers)
                .bind("keys", keys)
                .reduceRows(
                    new HashMap<Key, Used>(),
                    (found, row) -> {
                      Key key =
                          new Key(row.getColumn(1, UUID.class), row.getColumn(2, String.class));
                      CartContents contents =
                          new CartContents(
                              row.getColumn(5, String.class), row.getColumn(6, String.class));
                      Used used =
                          new Used(
                              row.getColumn(3, String.class),
                              contents,
                              row.getColumn(4, UUID.class));
                      found.put(key, used);
                      return found;
                    }));
  }
}
