package com.techcorp.jdbc;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches how long sessions wait for locks that the sessions of one process hold, and whether it
 * holds any.
 */
final class LockWaits implements AutoCloseable {
  private static final String LONGEST =
      """
      select coalesce(max(extract(epoch from clock_timestamp() - l.waitstart) * 1000), 0)::bigint
      from pg_locks l
      where not l.granted and l.waitstart is not null and exists (
        select 1 from unnest(pg_blocking_pids(l.pid)) b (pid)
        join pg_stat_activity s on s.pid = b.pid where s.application_name = :name)
      """;

  private static final String OPEN =
      """
      select count(*) from pg_stat_activity
      where application_name = :name and xact_start is not null
      """;

  private final Fleet fleet;
  private final String holder;
  private final Thread thread = new Thread(this::run, "lock-waits");
  private volatile boolean stopped;
  private volatile long longestMillis;

  private LockWaits(Fleet fleet, String holder) {
    this.fleet = fleet;
    this.holder = holder;
  }

  static LockWaits behind(Fleet fleet, String holder) {
    LockWaits waits = new LockWaits(fleet, holder);
    waits.thread.start();
    return waits;
  }

  private void run() {
    while (!stopped) {
      long now =
          fleet
              .sql()
              .withHandle(
                  handle ->
                      handle.createQuery(LONGEST).bind("name", holder).mapTo(Long.class).one());
      longestMillis = Math.max(longestMillis, now);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** Transactions that are open, each with what it locked. */
  long open() {
    return fleet
        .sql()
        .withHandle(h -> h.createQuery(OPEN).bind("name", holder).mapTo(Long.class).one());
  }

  Duration longest() {
    return Duration.ofMillis(longestMillis);
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
