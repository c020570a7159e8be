package com.techcorp.jdbc;

import com.techcorp.error.Require;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.jdbc.internal.batch.Connections;
import com.techcorp.jdbc.internal.check.InvariantRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Checks the invariants of the order engine on a database, for tests and for operators; those of
 * users and signing keys too, where {@link SchemaNames#withAuthTables} made their tables.
 *
 * <pre>{@code
 * InvariantReport report = InvariantCheck.on(dataSource).withSlack(Duration.ofSeconds(30)).run();
 * }</pre>
 *
 * <p>Everything is read in one REPEATABLE READ, READ ONLY transaction: a role that may read is
 * enough ({@code USAGE} on the schemas, {@code SELECT} on their tables), and other transactions go
 * on. It reads whole tables, so give it a quiet hour, or a replica, when they are large.
 *
 * <p>Rules of kind S hold in every snapshot. Rules of kind E hold once a deadline has passed: the
 * {@link #withSlack} says how late a sweep may be, to which any outage of the database or of all
 * nodes adds. {@link #withSettled} checks them as if all work were done.
 *
 * <p>What it cannot see, since no single snapshot shows it: I7 (a process that lost its lease), I10
 * (loss of Redis), I12 (crashes; run this check after one); of I5, that an event that left the
 * outbox reached the broker, and consumers outside this database; of I8, that another body under
 * the same key was refused and that an explicit key of a CANCELLED order was never freed; of I9,
 * that a provider was called once; nor I11, the search index. Stock kept by another service is
 * reported as missing unless {@link #withStockElsewhere} says so. Primary keys are trusted.
 *
 * <p>Texts name ids only: no recipients, no saga data, no error texts. Immutable and thread-safe.
 */
public final class InvariantCheck {
  private final Connections connections;
  private final SchemaNames schemas;
  private final Duration timeout;
  private final Duration slack;
  private final Duration holdCap;
  private final boolean settled;
  private final boolean stockElsewhere;
  private final @Nullable Instant now;

  private InvariantCheck(
      Connections connections,
      SchemaNames schemas,
      Duration timeout,
      Duration slack,
      Duration holdCap,
      boolean settled,
      boolean stockElsewhere,
      @Nullable Instant now) {
    this.stockElsewhere = stockElsewhere;
    this.connections = connections;
    this.schemas = schemas;
    this.timeout = timeout;
    this.slack = slack;
    this.holdCap = holdCap;
    this.settled = settled;
    this.now = now;
  }

  /**
   * Returns a check of the database behind a data source.
   *
   * @param dataSource the primary, or a replica (then lag counts into {@link #withSlack})
   * @return the check, with the defaults: 30 s slack, 15 min hold cap, not settled, 10 min time-out
   */
  public static InvariantCheck on(DataSource dataSource) {
    return new InvariantCheck(
        new Connections(dataSource),
        SchemaNames.DEFAULT,
        Duration.ofMinutes(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(15),
        false,
        false,
        null);
  }

  /**
   * Changes the names of the schemas to check. Default: {@link SchemaNames#DEFAULT}.
   *
   * @param schemas as given to {@link PostgresStorage#migrate(DataSource, SchemaNames)}
   * @return the check of these schemas
   */
  public InvariantCheck withSchemas(SchemaNames schemas) {
    return new InvariantCheck(
        connections, schemas, timeout, slack, holdCap, settled, stockElsewhere, now);
  }

  /**
   * Changes how far behind its deadline a sweep, a relay or a take-over may be. Default: 30 s.
   *
   * @param slack zero or more
   * @return the check with this slack
   * @throws WiringException if it is negative
   */
  public InvariantCheck withSlack(Duration slack) {
    requireNotNegative("InvariantCheck.slack", slack);
    return new InvariantCheck(
        connections, schemas, timeout, slack, holdCap, settled, stockElsewhere, now);
  }

  /**
   * Changes how long beyond its {@code expires_at} a reservation may be pinned while its payment is
   * undecided: the grace that the engine is configured with. Default: 15 min.
   *
   * @param holdCap zero or more
   * @return the check with this cap
   * @throws WiringException if it is negative
   */
  public InvariantCheck withHoldCap(Duration holdCap) {
    requireNotNegative("InvariantCheck.holdCap", holdCap);
    return new InvariantCheck(
        connections, schemas, timeout, slack, holdCap, settled, stockElsewhere, now);
  }

  /**
   * Changes whether all work is said to be done, as at the end of a test: the outbox must be empty,
   * no delivery waiting, every charge of a CANCELLED order refunded, and no saga under way (PARKED
   * ones may stay, and with them their order CREATED and its payment). Default: false.
   *
   * @param settled true to check as if all deadlines had passed
   * @return the check in this mode
   */
  public InvariantCheck withSettled(boolean settled) {
    return new InvariantCheck(
        connections, schemas, timeout, slack, holdCap, settled, stockElsewhere, now);
  }

  /**
   * Changes whether the stock of the orders in this database is kept in another: then the rules
   * that look for a sold order's stock are left out here. An inventory's own database is checked
   * without it. That the two agree is for you to compare. Default: false.
   *
   * @param elsewhere true for the database of orders whose inventory is remote
   * @return the check with or without these rules
   */
  public InvariantCheck withStockElsewhere(boolean elsewhere) {
    return new InvariantCheck(
        connections, schemas, timeout, slack, holdCap, settled, elsewhere, now);
  }

  /**
   * Changes the time after which a query without an answer is given up, with its connection. Each
   * rule is one query; give a longer time if one takes longer on your tables. Default: 10 minutes.
   *
   * @param timeout at least 1 ms
   * @return the check with this time-out
   * @throws WiringException if it is shorter
   */
  public InvariantCheck withTimeout(Duration timeout) {
    Require.atLeast("InvariantCheck.timeout", timeout, Duration.ofMillis(1));
    return new InvariantCheck(
        connections, schemas, timeout, slack, holdCap, settled, stockElsewhere, now);
  }

  /**
   * Changes the instant to check at, for tests that step the clock. Default: the database's own
   * time, {@code saga.clock()}.
   *
   * @param now the time on the stepped clock
   * @return the check at this instant
   */
  public InvariantCheck withNow(Instant now) {
    return new InvariantCheck(
        connections, schemas, timeout, slack, holdCap, settled, stockElsewhere, now);
  }

  /**
   * Runs all rules and reports their violations.
   *
   * @return what was checked and what was found
   * @throws UnavailableException when the database cannot be read: not reached, no such tables, no
   *     permission
   */
  public InvariantReport run() {
    try {
      return connections
          .jdbi(timeout, schemas)
          .inTransaction(
              handle -> {
                handle.execute("set transaction isolation level repeatable read, read only");
                return run(handle);
              });
    } catch (JdbiException e) {
      throw new UnavailableException("The invariants could not be checked: " + reason(e), e);
    }
  }

  /** Runs all rules in the transaction of this handle. */
  InvariantReport run(Handle handle) {
    Instant at = now == null ? InvariantRun.clock(handle) : now;
    InvariantRun run = new InvariantRun(handle, at, slack, holdCap, settled);
    boolean authTables = run.hasAuthTables();
    List<InvariantRule> rules =
        InvariantRule.all().stream()
            .filter(rule -> !(stockElsewhere && rule.needsStock()))
            .filter(rule -> authTables || !rule.needsAuthTables())
            .toList();
    return run.report(rules, authTables);
  }

  private static void requireNotNegative(String option, Duration value) {
    Require.that(!value.isNegative(), option, "zero or more", value);
  }

  private static @Nullable String reason(Throwable e) {
    return e.getCause() == null ? e.getMessage() : reason(e.getCause());
  }
}
