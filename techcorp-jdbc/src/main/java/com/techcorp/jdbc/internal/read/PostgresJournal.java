package com.techcorp.jdbc.internal.read;

import com.techcorp.error.Failure;
import com.techcorp.jdbc.Statements;
import com.techcorp.jdbc.internal.batch.FailureJson;
import com.techcorp.jdbc.internal.batch.NodeLease;
import com.techcorp.jdbc.internal.batch.StatementBatch;
import com.techcorp.jdbc.internal.batch.Times;
import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.Fence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads, claims and signals live sagas. */
public final class PostgresJournal implements SagaJournal {
  private static final String COLUMNS =
      """
      s.id, s.definition, s.version, s.step, s.state, s.attempt, s.undecided, s.revision, s.signals,
      s.handled, s.owner, s.next_run_at, s.move_by, s.deadline, s.data, s.failure, s.last_error,
      s.first_error, s.compensating, s.created_at, (select ${saga}.clock()) as read_at
      """;

  private static final String FIND =
      """
      select %s from ${saga}.instances s where s.id = :id
      """
          .formatted(COLUMNS);

  private static final String LIST =
      """
      select %s from ${saga}.instances s
      where (:definition::text is null or s.definition = :definition)
        and (:state::text is null or s.state = :state)
      order by s.updated_at limit :limit
      """
          .formatted(COLUMNS);

  /**
   * The row is marked undecided from here on; what it was before goes to the claimer. Also read by
   * the test of its plan.
   */
  public static final String CLAIM =
      """
      with due as materialized (
        select d.id, d.undecided, r.move_in from ${saga}.instances d
        join unnest(?::text[], ?::int8[], ?::int8[]) as r (definition, version, move_in)
          on d.definition = r.definition and d.version = r.version
        where d.next_run_at <= (select ${saga}.clock()) and d.state <> 'PARKED'
          and d.id <> all (?::uuid[])
        order by d.next_run_at limit ? for update of d skip locked)
      update ${saga}.instances s set owner = ?, epoch = ?, next_run_at = null, undecided = true,
        move_by = (select ${saga}.clock()) + due.move_in * interval '1 ms', revision = s.revision + 1,
        updated_at = (select ${saga}.clock())
      from due where s.id = any (array[due.id])
      returning s.id, s.definition, s.version, s.step, s.state, s.attempt, due.undecided, s.revision,
        s.signals, s.handled, s.owner, s.next_run_at, s.move_by, s.deadline, s.data, s.failure,
        s.last_error, s.first_error, s.compensating, s.created_at, (select ${saga}.clock()) as read_at
      """;

  private static final String RELEASE =
      """
      with stuck as materialized (
        select id from ${saga}.instances
        where id = any (:ids) and owner = :node and epoch = :epoch and move_by <= (select ${saga}.clock())
        order by id for update skip locked)
      update ${saga}.instances s set owner = null, epoch = null, move_by = null,
        next_run_at = (select ${saga}.clock()), revision = s.revision + 1
      from stuck where s.id = any (array[stuck.id])
      returning s.id
      """;

  private static final String HAND_OVER =
      """
      with mine as materialized (
        select id from ${saga}.instances where id = any (:ids) and owner = :node and epoch = :epoch
        order by id for update skip locked)
      update ${saga}.instances s set owner = null, epoch = null, move_by = null,
        next_run_at = (select ${saga}.clock()), revision = s.revision + 1
      from mine where s.id = any (array[mine.id])
      returning s.id
      """;

  /**
   * Reads all live sagas. An index for it would be written with every order, to find what is nearly
   * never there.
   */
  private static final String RELEASE_STUCK =
      """
      with stuck as materialized (
        select id, move_by from ${saga}.instances
        where owner is not null and move_by <= (select ${saga}.clock())
        order by move_by limit :limit for update skip locked),
      freed as (
        update ${saga}.instances s set owner = null, epoch = null, move_by = null,
          next_run_at = (select ${saga}.clock()), revision = s.revision + 1
        from stuck where s.id = any (array[stuck.id])
        returning s.id)
      select freed.id from freed join stuck on stuck.id = freed.id order by stuck.move_by
      """;

  private static final String EXTEND =
      """
      with mine as materialized (
        select id from ${saga}.instances where id = any (:ids) and owner = :node and epoch = :epoch
        order by id for update skip locked)
      update ${saga}.instances s
      set move_by = greatest(s.move_by, (select ${saga}.clock()) + :within * interval '1 ms')
      from mine where s.id = any (array[mine.id])
      returning s.id
      """;

  private static final String WAKE =
      """
      update ${saga}.instances s set signals = s.signals + 1, updated_at = (select ${saga}.clock()),
        state = case when s.state <> 'PARKED' then s.state
          when s.compensating then 'COMPENSATING' else 'RUNNING' end,
        next_run_at = case when s.owner is null then (select ${saga}.clock()) end
      where s.id = :id
      """;

  private static final String SIGNAL =
      """
      insert into ${saga}.signals (saga_id, kind, reason, actor, created_at)
      values (:id, :kind, :reason, :actor, (select ${saga}.clock()))
      """;

  private static final String LOG =
      """
      insert into ${saga}.admin_log (saga_id, action, actor, reason, created_at)
      values (:id, :kind, :actor, :reason, (select ${saga}.clock()))
      """;

  private final Transactions transactions;
  private final FailureJson json;

  public PostgresJournal(Transactions transactions, FailureJson json) {
    this.transactions = transactions;
    this.json = json;
  }

  @Override
  public Optional<SagaInstance> find(UUID id) {
    return transactions.run(
        handle ->
            handle.createQuery(FIND).bind("id", id).map((rows, c) -> instance(rows)).findOne());
  }

