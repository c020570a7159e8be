package com.techcorp.jdbc.internal.batch;

import com.techcorp.jdbc.Statements;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of every transaction of the library. Only {@code SET LOCAL}: the pool is the host's,
 * and a pooler in transaction mode loses session settings.
 */
public final class TransactionSetup {
  /**
   * Time-outs keep a paused process from holding locks longer than its lease. A process that stops
   * while it sends a batch leaves a transaction that is neither idle nor in a statement; only
   * transaction_timeout ends that, from PostgreSQL 17 on; before, the node that takes over does.
   * Planner settings pin index plans: on young tables the planner would join arrays by hashing a
   * sequential scan, which was four fifths of all time in a prototype. A host's stricter
   * synchronous_commit is left as it is.
   *
   * <p>These settings do not keep the planner from reading an index from end to end, which it does
   * for a join by a table that was nearly empty when the plan was made, for as long as it keeps the
   * plan. So statements that join a table with a list compare the index's first column by {@code
   * any (array[...])}: the same value, but nothing to sort by, so that each is looked up.
   */
  private static final String SETTINGS =
      """
      select set_config('lock_timeout', ?, true), set_config('statement_timeout', ?, true),
        set_config('idle_in_transaction_session_timeout', ?, true),
        set_config(case when current_setting('server_version_num')::int >= 170000
          then 'transaction_timeout' else 'techcorp.transaction_timeout' end, ?, true),
        set_config('synchronous_commit', case when current_setting('synchronous_commit')
          in ('off', 'local') then 'on' else current_setting('synchronous_commit') end, true),
        set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
        set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true),
        set_config('plan_cache_mode', 'force_generic_plan', true), set_config('techcorp.now', ?, true)
      """;

  /**
   * The class of the advisory locks of nodes. It is the id of their table: two engines in one
   * database number their nodes alike, and neither may take the other's for its own.
   */
  public static final String NODE_LOCKS = "'${saga}.nodes'::regclass::oid::int4";

  /**
   * Behind the time-outs, so that they hold for this wait: a select list is evaluated in order. The
   * holder of the node's lock is taking this node over; only later locks get the shorter wait.
   */
  private static final String AND_SHARE =
      ", pg_advisory_xact_lock_shared(%s, ?), set_config('lock_timeout', ?, true)"
          .formatted(NODE_LOCKS);

  private final String timeout;
  private final String transactionTimeout;
  private final Duration silence;
  private final @Nullable InstantSource steppedClock;

  /** Creates the settings; a null clock means the database's own. */
  public TransactionSetup(Duration timeout, @Nullable InstantSource steppedClock) {
    this.timeout = millis(timeout);
    // A little later, for it costs the session: what is merely slow ends by the other time-outs.
    this.transactionTimeout = millis(longest(timeout));
    this.silence = silence(timeout);
    this.steppedClock = steppedClock;
  }

  /**
   * Returns how long the server may say nothing: a little longer than any transaction of ours can
   * last, so that a slow database is ended by its own time-outs, which say that nothing was
   * written, and only a silent one by this.
   */
  public static Duration silence(Duration timeout) {
    return timeout.multipliedBy(19).dividedBy(16);
  }

  public Duration silence() {
    return silence;
  }

  /**
   * Returns the time after which no transaction of the library is left, whatever its process does.
   */
  public static Duration longest(Duration timeout) {
    return timeout.multipliedBy(9).dividedBy(8);
  }

  /** Adds the settings; a transaction must set READ COMMITTED before anything else. */
  public void addTo(Statements statements) {
    statements.add(SETTINGS, values().toArray());
  }

  /** Adds the settings with another time-out for locks. */
  public void addTo(Statements statements, Duration lockTimeout) {
    List<Object> values = values();
    values.set(0, millis(lockTimeout));
    statements.add(SETTINGS, values.toArray());
  }

  /**
   * Adds the settings and shares the lock of a node, in the same statement. The time-out of waits
   * for locks holds for those that follow.
   */
  public void addTo(Statements statements, int node, Duration lockTimeout) {
    List<Object> values = values();
    values.add(node);
    values.add(millis(lockTimeout));
    statements.add(SETTINGS + AND_SHARE, values.toArray());
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + "ms";
  }

  private List<Object> values() {
    Instant now = steppedClock == null ? null : steppedClock.instant();
    String time = now == null ? "" : now.toString();
    return new ArrayList<>(List.of(timeout, timeout, timeout, transactionTimeout, time));
  }
}
