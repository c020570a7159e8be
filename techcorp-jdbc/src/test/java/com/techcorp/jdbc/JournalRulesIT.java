package com.techcorp.jdbc;

import com.techcorp.jdbc.internal.batch.FailureJson;
import com.techcorp.jdbc.internal.write.JournalWrites;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.spi.JournalRules;
import com.techcorp.saga.spi.JournalState;
import com.techcorp.saga.spi.JournalState.Live;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaEffect.Advance;
import com.techcorp.saga.spi.SagaEffect.Archive;
import com.techcorp.saga.spi.SagaEffect.Create;
import com.techcorp.saga.spi.SagaEffect.Finish;
import com.techcorp.storage.Decision;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sagas: statements and {@link JournalRules} agree. */
class JournalRulesIT extends RuleAgreement<SagaEffect, JournalRulesIT.SagaCase> {
  private static final Fence OURS = new Fence(7, 3);

  private static final String LIVE =
      """
      insert into saga.instances (id, definition, version, step, state, owner, epoch, revision,
        attempt, undecided, signals, next_run_at, move_by, data, created_at, updated_at)
      select i.id, 'test', 1, 'step', 'RUNNING', i.owner, i.epoch, i.revision, 0, false, i.signals,
        case when i.owner is null then saga.clock() end,
        case when i.owner is not null then saga.clock() end, '{}', saga.clock(), saga.clock()
      from (
        select unnest(?::uuid[]) as id, unnest(?::int8[])::int as owner, unnest(?::int8[]) as epoch,
          unnest(?::int8[]) as revision, unnest(?::int8[])::int as signals) i
      """;

  private static final String ENDED =
      """
      insert into saga.history (id, definition, version, outcome, finished_at)
      select unnest(?::uuid[]), 'test', 1, 'COMPLETED', saga.clock()
      """;

  private static final String READ =
      """
      with i as (select unnest(?::uuid[]) as id)
      select i.id, format('revision %s of %s in %s with %s', s.revision, s.owner, s.epoch, s.signals)
      from i join saga.instances s on s.id = i.id
      union all
      select i.id, 'ended' from i join saga.history h on h.id = i.id
      """;

  /** A saga. */
  record SagaCase(UUID id, JournalState now, SagaEffect request) implements Case<SagaEffect> {
    @Override
    public String before() {
      return state(now);
    }

    @Override
    public Decision<String> decision() {
      return described(JournalRules.decide(request, now, OURS), SagaCase::state);
    }

    private static String state(JournalState state) {
      List<String> rows = new ArrayList<>();
      Live live = state.live();
      if (live != null) {
        Fence owner = live.owner();
        rows.add(
            "revision %d of %s in %s with %d"
                .formatted(
                    live.revision(),
                    owner == null ? "" : owner.node(),
                    owner == null ? "" : owner.epoch(),
                    live.signals()));
      }
      if (state.ended()) {
        rows.add("ended");
      }
      return text(rows);
    }
  }

  @Override
  EffectWriter<SagaEffect> writer() {
    return new JournalWrites(new FailureJson());
  }

  @Override
  Fence fence() {
    return OURS;
  }

  @Override
  Set<Class<?>> neverRefused() {
    return Set.of();
  }

  @Override
  SagaCase generate(Random random) {
    UUID id = id(random);
    int kind = random.nextInt(4);
    boolean begins = kind == 0;
    Live live = null;
    if (chance(begins ? 20 : 90, random)) {
      Fence owner =
          chance(85, random)
              ? OURS
              : oneOf(random, null, new Fence(OURS.node(), 2), new Fence(8, OURS.epoch()));
      live = new Live(owner, 1 + random.nextInt(3), random.nextInt(3));
    }
    JournalState now = new JournalState(live, chance(25, random));
    long revision = live != null && chance(90, random) ? live.revision() : random.nextInt(4);
    int signals = live != null && chance(85, random) ? live.signals() : random.nextInt(3);
    SagaEffect request =
        switch (kind) {
          case 0 -> new Create(id, "test", 1, chance(70, random), position(random));
          case 1 -> new Advance(id, revision, signals, position(random));
          case 2 -> new Finish(id, revision, signals);
          default -> new Archive(id, "test", 1, null);
        };
    return new SagaCase(id, now, request);
  }

  /** Owned, due later, or parked. */
  private static SagaPosition position(Random random) {
    SagaState state = oneOf(random, SagaState.RUNNING, SagaState.RUNNING, SagaState.PARKED);
    Duration runIn = chance(30, random) ? Duration.ofSeconds(1) : null;
    boolean parked = state == SagaState.PARKED;
    return new SagaPosition(
        "step", state, 0, false, parked ? null : runIn, null, "{}", null, parked ? "why" : null);
  }

  @Override
  void insert(List<SagaCase> cases, Statements to) {
    List<SagaCase> live = cases.stream().filter(one -> one.now().live() != null).toList();
    to.add(
        LIVE,
        Statements.uuids(live, SagaCase::id),
        Statements.longs(live, one -> owner(one) == null ? null : (long) owner(one).node()),
        Statements.longs(live, one -> owner(one) == null ? null : owner(one).epoch()),
        Statements.longs(live, one -> one.now().live().revision()),
        Statements.longs(live, one -> (long) one.now().live().signals()));
    List<SagaCase> ended = cases.stream().filter(one -> one.now().ended()).toList();
    to.add(ENDED, Statements.uuids(ended, SagaCase::id));
  }

  private static @Nullable Fence owner(SagaCase one) {
    return one.now().live().owner();
  }

  @Override
  void read(List<SagaCase> cases, Statements.Rows rows, Statements to) {
    to.query(rows, READ, Statements.uuids(cases, SagaCase::id));
  }
}
