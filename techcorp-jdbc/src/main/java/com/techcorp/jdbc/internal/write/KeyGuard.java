package com.techcorp.jdbc.internal.write;

import com.techcorp.error.Failure;
import com.techcorp.jdbc.EffectWriter.Guard;
import com.techcorp.jdbc.Statements;
import com.techcorp.order.CartContents;
import com.techcorp.order.spi.IdempotencyKeys.Used;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.order.spi.KeyEffect.Claim;
import com.techcorp.order.spi.KeyRules;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Loads and locks the keys that {@link KeyRules} decide about. */
final class KeyGuard implements Guard<KeyEffect> {
  private static final String READ =
      """
      select k.caller, k.key, k.order_id, encode(k.body_hash, 'hex'), o.order_number,
        encode(k.lines_hash, 'hex'), encode(k.version_hash, 'hex')
      from ${orders}.idempotency_keys k
      join (select unnest(?::uuid[]) as caller, unnest(?::text[]) as key) i
        on k.caller = any (array[i.caller]) and k.key = i.key
      left join ${orders}.orders o on o.id = k.order_id
      """;

  /**
   * A key is waited for before anything that comes later in the lock order is held: by an insert
   * that is undone at once; another insert of the same key still waits for this transaction.
   */
  private static final String TRY =
      """
      insert into ${orders}.idempotency_keys (caller, key, body_hash, order_id, created_at, lines_hash)
      select i.caller, i.key, '', i.order_id, (select ${saga}.clock()), ''
      from (
        select unnest(?::uuid[]) as caller, unnest(?::text[]) as key, unnest(?::uuid[]) as order_id) i
      on conflict do nothing
      """;

  private static final String TAKE_BACK =
      """
      delete from ${orders}.idempotency_keys k
      using (select unnest(?::uuid[]) as caller, unnest(?::text[]) as key) i
      where k.caller = any (array[i.caller]) and k.key = i.key and k.body_hash = ''
      """;

  private final Overlay<KeyId, Taken> taken = new Overlay<>();

  private KeyGuard() {}

  /**
   * The request and the order of a key.
   *
   * @param orderNumber null if the order that holds the key is in this batch
   */
  private record Taken(Used used, @Nullable String orderNumber) {}

  static KeyGuard over(List<KeyEffect> effects, Statements to) {
    KeyGuard guard = new KeyGuard();
    List<KeyId> ids = effects.stream().map(KeyId::of).distinct().toList();
    List<Claim> claims =
        effects.stream()
            .flatMap(e -> e instanceof Claim claim ? Stream.of(claim) : Stream.empty())
            .sorted(Comparator.comparing(KeyId::of))
            .toList();
    if (!claims.isEmpty()) {
      Object callers = Statements.uuids(claims, Claim::caller);
      Object keys = Statements.texts(claims, Claim::key);
      to.add(TRY, callers, keys, Statements.uuids(claims, Claim::orderId));
      to.add(TAKE_BACK, callers, keys);
    }
    to.query(
        rows -> {
          while (rows.next()) {
            guard.taken.load(
                new KeyId(rows.getObject(1, UUID.class), rows.getString(2)),
                new Taken(
                    new Used(
                        rows.getString(4),
                        new CartContents(rows.getString(6), rows.getString(7)),
                        rows.getObject(3, UUID.class)),
                    rows.getString(5)));
          }
        },
        READ,
        Statements.uuids(ids, KeyId::caller),
        Statements.texts(ids, KeyId::key));
    return guard;
  }

  @Override
  public @Nullable Failure admit(KeyEffect effect) {
    KeyId id = KeyId.of(effect);
    Taken now = taken.get(id);
    return KeyRules.decide(
            effect, now == null ? null : now.used(), now == null ? null : now.orderNumber())
        .ifAccepted(after -> put(id, now, after.orElse(null)));
  }

  private void put(KeyId id, @Nullable Taken before, @Nullable Used after) {
    boolean same = before != null && before.used().equals(after);
    taken.put(id, same ? before : after == null ? null : new Taken(after, null));
  }

  @Override
  public void keep() {
    taken.keep();
  }

  @Override
  public void undo() {
    taken.undo();
  }
}