  @Override
  public List<SagaInstance> list(SagaFilter filter) {
    SagaState state = filter.state();
    return transactions.run(
        handle ->
            handle
                .createQuery(LIST)
                .bind("definition", filter.definition())
                .bind("state", state == null ? null : state.name())
                .bind("limit", filter.limit())
                .map((rows, c) -> instance(rows))
                .list());
  }

  @Override
  public List<SagaInstance> claimDue(
      Fence fence, Collection<Claimable> runnable, int limit, Set<UUID> except) {
    List<Claimable> known = List.copyOf(runnable);
    return transactions.run(
        handle -> {
          List<SagaInstance> claimed = new ArrayList<>();
          StatementBatch statements = transactions.statements();
          NodeLease.addTo(fence, statements);
          statements.query(
              rows -> {
                while (rows.next()) {
                  claimed.add(instance(rows));
                }
              },
              CLAIM,
              Statements.texts(known, Claimable::definition),
              Statements.longs(known, one -> (long) one.version()),
              Statements.longs(known, one -> one.moveWithin().toMillis()),
              Statements.uuids(except),
              limit,
              fence.node(),
              fence.epoch());
          statements.executeOn(handle);
          return claimed;
        });
  }

  @Override
  public List<UUID> release(Fence owner, Collection<UUID> sagas) {
    return taken(RELEASE, owner, sagas);
  }

  @Override
  public List<UUID> handOver(Fence owner, Collection<UUID> sagas) {
    return taken(HAND_OVER, owner, sagas);
  }

  private List<UUID> taken(String sql, Fence owner, Collection<UUID> sagas) {
    return transactions.run(
        handle ->
            handle
                .createQuery(sql)
                .bindArray("ids", UUID.class, sagas.toArray())
                .bind("node", owner.node())
                .bind("epoch", owner.epoch())
                .mapTo(UUID.class)
                .list());
  }

  @Override
  public List<UUID> releaseStuck(int limit) {
    return transactions.run(
        handle -> handle.createQuery(RELEASE_STUCK).bind("limit", limit).mapTo(UUID.class).list());
  }

  @Override
  public List<UUID> extend(Fence owner, Collection<UUID> sagas, Duration moveWithin) {
    return transactions.run(
        handle ->
            handle
                .createQuery(EXTEND)
                .bindArray("ids", UUID.class, sagas.toArray())
                .bind("node", owner.node())
                .bind("epoch", owner.epoch())
                .bind("within", moveWithin.toMillis())
                .mapTo(UUID.class)
                .list());
  }

  @Override
  public boolean signal(UUID id, Signal signal) {
    return transactions.run(
        handle -> {
          if (handle.createUpdate(WAKE).bind("id", id).execute() == 0) {
            return false;
          }
          boolean ofPeople = signal.kind() != Signal.Kind.ANSWER;
          for (String sql : ofPeople ? List.of(SIGNAL, LOG) : List.of(SIGNAL)) {
            handle
                .createUpdate(sql)
                .bind("id", id)
                .bind("kind", signal.kind().name())
                .bind("reason", signal.reason())
                .bind("actor", signal.actor())
                .execute();
          }
          return true;
        });
  }

  @Override
  public List<Signal> signals(UUID id) {
    return transactions.run(
        handle ->
            handle
                .createQuery(
                    "select kind, reason, actor from ${saga}.signals where saga_id = :id order by id")
                .bind("id", id)
                .map(
                    (rows, c) ->
                        new Signal(
                            Signal.Kind.valueOf(rows.getString(1)),
                            rows.getString(2),
                            rows.getString(3)))
                .list());
  }

  @Override
  public Map<UUID, SagaOutcome> ended(Collection<UUID> ids) {
    return transactions.run(
        handle -> {
          Map<UUID, SagaOutcome> outcomes = new HashMap<>();
          handle
              .createQuery("select id, failure from ${saga}.history where id = any (:ids)")
              .bindArray("ids", UUID.class, ids.toArray())
              .map(
                  (rows, c) ->
                      Map.entry(
                          rows.getObject(1, UUID.class),
                          new SagaOutcome(json.read(rows.getString(2)))))
              .forEach(entry -> outcomes.put(entry.getKey(), entry.getValue()));
          return outcomes;
        });
  }

  @Override
  public Map<Needed, Long> needed() {
    return transactions.run(
        handle -> {
          Map<Needed, Long> needed = new HashMap<>();
          handle
              .createQuery(
                  "select definition, version, step, count(*) from ${saga}.instances group by 1, 2, 3")
              .map(
                  (rows, c) ->
                      Map.entry(
                          new Needed(rows.getString(1), rows.getInt(2), rows.getString(3)),
                          rows.getLong(4)))
              .forEach(entry -> needed.put(entry.getKey(), entry.getValue()));
          return needed;
        });
  }

  private SagaInstance instance(ResultSet rows) throws SQLException {
    Failure failure = json.read(rows.getString("failure"));
    SagaPosition position =
        new SagaPosition(
            rows.getString("step"),
            SagaState.valueOf(rows.getString("state")),
            rows.getInt("attempt"),
            rows.getBoolean("undecided"),
            null,
            null,
            null,
            rows.getString("data"),
            failure,
            rows.getString("last_error"),
            rows.getBoolean("compensating"));
    return new SagaInstance(
        rows.getObject("id", UUID.class),
        rows.getString("definition"),
        rows.getInt("version"),
        position,
        rows.getLong("revision"),
        rows.getInt("signals"),
        rows.getInt("handled"),
        rows.getObject("owner", Integer.class),
        instant(rows, "next_run_at"),
        instant(rows, "move_by"),
        instant(rows, "deadline"),
        rows.getString("first_error"),
        Times.instant(rows, "created_at"),
        Times.instant(rows, "read_at"));
  }

  private static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
    OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
