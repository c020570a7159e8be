package com.techcorp.saga;

/** Where a live saga goes. A finished saga is no longer in the journal. */
public enum SagaState {
  /** The saga runs forward. */
  RUNNING,
  /** Back: its compensations run. */
  COMPENSATING,
  /** Nowhere, until an operator acts; its last error says why. */
  PARKED
}
