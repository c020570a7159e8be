package com.techcorp.jdbc.internal.batch;

import com.techcorp.inventory.StockCount;
import com.techcorp.jdbc.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;

/** Collects statements, and sends them in one round trip. */
public final class StatementBatch implements Statements {
  private final StatementTexts texts;
  private final List<One> statements = new ArrayList<>();

  private record One(String sql, List<@Nullable Object> parameters, @Nullable Rows rows) {}

  private @Nullable Instant eventsAt;
  private final Set<UUID> notWaitedFor;
  private final Set<UUID> foundLocked = new HashSet<>();
  private final @Nullable List<StockCount> counts;

  public StatementBatch(StatementTexts texts) {
    this(texts, Set.of(), null);
  }

  /** Creates a batch whose guards do not wait for locked rows of these products. */
  public StatementBatch(StatementTexts texts, Set<UUID> notWaitedFor) {
    this(texts, notWaitedFor, null);
  }

  private StatementBatch(
      StatementTexts texts, Set<UUID> notWaitedFor, @Nullable List<StockCount> counts) {
    this.texts = texts;
    this.notWaitedFor = notWaitedFor;
    this.counts = counts;
  }

  /** Creates a batch that tells what it left of the products whose stock it changed. */
  static StatementBatch counting(StatementTexts texts) {
    return new StatementBatch(texts, Set.of(), new ArrayList<>());
  }

  /** Returns the batch behind {@link Statements}; the library creates no other kind. */
  public static StatementBatch of(Statements statements) {
    return (StatementBatch) statements;
  }

  public boolean waitsFor(UUID product) {
    return !notWaitedFor.contains(product);
  }

  /** Returns the products whose rows were locked and not waited for; guards add to it. */
  public Set<UUID> foundLocked() {
    return foundLocked;
  }

  /** Returns the time of the events that were written to the outbox; null if none were. */
  @Nullable Instant eventsAt() {
    return eventsAt;
  }

  public void eventsAt(Instant time) {
    eventsAt = time;
  }

  /** Returns whether a statement that changes stock should give the counts to {@link #counted}. */
  public boolean isCounting() {
    return counts != null;
  }

  public void counted(StockCount count) {
    if (counts != null) {
      counts.add(count);
    }
  }

  /** Returns what was left of products, once this was executed. */
  List<StockCount> counts() {
    return counts == null ? List.of() : counts;
  }

  @Override
  public void add(String sql, @Nullable Object... parameters) {
    statements.add(new One(sql, Arrays.asList(parameters), null));
  }

  @Override
  public void query(Rows rows, String sql, @Nullable Object... parameters) {
    statements.add(new One(sql, Arrays.asList(parameters), rows));
  }

  /** Sends all within a Jdbi transaction, with Jdbi's exceptions. */
  public void executeOn(Handle handle) {
    try {
      execute(handle.getConnection());
    } catch (SQLException e) {
      throw new TransactionException("the statements failed", e);
    }
  }

  /** Sends all in one round trip and reads the results in order. */
  public void execute(Connection connection) throws SQLException {
    if (statements.isEmpty()) {
      return;
    }
    UuidArray.prepare(connection);
    try (PreparedStatement prepared =
        connection.prepareStatement(texts.joined(statements.stream().map(One::sql).toList()))) {
      int index = 0;
      for (One one : statements) {
        for (Object parameter : one.parameters()) {
          bind(parameter, prepared, ++index);
        }
      }
      prepared.execute();
      for (One one : statements) {
        if (one.rows() != null) {
          one.rows().read(prepared.getResultSet());
        }
        prepared.getMoreResults();
      }
    }
  }

  private static void bind(@Nullable Object parameter, PreparedStatement to, int index)
      throws SQLException {
    if (parameter instanceof ElementArray array) {
      array.bind(to, index);
    } else {
      to.setObject(index, parameter);
    }
  }
}
