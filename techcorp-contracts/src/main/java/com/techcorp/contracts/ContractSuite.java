package com.techcorp.contracts;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * All tests that an adapter of one kind must pass. The author of an adapter extends the suite of
 * its kind, such as {@link StorageContracts}, and writes one method, {@link #open}. The tests are
 * inherited, in {@code @Nested} groups.
 *
 * @param <T> the adapter under test, with what the tests need beside it
 */
public abstract class ContractSuite<T extends AutoCloseable> {
  private @Nullable T adapter;

  /** For subclasses. */
  protected ContractSuite() {}

  /**
   * Opens a new adapter that holds no data. Each test calls it once and closes the adapter when it
   * ends. A server or a database may be shared by all tests, as long as each of them finds it
   * empty.
   *
   * @return the adapter
   * @throws Exception if it cannot be opened; the test fails with it
   */
  protected abstract T open() throws Exception;

  @BeforeEach
  final void openAdapter() throws Exception {
    adapter = open();
  }

  @AfterEach
  final void closeAdapter() throws Exception {
    if (adapter != null) {
      adapter.close();
    }
  }

  final T adapter() {
    return Objects.requireNonNull(adapter, "open() gave no adapter");
  }
}
