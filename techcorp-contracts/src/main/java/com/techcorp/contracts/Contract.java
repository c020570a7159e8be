package com.techcorp.contracts;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A group of tests of one subject, in a file of its own. A {@link ContractSuite} nests it:
 * {@code @Nested class StockHolds extends StockHoldsContract {}}. The group then tests the adapter
 * of the suite around it.
 *
 * @param <T> the adapter under test, with what the tests need beside it
 */
@ExtendWith(Contract.FindSuite.class)
public abstract class Contract<T extends AutoCloseable> {
  private @Nullable ContractSuite<T> suite;

  Contract() {}

  final T adapter() {
    return Objects.requireNonNull(suite, "no suite around this group").adapter();
  }

  /** Gives each group the suite that it is nested in. */
  static final class FindSuite implements BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
      join(
          context.getRequiredTestInstances().findInstance(Contract.class).orElseThrow(),
          context.getRequiredTestInstances().findInstance(ContractSuite.class).orElseThrow());
    }

    /** The compiler has checked neither: the types say only that both test the same adapter. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void join(Contract group, ContractSuite suite) {
      group.suite = suite;
    }
  }
}
