package com.techcorp.jdbc;

import com.techcorp.error.Fenced;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.Unavailable;
import com.techcorp.saga.UnitOfWork.UnstorableData;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's errors mean (SQLSTATE, PostgreSQL manual, appendix A; TC… are the schema's
 * own).
 */
final class Sql {
  /** Our guards; a unique key; a check such as stock that must not be negative. */
  private static final Set<String> GUARDS = Set.of("TC002", "23505", "23514");

  /**
   * Surely rolled back: serialization failure, deadlock, lock time-out, statement time-out; and a
   * session ended because its transaction stood idle or took too long, as a short pause of this
   * process makes it.
   */
  private static final Set<String> REPEATABLE =
      Set.of("40001", "40P01", "55P03", "57014", "25P03", "25P04");

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private Sql() {}

  static boolean guardFailed(SQLException e) {
    return GUARDS.contains(state(e));
  }

  static boolean repeatable(SQLException e) {
    return REPEATABLE.contains(state(e));
  }

  /** A row, or the advisory lock of a node, stayed locked for the lock time-out. */
  static boolean lockTimedOut(SQLException e) {
    return LOCK_NOT_AVAILABLE.equals(state(e));
  }

  static TechCorpException translated(SQLException e) {
    String state = state(e);
    if (state.equals("TC001")) {
      return new Fenced("the lease was lost: " + firstLine(e), e);
    }
    if (state.startsWith("22") || state.startsWith("23") || state.equals("TC002")) {
      // The server's detail quotes the row, which may hold what must not reach a log.
      return new UnstorableData(
          "PostgreSQL refuses the data (" + state + "): " + firstLine(e), null);
    }
    if (state.equals("42P01") || state.equals("3F000") || state.equals("42883")) {
      return new com.techcorp.error.WiringError(
          "the schema is incomplete (" + firstLine(e) + "): run PostgresStorage.migrate()", e);
    }
    return new Unavailable("PostgreSQL could not do it (" + state + "): " + firstLine(e), e);
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
