package com.techcorp.jdbc;

import com.techcorp.error.Unavailable;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Stand-in until the real one is merged. */
final class Transactions {
  private final Jdbi jdbi;

  Transactions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  <T> T run(Function<Handle, T> work) {
    try {
      return jdbi.inTransaction(TransactionIsolationLevel.READ_COMMITTED, work::apply);
    } catch (JdbiException e) {
      throw new Unavailable("the database failed: " + e.getMessage(), e);
    }
  }
}
