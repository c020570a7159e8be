package com.techcorp.jdbc;

import com.techcorp.jdbc.internal.write.KeyWrites;
import com.techcorp.order.CartContents;
import com.techcorp.order.spi.IdempotencyKeys.Used;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.order.spi.KeyEffect.Claim;
import com.techcorp.order.spi.KeyEffect.Free;
import com.techcorp.order.spi.KeyEffect.Retire;
import com.techcorp.order.spi.KeyRules;
import com.techcorp.storage.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Idempotency keys: statements and {@link KeyRules} agree. */
class KeyRulesIT extends RuleAgreement<KeyEffect, KeyRulesIT.KeyCase> {
  private static final String HASH = "aa".repeat(32);
  private static final String KEYS =
      """
      insert into orders.idempotency_keys
        (caller, key, body_hash, order_id, created_at, lines_hash, version_hash)
      select i.caller, i.key, decode(i.hash, 'hex'), i.order_id, saga.clock(),
        decode(i.lines, 'hex'), decode(i.version, 'hex')
      from (
        select unnest(?::uuid[]) as caller, unnest(?::text[]) as key, unnest(?::text[]) as hash,
          unnest(?::uuid[]) as order_id, unnest(?::text[]) as lines, unnest(?::text[]) as version) i
      """;

  private static final String READ =
      """
      select k.caller, format('%s stands for %s, %s, %s, %s', k.key, k.order_id,
        encode(k.body_hash, 'hex'), encode(k.lines_hash, 'hex'), encode(k.version_hash, 'hex'))
      from (select unnest(?::uuid[]) as id) i join orders.idempotency_keys k on k.caller = i.id
      """;

  /** A caller and the caller's keys. */
  record KeyCase(UUID id, Map<String, Used> keys, KeyEffect request) implements Case<KeyEffect> {
    @Override
    public String before() {
      return state(keys);
    }

    @Override
    public Decision<String> decision() {
      return described(KeyRules.decide(request, keys.get(request.key()), null), this::after);
    }

    private String after(Optional<Used> used) {
      Map<String, Used> then = new TreeMap<>(keys);
      Used before = then.remove(request.key());
      if (used.isPresent()) {
        then.put(request.key(), used.get());
      } else if (before != null && request instanceof Retire) {
        then.put(KeyRules.past(request.orderId()), before);
      }
      return state(then);
    }

    private static String state(Map<String, Used> keys) {
      return text(
          keys.entrySet().stream()
              .map(
                  entry ->
                      "%s stands for %s, %s, %s, %s"
                          .formatted(
                              entry.getKey(),
                              entry.getValue().orderId(),
                              entry.getValue().bodyHash(),
                              entry.getValue().contents().lines(),
                              Optional.ofNullable(entry.getValue().contents().version())
                                  .orElse("")))
              .toList());
    }
  }

  @Override
  EffectWriter<KeyEffect> writer() {
    return new KeyWrites();
  }

  @Override
  Set<Class<?>> neverRefused() {
    return Set.of(Free.class, Retire.class);
  }

  @Override
  KeyCase generate(Random random) {
    UUID caller = id(random);
    UUID order = id(random);
    CartContents contents = new CartContents("bb", oneOf(random, null, "cc"));
    Map<String, Used> keys = new TreeMap<>();
    for (String key : List.of("a", "b")) {
      if (chance(60, random)) {
        keys.put(key, new Used(HASH, contents, chance(70, random) ? order : id(random)));
      }
    }
    KeyEffect request =
        switch (random.nextInt(3)) {
          case 0 -> new Claim(caller, "a", HASH, contents, order);
          case 1 -> new Free(caller, "a", order);
          default -> new Retire(caller, "a", order);
        };
    return new KeyCase(caller, keys, request);
  }

  private record Row(UUID caller, String key, Used used) {}

  @Override
  void insert(List<KeyCase> cases, Statements to) {
    List<Row> rows =
        cases.stream()
            .flatMap(
                one ->
                    one.keys().entrySet().stream()
                        .map(entry -> new Row(one.id(), entry.getKey(), entry.getValue())))
            .toList();
    to.add(
        KEYS,
        Statements.uuids(rows, Row::caller),
        Statements.texts(rows, Row::key),
        Statements.texts(rows, row -> row.used().bodyHash()),
        Statements.uuids(rows, row -> row.used().orderId()),
        Statements.texts(rows, row -> row.used().contents().lines()),
        Statements.texts(rows, row -> row.used().contents().version()));
  }

  @Override
  void read(List<KeyCase> cases, Statements.Rows rows, Statements to) {
    to.query(rows, READ, Statements.uuids(cases, KeyCase::id));
  }
}
