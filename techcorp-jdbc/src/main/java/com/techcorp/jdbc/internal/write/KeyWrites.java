package com.techcorp.jdbc.internal.write;

import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.Statements;
import com.techcorp.jdbc.internal.batch.TransactionSetup;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.order.spi.KeyEffect.Claim;
import com.techcorp.order.spi.KeyEffect.Free;
import com.techcorp.order.spi.KeyEffect.Retire;
import com.techcorp.storage.Fence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Idempotency keys: one insert and one delete a batch, in sorted order. Callers are compared by
 * {@code any (array[...])}, so that the index is always used (see {@link TransactionSetup}).
 */
public final class KeyWrites implements EffectWriter<KeyEffect> {
  private static final String CLAIM =
      """
      insert into ${orders}.idempotency_keys (caller, key, body_hash, order_id, created_at, lines_hash,
        version_hash)
      select i.caller, i.key, decode(i.hash, 'hex'), i.order_id, (select ${saga}.clock()),
        decode(i.lines, 'hex'), decode(i.version, 'hex')
      from (
        select unnest(?::uuid[]) as caller, unnest(?::text[]) as key, unnest(?::text[]) as hash,
          unnest(?::uuid[]) as order_id, unnest(?::text[]) as lines, unnest(?::text[]) as version) i
      """;

  private static final String RETIRE =
      """
      update ${orders}.idempotency_keys k set key = 'past:' || k.order_id
      from (
        select unnest(?::uuid[]) as caller, unnest(?::text[]) as key, unnest(?::uuid[]) as order_id) i
      where k.caller = any (array[i.caller]) and k.key = i.key and k.order_id = i.order_id
      """;

  private static final String FREE =
      """
      delete from ${orders}.idempotency_keys k
      using (
        select unnest(?::uuid[]) as caller, unnest(?::text[]) as key, unnest(?::uuid[]) as order_id) i
      where k.caller = any (array[i.caller]) and k.key = i.key and k.order_id = i.order_id
      """;

  /** For keys that are claimed and freed at once: writes nothing, but checks that they are free. */
  private static final String NOT_TAKEN =
      """
      select ${saga}.expect((select count(*) from (
          select unnest(?::uuid[]) as caller, unnest(?::text[]) as key) i
        join ${orders}.idempotency_keys k on k.caller = any (array[i.caller]) and k.key = i.key), 0, 'key')
      """;

  @Override
  public Class<KeyEffect> type() {
    return KeyEffect.class;
  }

  @Override
  public int rank() {
    return 10;
  }

  @Override
  public void write(List<KeyEffect> effects, @Nullable Fence fence, Statements to) {
    Map<KeyId, List<KeyEffect>> byKey = new TreeMap<>();
    effects.forEach(e -> byKey.computeIfAbsent(KeyId.of(e), id -> new ArrayList<>()).add(e));
    List<Free> freed = new ArrayList<>();
    List<Retire> retired = new ArrayList<>();
    List<Claim> claimed = new ArrayList<>();
    notTaken(byKey.values(), to);
    // One order of keys for both kinds: who frees one and claims another must not wait crosswise.
    for (List<KeyEffect> ofKey : byKey.values()) {
      if (comesAndGoes(ofKey)) {
        continue;
      }
      if (ofKey.stream().filter(Claim.class::isInstance).count() > 1) {
        throw new GuardFailedException("the same key twice in a batch");
      }
      // Of a key's effects in one batch only the ends show: what was there before, what is there
      // after.
      if (ofKey.get(0) instanceof Free free) {
        retire(retired, to);
        claim(claimed, to);
        freed.add(free);
      } else if (ofKey.get(0) instanceof Retire retire) {
        free(freed, to);
        claim(claimed, to);
        retired.add(retire);
      }
      if (ofKey.get(ofKey.size() - 1) instanceof Claim claim) {
        free(freed, to);
        retire(retired, to);
        claimed.add(claim);
      }
    }
    free(freed, to);
    retire(retired, to);
    claim(claimed, to);
  }

  private static void retire(List<Retire> retired, Statements to) {
    if (retired.isEmpty()) {
      return;
    }
    to.add(
        RETIRE,
        Statements.uuids(retired, Retire::caller),
        Statements.texts(retired, Retire::key),
        Statements.uuids(retired, Retire::orderId));
    retired.clear();
  }

  /** Orders that are refused at their beginning claim their key, and free it at once. */
  private static void notTaken(Collection<List<KeyEffect>> byKey, Statements to) {
    List<KeyId> passing =
        byKey.stream()
            .filter(KeyWrites::comesAndGoes)
            .map(ofKey -> KeyId.of(ofKey.get(0)))
            .toList();
    if (!passing.isEmpty()) {
      to.add(
          NOT_TAKEN,
          Statements.uuids(passing, KeyId::caller),
          Statements.texts(passing, KeyId::key));
    }
  }

  private static boolean comesAndGoes(List<KeyEffect> ofKey) {
    for (int i = 0; i < ofKey.size(); i++) {
      boolean own =
          i % 2 == 0
              ? ofKey.get(i) instanceof Claim
              : ofKey.get(i) instanceof Free free
                  && free.orderId().equals(((Claim) ofKey.get(i - 1)).orderId());
      if (!own) {
        return false;
      }
    }
    return ofKey.size() % 2 == 0;
  }

  private static void free(List<Free> freed, Statements to) {
    if (freed.isEmpty()) {
      return;
    }
    to.add(
        FREE,
        Statements.uuids(freed, Free::caller),
        Statements.texts(freed, Free::key),
        Statements.uuids(freed, Free::orderId));
    freed.clear();
  }

  private static void claim(List<Claim> claimed, Statements to) {
    if (claimed.isEmpty()) {
      return;
    }
    to.add(
        CLAIM,
        Statements.uuids(claimed, Claim::caller),
        Statements.texts(claimed, Claim::key),
        Statements.texts(claimed, Claim::bodyHash),
        Statements.uuids(claimed, Claim::orderId),
        Statements.texts(claimed, claim -> claim.contents().lines()),
        Statements.texts(claimed, claim -> claim.contents().version()));
    claimed.clear();
  }

  @Override
  public Guard<KeyEffect> guard(List<KeyEffect> effects, @Nullable Fence fence, Statements to) {
    return KeyGuard.over(effects, to);
  }
}
