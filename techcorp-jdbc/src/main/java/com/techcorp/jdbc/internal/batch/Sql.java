package com.techcorp.jdbc.internal.batch;

import com.techcorp.error.FencedException;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Classifies PostgreSQL's errors (SQLSTATE, PostgreSQL manual, appendix A; TC… are the schema's
 * own).
 */
public final class Sql {
  /**
   * The SQLSTATEs of failed guards, unique keys and checks, such as stock that must not be
   * negative.
   */
  private static final Set<String> GUARDS = Set.of("TC002", "23505", "23514");

  /** Cannot write in a read-only session: on a standby, or with default_transaction_read_only. */
  private static final String READ_ONLY = "25006";

  /**
   * Surely rolled back: serialization failure, deadlock, lock time-out, statement time-out, a
   * session that may not write; and a session ended because its transaction stood idle or took too
   * long, as a short pause of this process makes it.
   *
   * <p>That holds although COMMIT travels with the statements, as the last of them. The server
   * reports a failure of the batch instead of "COMMIT": an error in one of the statements makes it
   * skip the rest up to the end of the round trip; and once COMMIT itself has begun,
   * statement_timeout and lock_timeout are off, and a cancel that came just before is not looked at
   * until the answer "COMMIT" is on its way (exec_execute_message and CommitTransaction of
   * PostgreSQL 15 to 18). While it waits for a standby such a cancel gives a warning and not an
   * error. An idle transaction has not been asked to commit, and whatever comes too late is found
   * before the next message is read. transaction_timeout is switched off before the commit is
   * recorded, and what it was set to ends with the transaction, because we set it by SET LOCAL.
   */
  private static final Set<String> NOTHING_WRITTEN =
      Set.of("40001", "40P01", "55P03", "57014", "25P03", "25P04", READ_ONLY);

  private static final int MAX_CAUSES = 50;

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private Sql() {}

  public static boolean guardFailed(SQLException e) {
    return GUARDS.contains(state(e));
  }

  /** Returns whether the same may be tried again, since nothing of it was written. */
  static boolean repeatable(SQLException e) {
    return NOTHING_WRITTEN.contains(state(e));
  }

  static boolean readOnly(SQLException e) {
    return state(e).equals(READ_ONLY);
  }

  /** Returns whether the server said nothing for as long as its answer may take. */
  static boolean silent(SQLException e) {
    Throwable cause = e;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Returns whether the connection was lost, or fell silent. */
  public static boolean connectionLost(SQLException e) {
    return state(e).startsWith("08") || silent(e);
  }

  /** Returns the database's error in what was thrown, or null. */
  public static @Nullable SQLException in(Throwable fault) {
    Throwable cause = fault;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
      cause = cause.getCause();
    }
    return null;
  }

  /** Returns the exception for a missing connection: nothing was sent. */
  static NotWrittenException noConnection(SQLException e) {
    return new NotWrittenException(
        "no connection to PostgreSQL (" + state(e) + "): " + firstLine(e), e);
  }

  /** A row, or the advisory lock of a node, stayed locked for the lock time-out. */
  static boolean lockTimedOut(SQLException e) {
    return LOCK_NOT_AVAILABLE.equals(state(e));
  }

  public static TechCorpException translated(SQLException e) {
    String state = state(e);
    if (state.equals("TC001")) {
      return new FencedException("the lease was lost: " + firstLine(e), e);
    }
    if (state.startsWith("22") || state.startsWith("23") || state.equals("TC002")) {
      // The server's detail quotes the row, which may hold what must not reach a log.
      return new UnstorableDataException(
          "PostgreSQL refuses the data (" + state + "): " + firstLine(e), null);
    }
    if (state.equals("42P01") || state.equals("3F000") || state.equals("42883")) {
      return new WiringException(
          "the schema is incomplete (" + firstLine(e) + "): run PostgresStorage.migrate()", e);
    }
    if (repeatable(e)) {
      return new NotWrittenException(
          "PostgreSQL could not do it and wrote nothing (" + state + "): " + firstLine(e), e);
    }
    return new UnavailableException(
        "PostgreSQL could not do it (" + state + "): " + firstLine(e), e);
  }

  private static String state(SQLException e) {
    @Nullable String state = e.getSQLState();
    return state == null ? "" : state;
  }

  private static String firstLine(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
