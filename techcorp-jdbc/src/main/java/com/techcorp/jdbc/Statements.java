package com.techcorp.jdbc;

import com.techcorp.jdbc.internal.batch.ElementArray;
import com.techcorp.jdbc.internal.batch.TextArray;
import com.techcorp.jdbc.internal.batch.UuidArray;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Statements that travel to the server together: one execute, one round trip. Those of all ports
 * are collected here in the lock order; an error in one undoes all. The library makes it; an {@link
 * EffectWriter} adds to it.
 */
public interface Statements {
  /** Reads the rows of a statement. */
  @FunctionalInterface
  interface Rows {
    /**
     * Reads the rows of a result.
     *
     * @param rows positioned before the first
     * @throws SQLException as the driver throws
     */
    void read(ResultSet rows) throws SQLException;
  }

  /**
   * Adds a statement whose rows are of no interest.
   *
   * @param sql with {@code ?} for parameters; no semicolon; {@code ${orders}}, {@code ${saga}} and
   *     so on stand for the {@link SchemaNames}
   * @param parameters values, or arrays made by this class
   */
  void add(String sql, @Nullable Object... parameters);

  /**
   * Adds a query to the batch.
   *
   * @param rows reads its rows
   * @param sql with {@code ?} for parameters; no semicolon; {@code ${orders}}, {@code ${saga}} and
   *     so on stand for the {@link SchemaNames}
   * @param parameters values, or arrays made by this class
   */
  void query(Rows rows, String sql, @Nullable Object... parameters);

  /**
   * Returns a parameter of type {@code uuid[]}.
   *
   * @param values the elements
   * @return the parameter
   */
  static Object uuids(Collection<UUID> values) {
    return uuids(values, uuid -> uuid);
  }

  /**
   * Returns a {@code text[]} parameter; elements may be null.
   *
   * @param from what to take the elements from
   * @param text gives an element
   * @param <T> the type of the things
   * @return the parameter
   */
  static <T> Object texts(Collection<T> from, Function<T, @Nullable String> text) {
    return new TextArray(from, text);
  }

  /**
   * Returns a {@code uuid[]} parameter; elements may be null.
   *
   * @param from what to take the elements from
   * @param uuid gives an element
   * @param <T> the type of the things
   * @return the parameter
   */
  static <T> Object uuids(Collection<T> from, Function<T, @Nullable UUID> uuid) {
    return new UuidArray(from, uuid);
  }

  /**
   * Returns an {@code int8[]} parameter; elements may be null.
   *
   * @param from what to take the elements from
   * @param number gives an element
   * @param <T> the type of the things
   * @return the parameter
   */
  static <T> Object longs(Collection<T> from, Function<T, @Nullable Long> number) {
    @Nullable Long[] array = new @Nullable Long[from.size()];
    int i = 0;
    for (T item : from) {
      array[i++] = number.apply(item);
    }
    return new ElementArray("int8", array);
  }

  /**
   * Returns a parameter of type {@code bool[]}.
   *
   * @param from what to take the elements from
   * @param flag gives an element
   * @param <T> the type of the things
   * @return the parameter
   */
  static <T> Object flags(Collection<T> from, Function<T, Boolean> flag) {
    Boolean[] array = from.stream().map(flag).toArray(Boolean[]::new);
    return new ElementArray("bool", array);
  }
}
