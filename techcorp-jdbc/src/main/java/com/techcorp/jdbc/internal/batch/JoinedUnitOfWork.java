package com.techcorp.jdbc.internal.batch;

import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes inside the host's own transaction. It neither commits nor rolls back, and changes none of
 * the transaction's settings; a savepoint keeps a refusal from spoiling it.
 */
public final class JoinedUnitOfWork implements UnitOfWork {
  private static final int REPEATS = 3;

  private final Connection connection;
  private final Writers writers;
  private final StatementTexts texts;

  public JoinedUnitOfWork(Connection connection, Writers writers, StatementTexts texts) {
    this.connection = connection;
    this.writers = writers;
    this.texts = texts;
  }

  @Override
  public List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
    for (int attempt = 1; ; attempt++) {
      try {
        return write(batch);
      } catch (SQLException e) {
        if (!Sql.guardFailed(e) || attempt == REPEATS) {
          throw Sql.translated(e);
        }
      }
    }
  }

  private List<CommitResult> write(List<WriteSet> batch) throws SQLException {
    Savepoint before = connection.setSavepoint();
    boolean done = false;
    try {
      StatementBatch locks = new StatementBatch(texts);
      List<Writers.Bound<?>> guards = writers.guards(batch, null, locks);
      locks.execute(connection);
      List<CommitResult> results = new ArrayList<>();
      List<WriteSet> accepted = writers.decide(batch, guards, results);
      StatementBatch writes = new StatementBatch(texts);
      writers.write(accepted, null, writes);
      writes.execute(connection);
      connection.releaseSavepoint(before);
      done = true;
      return results;
    } finally {
      if (!done) {
        connection.rollback(before);
      }
    }
  }
}
