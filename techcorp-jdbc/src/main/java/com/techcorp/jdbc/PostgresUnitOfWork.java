package com.techcorp.jdbc;

import com.techcorp.jdbc.EffectWriter.GuardFailed;
import com.techcorp.saga.Fence;
import com.techcorp.saga.UnitOfWork;
import com.techcorp.saga.Verdict;
import com.techcorp.saga.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many works, one transaction, normally one round trip: every guard is a statement that raises an
 * error, and the COMMIT travels behind them. Only when one fails are the rows locked, read, and
 * decided one work after the other in arrival order; then those that stand are written the same
 * way.
 */
final class PostgresUnitOfWork implements UnitOfWork {
  private static final Logger log = LoggerFactory.getLogger(PostgresUnitOfWork.class);
  private static final int REPEATS = 5;

  /** After a refusal the next batches are likely to see one too, such as a product sold out. */
  private static final int CAREFUL_BATCHES = 8;

  private final ConnectionSource connections;
  private final Writers writers;
  private final TransactionSettings settings;
  private volatile int careful;

  PostgresUnitOfWork(ConnectionSource connections, Writers writers, TransactionSettings settings) {
    this.connections = connections;
    this.writers = writers;
    this.settings = settings;
  }

  @Override
  public List<Verdict> commit(@Nullable Fence fence, List<Work> batch) {
    for (int attempt = 1; ; attempt++) {
      try {
        return careful > 0 ? decided(fence, batch) : optimistic(fence, batch);
      } catch (GuardFailed e) {
        careful = CAREFUL_BATCHES;
        if (attempt >= REPEATS) {
          throw new UnstorableData("a guard keeps failing: " + e.getMessage(), null);
        }
      } catch (SQLException e) {
        boolean guard = Sql.guardFailed(e);
        if (guard) {
          careful = CAREFUL_BATCHES;
        } else if (!Sql.repeatable(e)) {
          throw Sql.translated(e);
        }
        if (attempt >= REPEATS) {
          throw Sql.translated(e);
        }
        log.debug("Batch of {} is repeated: {}", batch.size(), e.getMessage());
      }
    }
  }

  private List<Verdict> optimistic(@Nullable Fence fence, List<Work> batch) throws SQLException {
    Statements statements = begun(fence);
    writers.write(batch, fence, statements);
    statements.add("commit");
    inTransaction(statements::execute);
    return Collections.nCopies(batch.size(), new Verdict.Committed(statements.eventsAt()));
  }

  private List<Verdict> decided(@Nullable Fence fence, List<Work> batch) throws SQLException {
    Statements locks = begun(fence);
    List<Writers.Bound<?>> guards = writers.guards(batch, fence, locks);
    List<Verdict> verdicts = new ArrayList<>(batch.size());
    inTransaction(
        connection -> {
          locks.execute(connection);
          List<Work> accepted = writers.decide(batch, guards, verdicts);
          Statements writes = new Statements();
          writers.write(accepted, fence, writes);
          writes.add("commit");
          writes.execute(connection);
          verdicts.replaceAll(
              verdict ->
                  verdict instanceof Verdict.Committed
                      ? new Verdict.Committed(writes.eventsAt())
                      : verdict);
        });
    boolean refused = verdicts.stream().anyMatch(Verdict.Refused.class::isInstance);
    careful = refused ? CAREFUL_BATCHES : careful - 1;
    return verdicts;
  }

  private Statements begun(@Nullable Fence fence) {
    Statements statements = new Statements();
    statements.add("begin isolation level read committed");
    if (fence == null) {
      settings.addTo(statements);
    } else {
      PostgresNodes.addLease(fence, settings, statements);
    }
    return statements;
  }

  private interface Body {
    void run(Connection connection) throws SQLException;
  }

  /**
   * BEGIN is one of the statements. If the driver were to send it, it would do so as a query of its
   * own: the server would answer that alone, and wake the thread that waits for the batch.
   */
  private void inTransaction(Body body) throws SQLException {
    try (Connection connection = connections.open()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(true);
      try {
        body.run(connection);
      } catch (SQLException | RuntimeException e) {
        rollBack(connection);
        throw e;
      } finally {
        if (!autoCommit) {
          connection.setAutoCommit(false);
        }
      }
    }
  }

  /**
   * What led here is what counts: a lost connection fails here too, and its pool throws it away.
   */
  private static void rollBack(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("rollback");
    } catch (SQLException e) {
      log.debug("Roll-back failed, the connection is lost", e);
    }
  }

  /** Where connections come from: a pool, or for a joined placement the host's own transaction. */
  interface ConnectionSource {
    Connection open() throws SQLException;
  }
}
