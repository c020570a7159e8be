package com.techcorp.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;

/**
 * Statements that travel to the server together: one execute, one round trip. Those of all ports
 * are collected here in the lock order; an error in one undoes all.
 */
public final class Statements {
  private final StatementTexts texts;
  private final List<One> statements = new ArrayList<>();

  /** What to do with a statement's rows. */
  @FunctionalInterface
  public interface Rows {
    /**
     * Reads the rows.
     *
     * @param rows positioned before the first
     * @throws SQLException as the driver throws
     */
    void read(ResultSet rows) throws SQLException;
  }

  /** A parameter that knows how it is bound. */
  @FunctionalInterface
  private interface Parameter {
    void bind(PreparedStatement statement, int index) throws SQLException;
  }

  private record One(String sql, List<@Nullable Object> parameters, @Nullable Rows rows) {}

  private @Nullable Instant eventsAt;
  private final Set<UUID> notWaitedFor;
  private final Set<UUID> foundLocked = new HashSet<>();

  Statements(StatementTexts texts) {
    this(texts, Set.of());
  }

  /** Of these rows of stock the guards do not wait for one that somebody else keeps locked. */
  Statements(StatementTexts texts, Set<UUID> notWaitedFor) {
    this.texts = texts;
    this.notWaitedFor = notWaitedFor;
  }

  boolean waitsFor(UUID product) {
    return !notWaitedFor.contains(product);
  }

  /** Which rows of stock were locked that were not waited for; to be added to by the guards. */
  Set<UUID> foundLocked() {
    return foundLocked;
  }

  /** Which time the events got that were written to the outbox; null if none were. */
  @Nullable Instant eventsAt() {
    return eventsAt;
  }

  void eventsAt(Instant time) {
    eventsAt = time;
  }

  /**
   * Adds a statement whose rows are of no interest.
   *
   * @param sql with {@code ?} for parameters; no semicolon; {@code ${orders}}, {@code ${saga}} and
   *     so on stand for the {@link SchemaNames}
   * @param parameters values, or arrays made by this class
   */
  public void add(String sql, @Nullable Object... parameters) {
    statements.add(new One(sql, Arrays.asList(parameters), null));
  }

  /**
   * Adds a query.
   *
   * @param rows reads its rows
   * @param sql with {@code ?} for parameters; no semicolon; {@code ${orders}}, {@code ${saga}} and
   *     so on stand for the {@link SchemaNames}
   * @param parameters values, or arrays made by this class
   */
  public void query(Rows rows, String sql, @Nullable Object... parameters) {
    statements.add(new One(sql, Arrays.asList(parameters), rows));
  }

  /**
   * A {@code uuid[]} parameter.
   *
   * @param values the elements
   * @return the parameter
   */
  public static Object uuids(Collection<UUID> values) {
    return uuids(values, uuid -> uuid);
  }

  /**
   * A {@code text[]} parameter; elements may be null.
   *
   * @param from what to take the elements from
   * @param text gives an element
   * @param <T> the type of the things
   * @return the parameter
   */
  public static <T> Object texts(Collection<T> from, Function<T, @Nullable String> text) {
    return new TextArray(from, text);
  }

  /**
   * A {@code uuid[]} parameter; elements may be null.
   *
   * @param from what to take the elements from
   * @param uuid gives an element
   * @param <T> the type of the things
   * @return the parameter
   */
  public static <T> Object uuids(Collection<T> from, Function<T, @Nullable UUID> uuid) {
    return new UuidArray(from, uuid);
  }

  /**
   * An {@code int8[]} parameter; elements may be null.
   *
   * @param from what to take the elements from
   * @param number gives an element
   * @param <T> the type of the things
   * @return the parameter
   */
  public static <T> Object longs(Collection<T> from, Function<T, @Nullable Long> number) {
    @Nullable Long[] array = new @Nullable Long[from.size()];
    int i = 0;
    for (T item : from) {
      array[i++] = number.apply(item);
    }
    return array("int8", array);
  }

  /**
   * A {@code bool[]} parameter.
   *
   * @param from what to take the elements from
   * @param flag gives an element
   * @param <T> the type of the things
   * @return the parameter
   */
  public static <T> Object flags(Collection<T> from, Function<T, Boolean> flag) {
    Boolean[] array = from.stream().map(flag).toArray(Boolean[]::new);
    return array("bool", array);
  }

  private static Parameter array(String type, @Nullable Object[] elements) {
    return (statement, index) ->
        statement.setArray(index, statement.getConnection().createArrayOf(type, elements));
  }

  /** Sends all within a Jdbi transaction, with Jdbi's exceptions. */
  void executeOn(Handle handle) {
    try {
      execute(handle.getConnection());
    } catch (SQLException e) {
      throw new TransactionException("the statements failed", e);
    }
  }

  /** Sends all in one round trip and reads the results in order. */
  void execute(Connection connection) throws SQLException {
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
    if (parameter instanceof Parameter array) {
      array.bind(to, index);
    } else {
      to.setObject(index, parameter);
    }
  }
}
