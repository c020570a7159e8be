package com.techcorp.jdbc.internal.batch;

import com.techcorp.error.Failure;
import com.techcorp.inventory.spi.StockListener;
import com.techcorp.jdbc.EffectWriter.GuardFailedException;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits many write sets in one transaction, normally in one round trip: every guard is a
 * statement that raises an error, and the COMMIT travels behind them. Only when one fails are the
 * rows locked, read, and decided one write set after the other in arrival order; then those that
 * stand are written the same way. What touches a product or a caller that just had trouble is
 * decided so from the start.
 *
 * <p>The batch waits once for a locked stock row. Then what is locked is found without waiting, the
 * write sets that need it are {@link CommitResult.Busy}, and the others are committed.
 */
public final class PostgresUnitOfWork implements UnitOfWork {
  private static final Logger log = LoggerFactory.getLogger(PostgresUnitOfWork.class);
  private static final int REPEATS = 5;

  /** The fraction of the lock time-out to wait once a lock is known to be held. */
  private static final int BRIEF = 10;

  private final Connections connections;
  private final Writers writers;
  private final TransactionSetup settings;
  private final Duration lockTimeout;
  private final StatementTexts texts;
  private final @Nullable StockListener listener;
  private final Troubles troubles = new Troubles();
  private final AtomicInteger singles = new AtomicInteger();

  /**
   * @param listener told what is left of products, or null
   */
  public PostgresUnitOfWork(
      Connections connections,
      Writers writers,
      TransactionSetup settings,
      Duration lockTimeout,
      StatementTexts texts,
      @Nullable StockListener listener) {
    this.connections = connections;
    this.writers = writers;
    this.settings = settings;
    this.lockTimeout = lockTimeout;
    this.texts = texts;
    this.listener = listener;
  }

  @Override
  public boolean needsCare(WriteSet writeSet) {
    return troubles.touchedBy(writeSet);
  }

  @Override
  public List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
    return new Commit(fence, batch).run();
  }

  /** One batch, until it is committed or cannot be. */
  private final class Commit {
    private final @Nullable Fence fence;
    private final List<WriteSet> batch;
    private boolean careful;
    private boolean waited;
    private Set<UUID> notWaitedFor = Set.of();
    private Duration patience = lockTimeout;
    private final long begun = System.nanoTime();

    Commit(@Nullable Fence fence, List<WriteSet> batch) {
      this.fence = fence;
      this.batch = batch;
      this.careful = troubles.touchedBy(batch);
      if (careful) {
        notWaitedFor = troubles.locked();
      }
      if (batch.size() == 1 && singles.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        patience = lockTimeout.dividedBy(BRIEF);
      }
    }

    List<CommitResult> run() {
      for (int attempt = 1; ; attempt++) {
        try {
          return careful ? decided() : optimistic();
        } catch (GuardFailedException e) {
          careful = true;
          if (attempt >= REPEATS) {
            throw new UnstorableDataException("a guard keeps failing: " + e.getMessage(), null);
          }
        } catch (SQLException e) {
          connections.heed(e);
          if (waited && Sql.lockTimedOut(e)) {
            return locked(e);
          }
          if (attempt >= REPEATS || tooLate() || !learns(e)) {
            throw Sql.translated(e);
          }
          log.debug("Batch of {} is repeated: {}", batch.size(), e.getMessage());
        }
      }
    }

    /**
     * Returns whether a retry would take too long; the caller then repeats, because others wait for
     * this thread.
     */
    private boolean tooLate() {
      return System.nanoTime() - begun > settings.silence().toNanos();
    }

    /** Returns whether the batch was surely rolled back, and how it is done the next time. */
    private boolean learns(SQLException e) {
      if (Sql.lockTimedOut(e)) {
        waited = true;
        careful = true;
        notWaitedFor = Writers.stockOf(batch);
        patience = lockTimeout.dividedBy(BRIEF);
        return true;
      }
      careful |= Sql.guardFailed(e);
      return Sql.guardFailed(e) || Sql.repeatable(e);
    }

    /**
     * Handles a lock time-out on other rows than stock. Commits one by one to find whose row is
     * locked, with a brief wait each.
     */
    private List<CommitResult> locked(SQLException e) {
      if (batch.size() > 1) {
        singles.set(batch.size());
        throw new UnstorableDataException("rows stay locked by another transaction", e);
      }
      String row = "a row is locked by another transaction";
      return List.of(new CommitResult.Busy(0, Failure.of(CommitResult.Busy.LOCKED, row)));
    }

    private List<CommitResult> optimistic() throws SQLException {
      StatementBatch statements = begun(writes());
      writers.write(batch, fence, statements);
      statements.add("commit");
      inTransaction(statements::execute);
      tell(statements);
      return Collections.nCopies(batch.size(), new CommitResult.Committed(statements.eventsAt()));
    }

    private List<CommitResult> decided() throws SQLException {
      StatementBatch locks = begun(new StatementBatch(texts, notWaitedFor));
      List<Writers.Bound<?>> guards = writers.guards(batch, fence, locks);
      List<CommitResult> results = new ArrayList<>(batch.size());
      StatementBatch writes = writes();
      inTransaction(
          connection -> {
            locks.execute(connection);
            List<WriteSet> accepted = writers.decide(batch, guards, results);
            writers.write(accepted, fence, writes);
            writes.add("commit");
            writes.execute(connection);
            results.replaceAll(
                result ->
                    result instanceof CommitResult.Committed
                        ? new CommitResult.Committed(writes.eventsAt())
                        : result);
          });
      tell(writes);
      Set<UUID> looked = new HashSet<>(notWaitedFor);
      looked.retainAll(Writers.stockOf(batch));
      troubles.learnLocked(looked, locks.foundLocked());
      troubles.learn(batch, results);
      return results;
    }

    private StatementBatch writes() {
      return listener == null ? new StatementBatch(texts) : StatementBatch.counting(texts);
    }

    private void tell(StatementBatch committed) {
      if (listener != null && !committed.counts().isEmpty()) {
        listener.changed(committed.counts());
      }
    }

    private StatementBatch begun(StatementBatch statements) {
      statements.add("begin isolation level read committed");
      if (fence == null) {
        settings.addTo(statements, patience);
      } else {
        NodeLease.addTo(fence, settings, patience, statements);
      }
      return statements;
    }
  }

  private interface Body {
    void run(Connection connection) throws SQLException;
  }

  /**
   * Runs a body in a transaction whose BEGIN is one of the statements. If the driver were to send
   * it, it would do so as a query of its own: the server would answer that alone, and wake the
   * thread that waits for the batch.
   */
  private void inTransaction(Body body) throws SQLException {
    try (Connections.Lent lent = connections.open(settings.silence())) {
      Connection connection = lent.connection();
      try {
        body.run(connection);
      } catch (SQLException | RuntimeException e) {
        rollBack(connection);
        connections.discardIfUseless(connection, e);
        throw e;
      }
    }
  }

  /**
   * Rolls the transaction back. The original failure counts: a lost connection fails here too, and
   * its pool discards it.
   */
  private static void rollBack(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("rollback");
    } catch (SQLException e) {
      log.debug("Roll-back failed, the connection is lost", e);
    }
  }
}
