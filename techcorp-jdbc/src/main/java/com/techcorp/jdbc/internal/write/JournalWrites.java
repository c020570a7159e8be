package com.techcorp.jdbc.internal.write;

import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.Statements;
import com.techcorp.jdbc.internal.batch.FailureJson;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaEffect.Advance;
import com.techcorp.saga.spi.SagaEffect.Archive;
import com.techcorp.saga.spi.SagaEffect.Create;
import com.techcorp.saga.spi.SagaEffect.Finish;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes live sagas to PostgreSQL. Every change is a compare-and-set on owner, epoch, revision and
 * signals read.
 */
public final class JournalWrites implements EffectWriter<SagaEffect> {
  private static final String CREATE =
      """
      insert into ${saga}.instances (id, definition, version, step, state, owner, epoch, revision, attempt,
        undecided, next_run_at, move_by, deadline, data, failure, last_error, first_error,
        compensating, created_at, updated_at)
      select i.id, i.definition, i.version, i.step, i.state,
        case when i.owned then ?::int end, case when i.owned then ?::bigint end, 1, i.attempt,
        i.undecided, t.at + i.run_in * interval '1 ms', t.at + i.move_in * interval '1 ms',
        t.at + i.decide_in * interval '1 ms', i.data, i.failure, i.last_error, i.last_error,
        i.compensating, t.at, t.at
      from (
        select unnest(?::uuid[]) as id, unnest(?::text[]) as definition, unnest(?::int8[]) as version,
          unnest(?::text[]) as step, unnest(?::text[]) as state, unnest(?::bool[]) as owned,
          unnest(?::int8[]) as attempt, unnest(?::bool[]) as undecided, unnest(?::int8[]) as run_in,
          unnest(?::int8[]) as decide_in, unnest(?::int8[]) as move_in, unnest(?::text[]) as data,
          unnest(?::text[]) as failure, unnest(?::text[]) as last_error,
          unnest(?::bool[]) as compensating) i
      cross join (select ${saga}.clock() as at) t
      """;

  /**
   * Behind the insert: that one waits for a saga of this id which is just ending, and what ended it
   * can be seen only then.
   */
  private static final String NOT_ENDED =
      """
      select ${saga}.expect((select count(*) from ${saga}.history where id = any (?::uuid[])), 0,
        'saga that ended')
      """;

  private static final String ADVANCE =
      """
      with moved as (
        update ${saga}.instances s set step = i.step, state = i.state,
          owner = case when i.owned then s.owner end, epoch = case when i.owned then s.epoch end,
          revision = s.revision + 1, move_by = t.at + i.move_in * interval '1 ms',
          attempt = i.attempt, undecided = i.undecided, handled = i.handled,
          deadline = coalesce(t.at + i.decide_in * interval '1 ms',
            case when s.step = i.step then s.deadline end),
          next_run_at = case when i.run_in is not null then least(t.at + i.run_in * interval '1 ms',
            case when s.step = i.step and s.deadline is not null then greatest(t.at, s.deadline) end) end,
          data = i.data, failure = i.failure, last_error = i.last_error,
          first_error = coalesce(s.first_error, i.last_error), compensating = i.compensating,
          updated_at = t.at
        from (
          select unnest(?::uuid[]) as id, unnest(?::int8[]) as revision, unnest(?::int8[]) as signals,
            unnest(?::int8[]) as handled, unnest(?::text[]) as step, unnest(?::text[]) as state, unnest(?::bool[]) as owned,
            unnest(?::int8[]) as attempt, unnest(?::bool[]) as undecided,
            unnest(?::int8[]) as run_in, unnest(?::int8[]) as decide_in,
            unnest(?::int8[]) as move_in, unnest(?::text[]) as data,
            unnest(?::text[]) as failure, unnest(?::text[]) as last_error,
            unnest(?::bool[]) as compensating) i
        cross join (select ${saga}.clock() as at) t
        where s.id = any (array[i.id]) and s.owner = ? and s.epoch = ? and s.revision = i.revision
          and s.signals = i.signals
        returning 1)
      select ${saga}.expect((select count(*) from moved), ?, 'saga')
      """;

  /**
   * Deletes by a list of ids and compares revisions and signals afterwards, as a sum of hashes: a
   * join with the list would let the planner read the whole index (see {@link TransactionSetup}).
   */
  private static final String FINISH =
      """
      with gone as (
        delete from ${saga}.instances
        where id = any (?::uuid[]) and owner = ? and epoch = ?
        returning id, revision, signals)
      select ${saga}.expect((select count(*) from gone), ?, 'saga'),
        ${saga}.expect(
          ((select coalesce(sum(uuid_hash_extended(id, hashint8extended(revision, signals))), 0) from gone)
            = (select coalesce(sum(uuid_hash_extended(id, hashint8extended(revision, signals))), 0) from (
                select unnest(?::uuid[]) as id, unnest(?::int8[]) as revision,
                  unnest(?::int8[]) as signals) e))::int, 1, 'saga')
      """;

  private static final String FORGET_SIGNALS =
      "delete from ${saga}.signals where saga_id = any (?::uuid[])";

