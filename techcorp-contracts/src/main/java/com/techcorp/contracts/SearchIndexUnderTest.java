package com.techcorp.contracts;

import com.techcorp.search.spi.SearchIndex;
import java.util.function.Supplier;

/**
 * Indexes as {@link SearchIndexContracts} need them.
 *
 * @param indexes gives an index that is not open, each time a new one; the tests open it under a
 *     name that nothing had before, and close it. A search may take seconds, and nothing is
 *     refreshed unless a test does it or a second has passed
 * @param snapshots how many snapshots an index allows: few, so that the tests can open them all
 * @param closing removes what the test left behind
 */
public record SearchIndexUnderTest(
    Supplier<? extends SearchIndex> indexes, int snapshots, Runnable closing)
    implements AutoCloseable {
  @Override
  public void close() {
    closing.run();
  }
}
