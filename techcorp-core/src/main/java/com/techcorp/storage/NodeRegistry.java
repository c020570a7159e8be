package com.techcorp.storage;

import java.time.Duration;

/**
 * The processes that drive sagas, and their leases by the storage's clock. Thread-safe.
 *
 * <p>A take-over first waits for the node's transactions in flight and then ends its epoch, so that
 * a fenced node can write nothing more.
 */
public interface NodeRegistry {
  /**
   * Registers a fresh node.
   *
   * @param name a name for operators, such as host and process id
   * @param lease how long the lease lasts unless renewed
   * @return the proof of the new lease
   */
  Fence register(String name, Duration lease);

  /**
   * Renews a lease that has not run out.
   *
   * @param fence the lease
   * @param lease how long it lasts from now
   * @return false if it had run out or was taken away: then it never comes back
   */
  boolean renew(Fence fence, Duration lease);

  /**
   * Ends this node's own lease; its sagas are due at once, for anyone. Waits for its transactions
   * in flight. Idempotent.
   *
   * @param fence the lease
   */
  void retire(Fence fence);

  /**
   * Ends the epochs of nodes whose lease ran out; their sagas are due at once, for anyone.
   *
   * @return how many sagas became due
   */
  int retireLapsed();
}
