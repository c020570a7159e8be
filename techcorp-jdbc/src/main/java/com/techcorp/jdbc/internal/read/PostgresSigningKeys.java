package com.techcorp.jdbc.internal.read;

import com.techcorp.auth.spi.KeyChange;
import com.techcorp.auth.spi.KeySnapshot;
import com.techcorp.auth.spi.KeyState;
import com.techcorp.auth.spi.KeyTerms;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.auth.spi.StoredKey;
import com.techcorp.jdbc.internal.batch.Times;
import com.techcorp.jdbc.internal.batch.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Keeps signing keys in {@code auth.signing_keys}, by the database's clock. A key that is no longer
 * live is RETIRED there and has {@code dropped_at}; one that was removed has {@code leaked_at},
 * too.
 */
public final class PostgresSigningKeys implements SigningKeyStore {
  private static final String NOW = "select ${saga}.clock()";

  private static final String LIVE =
      """
      select * from ${auth}.signing_keys where dropped_at is null order by published_at, kid
      """;

  private static final String ENDED =
      """
      select * from ${auth}.signing_keys where dropped_at is not null
      order by dropped_at desc, kid limit :limit
      """;

  /** Changes are rare, and each looks at several rows: they come one after the other. */
  private static final String LOCK = "lock table ${auth}.signing_keys in share row exclusive mode";

  private static final String ADD =
      """
      insert into ${auth}.signing_keys (kid, state, public_key, wrapped_private_key, cache_seconds,
        token_seconds, created_at, published_at)
      select :kid, 'NEXT', :public, :wrapped, :cache, :token, t.now, t.now
      from (select ${saga}.clock() as now) t
      where not exists (select from ${auth}.signing_keys where state = 'NEXT' or kid = :kid)
      """;

  private static final String RETIRE =
      """
      update ${auth}.signing_keys set state = 'RETIRED', retired_at = ${saga}.clock()
      where kid = :retiring and state = 'ACTIVE'
        and exists (select from ${auth}.signing_keys where kid = :kid and state = 'NEXT')
      """;

  private static final String ACTIVATE =
      """
      update ${auth}.signing_keys k set state = 'ACTIVE',
        activated_at = coalesce(
          (select retired_at from ${auth}.signing_keys where kid = :retiring), ${saga}.clock())
      where k.kid = :kid and k.state = 'NEXT'
        and not exists (select from ${auth}.signing_keys where state = 'ACTIVE')
      """;

  private static final String DROP =
      """
      update ${auth}.signing_keys set wrapped_private_key = null, dropped_at = ${saga}.clock()
      where kid = :kid and state = 'RETIRED' and dropped_at is null
      """;

  private static final String REMOVE =
      """
      update ${auth}.signing_keys k set state = 'RETIRED', wrapped_private_key = null,
        retired_at = coalesce(k.retired_at, t.now), dropped_at = t.now, leaked_at = t.now
      from (select ${saga}.clock() as now) t
      where k.kid = :kid and k.dropped_at is null
      """;

  private final Transactions transactions;

  public PostgresSigningKeys(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public KeySnapshot read() {
    return transactions.run(
        handle -> {
          // The time first: what is read after it is not older.
          Instant now =
              handle
                  .createQuery(NOW)
                  .map((row, context) -> row.getObject(1, OffsetDateTime.class).toInstant())
                  .one();
          return new KeySnapshot(
              handle.createQuery(LIVE).map((row, context) -> key(row)).list(), now);
        });
  }

  @Override
  public List<StoredKey> ended(int limit) {
    return transactions.run(
        handle ->
            handle.createQuery(ENDED).bind("limit", limit).map((row, context) -> key(row)).list());
  }

  @Override
  public boolean change(KeyChange change) {
    return transactions.run(
        handle -> {
          handle.execute(LOCK);
          return changed(handle, change) == 1;
        });
  }

  private static int changed(Handle handle, KeyChange change) {
    if (change instanceof KeyChange.Add added) {
      return added(handle, added);
    }
    if (change instanceof KeyChange.Activate activate) {
      return activated(handle, activate);
    }
    return update(handle, change instanceof KeyChange.Drop ? DROP : REMOVE, change).execute();
  }

  private static int added(Handle handle, KeyChange.Add added) {
    return update(handle, ADD, added)
        .bind("public", Base64.getDecoder().decode(added.publicKey()))
        .bind("wrapped", added.wrappedKey())
        .bind("cache", added.terms().publishFor().toSeconds())
        .bind("token", added.terms().verifyFor().toSeconds())
        .execute();
  }

  private static int activated(Handle handle, KeyChange.Activate activate) {
    String retiring = activate.retiring();
    if (retiring != null
        && update(handle, RETIRE, activate).bind("retiring", retiring).execute() == 0) {
      return 0;
    }
    return update(handle, ACTIVATE, activate).bind("retiring", retiring).execute();
  }

  private static Update update(Handle handle, String sql, KeyChange change) {
    return handle.createUpdate(sql).bind("kid", change.keyId());
  }

  private static StoredKey key(ResultSet row) throws SQLException {
    return new StoredKey(
        row.getString("kid"),
        state(row),
        Base64.getEncoder().encodeToString(row.getBytes("public_key")),
        row.getString("wrapped_private_key"),
        new KeyTerms(seconds(row, "cache_seconds"), seconds(row, "token_seconds")),
        new StoredKey.Times(
            Times.instant(row, "created_at"),
            Times.instant(row, "published_at"),
            instant(row, "activated_at"),
            instant(row, "retired_at"),
            instant(row, "dropped_at")));
  }

  private static KeyState state(ResultSet row) throws SQLException {
    if (row.getObject("dropped_at") == null) {
      return KeyState.valueOf(row.getString("state"));
    }
    return row.getObject("leaked_at") == null ? KeyState.DROPPED : KeyState.REMOVED;
  }

  private static Duration seconds(ResultSet row, String column) throws SQLException {
    return Duration.ofSeconds(row.getLong(column));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column) == null ? null : Times.instant(row, column);
  }
}
