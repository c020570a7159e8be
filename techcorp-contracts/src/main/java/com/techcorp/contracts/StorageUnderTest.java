package com.techcorp.contracts;

import com.techcorp.Storage;
import java.time.Duration;
import java.util.Set;

/** A storage as a suite needs it. */
public interface StorageUnderTest extends AutoCloseable {
  /**
   * A storage that has no check of its own and needs no closing.
   *
   * @param storage an empty storage
   * @return the storage under test
   */
  static StorageUnderTest of(Storage storage) {
    return () -> storage;
  }

  /**
   * The storage: the same one throughout a test.
   *
   * @return the storage
   */
  Storage storage();

  /**
   * Runs the storage's own check of its invariants, and fails if one is broken. Default: checks
   * nothing.
   *
   * @param settled whether all work is done
   * @param holdCap how long a hold may be kept past its end while a payment is in flight
   * @param exemptRules names of rules that the test breaks by design
   */
  default void checkInvariants(boolean settled, Duration holdCap, Set<String> exemptRules) {}

  /**
   * All that the storage holds, as text. Tests search it for secrets. Default: an empty text.
   *
   * @return the text
   */
  default String dump() {
    return "";
  }

  /** Frees what {@link ContractSuite#open} acquired for this test. Default: does nothing. */
  @Override
  default void close() {}
}
