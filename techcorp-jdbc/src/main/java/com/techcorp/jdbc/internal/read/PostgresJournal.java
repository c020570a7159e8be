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
            handle
                .createQuery(JournalSql.FIND)
                .bind("id", id)
                .map((rows, c) -> instance(rows))
                .findOne());
  }

  @Override
  public List<SagaInstance> list(SagaFilter filter) {
    SagaState state = filter.state();
    return transactions.run(
        handle ->
            handle
                .createQuery(JournalSql.LIST)
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
              JournalSql.CLAIM,
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
    return taken(JournalSql.RELEASE, owner, sagas);
  }

  @Override
  public List<UUID> handOver(Fence owner, Collection<UUID> sagas) {
    return taken(JournalSql.HAND_OVER, owner, sagas);
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
        handle ->
            handle
                .createQuery(JournalSql.RELEASE_STUCK)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list());
  }

  @Override
  public List<UUID> extend(Fence owner, Collection<UUID> sagas, Duration moveWithin) {
    return transactions.run(
        handle ->
            handle
                .createQuery(JournalSql.EXTEND)
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
          if (handle.createUpdate(JournalSql.WAKE).bind("id", id).execute() == 0) {
            return false;
          }
          boolean ofPeople = signal.kind() != Signal.Kind.ANSWER;
          for (String sql :
              ofPeople ? List.of(JournalSql.SIGNAL, JournalSql.LOG) : List.of(JournalSql.SIGNAL)) {
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
            rows.getBoolean("compensating"),
            new SagaPosition.Call(
                rows.getInt("attempt"), rows.getBoolean("undecided"), rows.getString("last_error")),
            rows.getString("data"),
            failure,
            SagaPosition.Timing.NONE);
    return new SagaInstance(
        rows.getObject("id", UUID.class),
        rows.getString("definition"),
        rows.getInt("version"),
        position,
        new SagaInstance.Counts(
            rows.getLong("revision"), rows.getInt("signals"), rows.getInt("handled")),
        new SagaInstance.Schedule(
            rows.getObject("owner", Integer.class),
            instant(rows, "next_run_at"),
            instant(rows, "move_by"),
            instant(rows, "deadline")),
        rows.getString("first_error"),
        Times.instant(rows, "created_at"),
        Times.instant(rows, "read_at"));
  }

  private static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
    OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
