package com.techcorp.inventory.spi;

import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an accepted {@link StockEffect}.
 *
 * @param held what is held for the order afterwards; null: nothing, or the effect is of no order
 * @param changes one a product
 */
public record StockOutcome(@Nullable HeldStock held, List<Change> changes) {
  /** Makes an unmodifiable copy of the changes. */
  public StockOutcome {
    changes = List.copyOf(changes);
  }

  /**
   * How the stock of a product changes.
   *
   * @param productId the product
   * @param available more units that can be reserved; fewer if negative
   * @param reserved more units that are held; fewer if negative
   */
  public record Change(UUID productId, long available, long reserved) {
    /**
     * Returns the units for the ledger of movements. To hold units and to give them back is no
     * movement.
     *
     * @return units that came or went, signed; 0: no movement
     */
    public long moved() {
      return available + reserved;
    }

    /**
     * Returns how many units can be reserved afterwards.
     *
     * @param level how many could before
     * @return units
     * @throws UnstorableDataException if they are too many to count
     */
    public long availableAfter(long level) {
      return plus(level, available);
    }

    /**
     * Returns how many units are held afterwards.
     *
     * @param level how many were before
     * @return units
     * @throws UnstorableDataException if they are too many to count
     */
    public long reservedAfter(long level) {
      return plus(level, reserved);
    }

    private long plus(long level, long change) {
      try {
        return Math.addExact(level, change);
      } catch (ArithmeticException e) {
        throw new UnstorableDataException("the stock of product " + productId + " is too large", e);
      }
    }
  }
}
