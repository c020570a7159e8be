package com.techcorp.jdbc;

import com.techcorp.error.TechCorpException;
import com.techcorp.error.Unavailable;
import java.sql.SQLException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Short transactions beside the unit of work: reads, claims, heartbeats. */
final class Transactions {
  private static final int ATTEMPTS = 3;

  private final Jdbi jdbi;
  private final TransactionSettings settings;

  Transactions(Jdbi jdbi, TransactionSettings settings) {
    this.jdbi = jdbi;
    this.settings = settings;
  }

  /**
   * One READ COMMITTED transaction; repeated when the database surely rolled it back for a reason
   * that passes.
   *
   * @throws Unavailable when the database cannot be reached
   */
  <T> T run(Function<Handle, T> work) {
    return repeated(
        () ->
            jdbi.inTransaction(
                handle -> {
                  Statements first = new Statements();
                  first.add("set transaction isolation level read committed");
                  settings.addTo(first);
                  first.execute(handle.getConnection());
                  return work.apply(handle);
                }));
  }

  /**
   * Queries that need neither the library's clock nor one instant: each is a transaction of its
   * own, in one round trip.
   *
   * @throws Unavailable when the database cannot be reached
   */
  <T> T read(Function<Handle, T> work) {
    return repeated(() -> jdbi.withHandle(work::apply));
  }

  private interface Attempt<T> {
    T make() throws SQLException;
  }

  private static <T> T repeated(Attempt<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.make();
      } catch (SQLException e) {
        if (!Sql.repeatable(e) || attempt == ATTEMPTS) {
          throw Sql.translated(e);
        }
      } catch (JdbiException e) {
        SQLException cause = causeOf(e);
        if (cause == null || !Sql.repeatable(cause) || attempt == ATTEMPTS) {
          throw translated(e, cause);
        }
      }
    }
  }

  private static TechCorpException translated(
      JdbiException e, @org.jspecify.annotations.Nullable SQLException cause) {
    return cause == null ? new Unavailable("PostgreSQL could not do it", e) : Sql.translated(cause);
  }

  private static @org.jspecify.annotations.Nullable SQLException causeOf(Throwable e) {
    for (Throwable t = e.getCause(); t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
