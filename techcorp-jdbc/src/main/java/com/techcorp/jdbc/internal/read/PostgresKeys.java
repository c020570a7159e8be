package com.techcorp.jdbc.internal.read;

import com.techcorp.jdbc.Statements;
import com.techcorp.jdbc.internal.batch.StatementBatch;
import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.order.CartContents;
import com.techcorp.order.spi.IdempotencyKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads idempotency keys from PostgreSQL. */
public final class PostgresKeys implements IdempotencyKeys {
  private static final String FIND =
      """
      select encode(body_hash, 'hex'), order_id, encode(lines_hash, 'hex'),
        encode(version_hash, 'hex')
      from ${orders}.idempotency_keys
      where caller = :caller and key = :key
      """;

  private static final String FIND_ALL =
      """
      select k.caller, k.key, encode(k.body_hash, 'hex'), k.order_id, encode(k.lines_hash, 'hex'),
        encode(k.version_hash, 'hex')
      from (select unnest(?::uuid[]) as caller, unnest(?::text[]) as key) i
      cross join lateral (
        select * from ${orders}.idempotency_keys k where k.caller = i.caller and k.key = i.key
        offset 0) k
      """;

  private final Transactions transactions;

  public PostgresKeys(Transactions transactions) {
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
    return transactions.read(
        handle -> {
          Map<Key, Used> found = new HashMap<>();
          StatementBatch statements = transactions.statements();
          statements.query(
              rows -> read(rows, found),
              FIND_ALL,
              Statements.uuids(wanted, Key::caller),
              Statements.texts(wanted, Key::key));
          statements.executeOn(handle);
          return found;
        });
  }

  private static void read(ResultSet rows, Map<Key, Used> found) throws SQLException {
    while (rows.next()) {
      CartContents contents = new CartContents(rows.getString(5), rows.getString(6));
      found.put(
          new Key(rows.getObject(1, UUID.class), rows.getString(2)),
          new Used(rows.getString(3), contents, rows.getObject(4, UUID.class)));
    }
  }
}
