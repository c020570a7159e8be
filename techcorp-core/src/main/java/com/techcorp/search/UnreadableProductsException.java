package com.techcorp.search;

import com.techcorp.error.TechCorpException;
import java.util.Map;
import java.util.UUID;

/**
 * Thrown by a {@link ProductSource} if it cannot make documents of some of the products that it was
 * asked for. It is asked again without them. They are not indexed; what the index has of them
 * stays.
 */
public final class UnreadableProductsException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  private final transient Map<UUID, String> problems;

  /**
   * Names all products that cannot be read.
   *
   * @param problems by product: what is wrong, without the product's values
   */
  public UnreadableProductsException(Map<UUID, String> problems) {
    super(problems.size() + " products have values that no index takes", null);
    this.problems = Map.copyOf(problems);
  }

  /**
   * Returns what is wrong.
   *
   * @return by product
   */
  public Map<UUID, String> problems() {
    return problems;
  }
}
