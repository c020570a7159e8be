package com.techcorp.jdbc.internal.batch;

import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Short transactions beside the unit of work: reads, claims, heartbeats. */
public final class Transactions {
  private static final int ATTEMPTS = 3;

  private final Connections connections;
  private final TransactionSetup settings;
  private final StatementTexts texts;
  private final Jdbi writes;
  private final Jdbi reads;

  /**
   * Reads may take longer: nothing ends them on the server.
   *
   * @param texts those of the storage, with the names of the schemas
   * @param readTimeout how long the answer to a query may take
   */
  public Transactions(
      Connections connections,
      TransactionSetup settings,
      StatementTexts texts,
      Duration readTimeout) {
    this.connections = connections;
    this.settings = settings;
    this.texts = texts;
    this.writes = jdbi(settings.silence());
    this.reads = jdbi(readTimeout);
  }

  private Jdbi jdbi(Duration silence) {
    return connections.jdbi(silence, texts.names()).registerArrayType(UUID.class, "uuid");
  }

  /** StatementBatch that travel together, to be executed on a handle of these transactions. */
  public StatementBatch statements() {
    return new StatementBatch(texts);
  }

  /**
   * Runs a READ COMMITTED transaction, and repeats it if the database certainly rolled it back for
   * a transient reason.
   *
   * @throws com.techcorp.storage.UnitOfWork.NotWrittenException when it was surely not done
   * @throws UnavailableException when the database does not say whether it was done
   */
  public <T> T run(Function<Handle, T> work) {
    return repeated(
        () ->
            writes.inTransaction(
                handle -> {
                  StatementBatch first = statements();
                  first.add("set transaction isolation level read committed");
                  settings.addTo(first);
                  return used(
                      handle,
                      lent -> {
                        first.executeOn(lent);
                        return work.apply(lent);
                      });
                }),
        true);
  }

  /**
   * Queries that need neither the library's clock nor one instant: each is a transaction of its
   * own, in one round trip.
   *
   * @throws UnavailableException when the database cannot be reached
   */
  public <T> T read(Function<Handle, T> work) {
    return repeated(() -> reads.withHandle(handle -> used(handle, work)), false);
  }

  private <T> T used(Handle handle, Function<Handle, T> work) {
    try {
      return work.apply(handle);
    } catch (RuntimeException e) {
      connections.discardIfUseless(handle.getConnection(), e);
      throw e;
    }
  }

  private interface Attempt<T> {
    T make() throws SQLException;
  }

  private <T> T repeated(Attempt<T> work, boolean limitedByServer) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.make();
      } catch (ConnectionException e) {
        SQLException cause = Sql.in(e);
        throw cause == null
            ? new UnavailableException("no connection to PostgreSQL", e)
            : Sql.noConnection(cause);
      } catch (SQLException | JdbiException e) {
        SQLException cause = Sql.in(e);
        if (limitedByServer) {
          connections.heed(cause);
        }
        if (cause == null || !Sql.repeatable(cause) || attempt == ATTEMPTS) {
          throw translated(e, cause);
        }
      }
    }
  }

  private static TechCorpException translated(
      Exception e, @org.jspecify.annotations.Nullable SQLException cause) {
    return cause == null
        ? new UnavailableException("PostgreSQL could not do it", e)
        : Sql.translated(cause);
  }
}
