package com.techcorp.contracts;

import org.junit.jupiter.api.Nested;

/**
 * What two processes on one storage promise when one of them lives and does not work: real threads,
 * real time. What is stuck is finished by the other process, and nothing is done twice.
 */
public abstract class StuckNodeContracts extends ContractSuite<StorageUnderTest> {
  /** For subclasses. */
  protected StuckNodeContracts() {}

  @Nested
  class Sagas extends StuckNodeSagasContract {}

  @Nested
  class Claims extends StuckNodeClaimsContract {}

  @Nested
  class Leases extends StuckNodeLeasesContract {}
}
