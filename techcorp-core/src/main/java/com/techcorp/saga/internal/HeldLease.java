package com.techcorp.saga.internal;

import com.techcorp.storage.Fence;

/**
 * This process's lease.
 *
 * @param fence proves it to the storage
 * @param safeUntilNanos the monotonic instant before which it surely stands
 */
record HeldLease(Fence fence, long safeUntilNanos) {
  boolean isOf(Fence other) {
    return fence.equals(other);
  }

  HeldLease renewed(long until) {
    return new HeldLease(fence, until);
  }
}
