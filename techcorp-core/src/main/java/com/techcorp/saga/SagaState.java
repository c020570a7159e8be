package com.techcorp.saga;

/** The direction of a live saga. A finished saga is no longer in the journal. */
public enum SagaState {
  /** The saga runs forward. */
  RUNNING,
  /** Back: its compensations run. */
  COMPENSATING,
  /** Nowhere, until an operator acts; its last error says why. */
  PARKED
}
