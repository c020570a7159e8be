package com.techcorp.jdbc.internal.read;

import com.techcorp.error.UnavailableException;
import com.techcorp.jdbc.internal.batch.TransactionSetup;
import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.storage.Fence;
import com.techcorp.storage.NodeRegistry;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Nodes and their leases, by the database's clock. */
public final class PostgresNodes implements NodeRegistry {
  private static final String REGISTER =
      """
      insert into ${saga}.nodes (epoch, name, lease_until, started_at)
      select 1, :name, t.at + :lease * interval '1 ms', t.at from (select ${saga}.clock() as at) t
      returning id
      """;

  private static final String RENEW =
      """
      update ${saga}.nodes n set lease_until = t.at + :lease * interval '1 ms'
      from (select ${saga}.clock() as at) t
      where n.id = :node and n.epoch = :epoch and n.lease_until > t.at
      """;

  private static final String LAPSED =
      "select id from ${saga}.nodes where lease_until <= (select ${saga}.clock()) order by id limit 100";

  /** Behind the exclusive lock, in a statement of its own: everything in flight is seen. */
  private static final String END =
      """
      delete from ${saga}.nodes where id = :node and (epoch = :epoch or lease_until <= (select ${saga}.clock()))
      """;

  private static final String RELEASE =
      """
      update ${saga}.instances s set owner = null, epoch = null, move_by = null,
        next_run_at = (select ${saga}.clock()), revision = s.revision + 1
      where s.owner = :node
      """;

  /**
   * Ends what a node still has in flight. A process that stopped, or lost the network, while it
   * sent a batch leaves a transaction open that no time-out for statements or idleness ends.
   */
  private static final String END_SESSIONS =
      """
      select pg_terminate_backend(l.pid)::text from pg_locks l
      join pg_stat_activity a on a.pid = l.pid and a.usename = current_user
      join pg_database d on d.oid = l.database and d.datname = current_database()
      where l.locktype = 'advisory' and l.classid = '${saga}.nodes'::regclass and l.objid = :node::oid
        and l.objsubid = 2 and l.granted and l.mode = 'ShareLock' and l.pid <> pg_backend_pid()
      """;

  private static final String LOCK =
      "select pg_advisory_xact_lock(%s, :node)::text".formatted(TransactionSetup.NODE_LOCKS);

  private static final String TRY_LOCK =
      "select pg_try_advisory_xact_lock(%s, :node)".formatted(TransactionSetup.NODE_LOCKS);

  /** Epochs count from 1: this one ends a node only if its lease has lapsed. */
  private static final long NO_EPOCH = 0;

  private final Transactions transactions;

  public PostgresNodes(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Fence register(String name, Duration lease) {
    return transactions.run(
        handle ->
            new Fence(
                handle
                    .createQuery(REGISTER)
                    .bind("name", name)
                    .bind("lease", lease.toMillis())
                    .mapTo(Integer.class)
                    .one(),
                1));
  }

  @Override
  public boolean renew(Fence fence, Duration lease) {
    return transactions.run(
        handle ->
            handle
                    .createUpdate(RENEW)
                    .bind("node", fence.node())
                    .bind("epoch", fence.epoch())
                    .bind("lease", lease.toMillis())
                    .execute()
                == 1);
  }

  @Override
  public void retire(Fence fence) {
    try {
      end(fence.node(), fence.epoch());
    } catch (UnavailableException e) {
      // It may have waited in vain for a transaction that never ends.
      transactions.run(handle -> endSessions(handle, fence.node()));
      throw e;
    }
  }

  @Override
  public int retireLapsed() {
    List<Integer> lapsed =
        transactions.run(handle -> handle.createQuery(LAPSED).mapTo(Integer.class).list());
    int freed = 0;
    for (int node : lapsed) {
      freed += end(node, NO_EPOCH);
    }
    return freed;
  }

  private int end(int node, long epoch) {
    return transactions.run(
        handle -> {
          if (epoch == NO_EPOCH && !lockedAtOnce(handle, node)) {
            endSessions(handle, node); // its lease has expired: no one waits for it
          }
          lock(handle, node);
          int ended = handle.createUpdate(END).bind("node", node).bind("epoch", epoch).execute();
          return ended == 0 ? 0 : handle.createUpdate(RELEASE).bind("node", node).execute();
        });
  }

  private static boolean lockedAtOnce(Handle handle, int node) {
    return handle.createQuery(TRY_LOCK).bind("node", node).mapTo(Boolean.class).one();
  }

  private static int endSessions(Handle handle, int node) {
    return handle.createQuery(END_SESSIONS).bind("node", node).mapTo(String.class).list().size();
  }

  private static void lock(Handle handle, int node) {
    handle.createQuery(LOCK).bind("node", node).mapTo(String.class).list();
  }
}
