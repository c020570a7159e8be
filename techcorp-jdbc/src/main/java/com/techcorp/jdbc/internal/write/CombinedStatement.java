package com.techcorp.jdbc.internal.write;

import com.techcorp.jdbc.Statements;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds one WITH … SELECT that applies several changes on one snapshot and checks them; it costs
 * the server much less than one statement each.
 */
final class CombinedStatement {
  private final List<String> changes = new ArrayList<>();
  private final List<String> checks = new ArrayList<>();
  private final List<Object> ofChanges = new ArrayList<>();
  private final List<@Nullable Object> ofChecks = new ArrayList<>();
  private Statements.@Nullable Rows reader;

  /**
   * Adds a change to the statement.
   *
   * @param sql {@code name as (…)}
   */
  void change(String sql, Object... parameters) {
    changes.add(sql);
    Collections.addAll(ofChanges, parameters);
  }

  /**
   * Adds a check; checks run in the order in which they are added, each after the changes it reads.
   *
   * @param sql an item of a select list
   */
  void check(String sql, @Nullable Object... parameters) {
    checks.add(sql);
    Collections.addAll(ofChecks, parameters);
  }

  /**
   * Adds what is read of the changes, after all checks.
   *
   * @param sql items of a select list
   * @param rows reads them, by their names, from the one row
   */
  void result(String sql, Statements.Rows rows) {
    checks.add(sql);
    reader = rows;
  }

  /** Adds the whole, unless nothing is changed. */
  void addTo(Statements to) {
    if (changes.isEmpty()) {
      return;
    }
    List<@Nullable Object> parameters = new ArrayList<>(ofChanges);
    parameters.addAll(ofChecks);
    String sql = "with " + String.join(",", changes) + " select " + String.join(",", checks);
    if (reader == null) {
      to.add(sql, parameters.toArray());
    } else {
      to.query(reader, sql, parameters.toArray());
    }
  }
}
