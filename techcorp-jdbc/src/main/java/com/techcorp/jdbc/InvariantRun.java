package com.techcorp.jdbc;

import com.techcorp.jdbc.internal.check.InvariantRule;
import com.techcorp.jdbc.internal.schema.Migration;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Runs rules in one transaction.
 *
 * @param handle of the transaction
 * @param at the instant to check at
 * @param slack how far behind its deadline a sweep may be
 * @param holdCap how long beyond its time a reservation may be pinned
 * @param settled whether all work is said to be done
 */
record InvariantRun(Handle handle, Instant at, Duration slack, Duration holdCap, boolean settled) {
  private static final int FETCH = 500;

  /** Returns the database's own time. */
  static Instant clock(Handle handle) {
    return handle
        .createQuery("select ${saga}.clock()")
        .mapTo(OffsetDateTime.class)
        .one()
        .toInstant();
  }

  /** Returns whether the tables of users and signing keys are here, and are the library's. */
  boolean hasAuthTables() {
    return handle
        .createQuery(
            "select to_regclass('${saga}.%s') is not null"
                .formatted(Migration.AUTH_TABLES.history()))
        .mapTo(Boolean.class)
        .one();
  }

  /** Returns what was checked and what was found. */
  InvariantReport report(List<InvariantRule> rules, boolean authTables) {
    // Tables without statistics must not lead to nested loops over all their rows.
    handle.execute("set local enable_nestloop = off");
    handle.execute("set local jit = off");
    handle.execute("set local work_mem = '64MB'");
    return new InvariantReport(
        at, settled, scope(authTables), rules.stream().map(this::check).toList());
  }

  private InvariantReport.Checked check(InvariantRule rule) {
    try (Query query = handle.createQuery(rule.sql())) {
      return query
          .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
          .bind("overdue", utc(at.minus(slack)))
          .bind("expired", utc(at.minus(slack).minus(holdCap)))
          .bind("settled", settled)
          .setFetchSize(FETCH)
          .scanResultSet((rows, context) -> collect(rule, rows));
    }
  }

  private static InvariantReport.Checked collect(InvariantRule rule, Supplier<ResultSet> supplier)
      throws SQLException {
    ResultSet rows = supplier.get();
    List<InvariantReport.Violation> named = new ArrayList<>();
    long total = 0;
    while (rows.next()) {
      total++;
      if (named.size() < InvariantReport.NAMED) {
        String text = rows.getString("subject") + ": " + rows.getString("problem");
        named.add(new InvariantReport.Violation(rule.invariant(), rule.name(), text));
      }
    }
    return new InvariantReport.Checked(
        rule.invariant(), rule.name(), rule.eventual(), rule.meaning(), total, named);
  }

  private Map<String, Long> scope(boolean authTables) {
    Map<String, Long> scope = new LinkedHashMap<>();
    count(InvariantRule.scope(), scope);
    if (authTables) {
      count(InvariantRule.authScope(), scope);
    }
    return scope;
  }

  private void count(String sql, Map<String, Long> scope) {
    handle
        .createQuery(sql)
        .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(entry -> scope.put(entry.getKey(), entry.getValue()));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
