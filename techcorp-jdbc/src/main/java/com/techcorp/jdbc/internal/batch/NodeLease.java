package com.techcorp.jdbc.internal.batch;

import com.techcorp.jdbc.Statements;
import com.techcorp.storage.Fence;
import java.time.Duration;

/** Lets a transaction go on only while its node has its lease. */
public final class NodeLease {
  private static final String LEASE =
      """
      select case when exists (select from ${saga}.nodes n
        where n.id = ? and n.epoch = ? and n.lease_until > ${saga}.clock())
        then true else ${saga}.lease_lost(?) end
      """;

  private static final String SHARE =
      "select pg_advisory_xact_lock_shared(%s, ?)".formatted(TransactionSetup.NODE_LOCKS);

  private NodeLease() {}

  /**
   * The settings and the fence of what follows. The transaction shares the node's lock, so that a
   * take-over waits for it. It checks the lease in a second statement, because the snapshot of the
   * first may be older than the take-over it waited for.
   */
  public static void addTo(
      Fence fence, TransactionSetup settings, Duration lockTimeout, Statements to) {
    settings.addTo(to, fence.node(), lockTimeout);
    to.add(LEASE, fence.node(), fence.epoch(), fence.node());
  }

  /** The fence alone, for a transaction that has its settings. */
  public static void addTo(Fence fence, Statements to) {
    to.add(SHARE, fence.node());
    to.add(LEASE, fence.node(), fence.epoch(), fence.node());
  }
}
