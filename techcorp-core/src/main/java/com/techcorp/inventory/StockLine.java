package com.techcorp.inventory;

import com.techcorp.error.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A quantity of one product.
 *
 * @param productId the product
 * @param quantity units, positive
 */
public record StockLine(UUID productId, long quantity) {
  /** Checks that the quantity is positive. */
  public StockLine {
    if (quantity <= 0) {
      throw new InvalidInputException("quantity", "must be positive, was " + quantity);
    }
  }

  /**
   * Sums the demand of each product, so that two lines of one product are never checked alone.
   *
   * @param lines any lines
   * @return one line a product, by ascending product id
   * @throws InvalidInputException if a sum overflows
   */
  public static List<StockLine> summed(Collection<StockLine> lines) {
    if (isSummed(lines)) {
      return List.copyOf(lines);
    }
    Map<UUID, Long> sums = new TreeMap<>();
    try {
      lines.forEach(line -> sums.merge(line.productId(), line.quantity(), Math::addExact));
    } catch (ArithmeticException e) {
      throw new InvalidInputException("quantity", "the sum of one product's lines is too large");
    }
    List<StockLine> result = new ArrayList<>();
    sums.forEach((product, quantity) -> result.add(new StockLine(product, quantity)));
    return List.copyOf(result);
  }

  private static boolean isSummed(Collection<StockLine> lines) {
    @Nullable StockLine before = null;
    for (StockLine line : lines) {
      if (before != null && before.productId().compareTo(line.productId()) >= 0) {
        return false;
      }
      before = line;
    }
    return true;
  }
}