  private static final String ARCHIVE =
      """
      insert into ${saga}.history (id, definition, version, outcome, failure, finished_at)
      select i.id, i.definition, i.version, case when i.failure is null then 'COMPLETED' else
        'COMPENSATED' end, i.failure, (select ${saga}.clock())
      from (
        select unnest(?::uuid[]) as id, unnest(?::text[]) as definition, unnest(?::int8[]) as version,
          unnest(?::text[]) as failure) i
      """;

  private final FailureJson json;

  public JournalWrites(FailureJson json) {
    this.json = json;
  }

  @Override
  public Class<SagaEffect> type() {
    return SagaEffect.class;
  }

  @Override
  public int rank() {
    return 20;
  }

  @Override
  public void write(List<SagaEffect> effects, @Nullable Fence fence, Statements to) {
    for (SagaWave wave : SagaWave.of(effects)) {
      create(wave.creates(), fence, to);
      if (!wave.advances().isEmpty()) {
        advance(wave.advances(), held(fence), to);
      }
      if (!wave.finishes().isEmpty()) {
        finish(wave.finishes(), held(fence), to);
      }
    }
    List<Archive> archives = SagaWave.archives(effects);
    if (!archives.isEmpty()) {
      to.add(
          ARCHIVE,
          Statements.uuids(archives, Archive::id),
          Statements.texts(archives, Archive::definition),
          Statements.longs(archives, a -> (long) a.version()),
          Statements.texts(archives, a -> json.write(a.failure())));
    }
  }

  private static Fence held(@Nullable Fence fence) {
    if (fence == null) {
      throw new GuardFailedException("without a lease nobody owns the saga");
    }
    return fence;
  }

  private void create(List<Create> creates, @Nullable Fence fence, Statements to) {
    if (creates.isEmpty()) {
      return;
    }
    if (fence == null && creates.stream().anyMatch(c -> c.position().owned())) {
      throw new UnstorableDataException("a saga can only be owned under a node's lease", null);
    }
    Function<Create, SagaPosition> at = Create::position;
    List<Object> parameters = new ArrayList<>();
    parameters.add(fence == null ? -1 : fence.node());
    parameters.add(fence == null ? -1L : fence.epoch());
    parameters.add(Statements.uuids(creates, Create::id));
    parameters.add(Statements.texts(creates, Create::definition));
    parameters.add(Statements.longs(creates, c -> (long) c.version()));
    addPosition(parameters, creates, at);
    to.add(CREATE, parameters.toArray());
    List<Create> archived = creates.stream().filter(Create::archived).toList();
    if (!archived.isEmpty()) {
      to.add(NOT_ENDED, Statements.uuids(archived, Create::id));
    }
  }

  private void advance(List<Advance> advances, Fence fence, Statements to) {
    List<Object> parameters = new ArrayList<>();
    parameters.add(Statements.uuids(advances, Advance::id));
    parameters.add(Statements.longs(advances, Advance::revision));
    parameters.add(Statements.longs(advances, a -> (long) a.signals()));
    parameters.add(Statements.longs(advances, a -> (long) a.handled()));
    addPosition(parameters, advances, Advance::position);
    parameters.add(fence.node());
    parameters.add(fence.epoch());
    parameters.add((long) advances.size());
    to.add(ADVANCE, parameters.toArray());
  }

  private static void finish(List<Finish> finishes, Fence fence, Statements to) {
    to.add(
        FINISH,
        Statements.uuids(finishes, Finish::id),
        fence.node(),
        fence.epoch(),
        (long) finishes.size(),
        Statements.uuids(finishes, Finish::id),
        Statements.longs(finishes, Finish::revision),
        Statements.longs(finishes, f -> (long) f.signals()));
    List<Finish> signalled = finishes.stream().filter(f -> f.signals() > 0).toList();
    if (!signalled.isEmpty()) {
      to.add(FORGET_SIGNALS, Statements.uuids(signalled, Finish::id));
    }
  }

  private <T> void addPosition(List<Object> to, List<T> from, Function<T, SagaPosition> at) {
    to.add(Statements.texts(from, t -> at.apply(t).step()));
    to.add(Statements.texts(from, t -> at.apply(t).state().name()));
    to.add(Statements.flags(from, t -> at.apply(t).owned()));
    to.add(Statements.longs(from, t -> (long) at.apply(t).attempt()));
    to.add(Statements.flags(from, t -> at.apply(t).undecided()));
    to.add(Statements.longs(from, t -> millis(at.apply(t).runIn())));
    to.add(Statements.longs(from, t -> millis(at.apply(t).decideWithin())));
    to.add(Statements.longs(from, t -> millis(at.apply(t).mustMoveWithin())));
    to.add(Statements.texts(from, t -> at.apply(t).data()));
    to.add(Statements.texts(from, t -> json.write(at.apply(t).failure())));
    to.add(Statements.texts(from, t -> at.apply(t).lastError()));
    to.add(Statements.flags(from, t -> at.apply(t).compensating()));
  }

  private static @Nullable Long millis(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }

  @Override
  public Guard<SagaEffect> guard(List<SagaEffect> effects, @Nullable Fence fence, Statements to) {
    return JournalGuard.over(effects, fence, to);
  }
}
