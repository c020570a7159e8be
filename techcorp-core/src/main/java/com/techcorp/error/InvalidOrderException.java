package com.techcorp.error;

/** Thrown if an order request is not acceptable as it is; nothing was written. */
public final class InvalidOrderException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the field and what is wrong with it.
   *
   * @param field the field's path, such as {@code cart.items[2].quantity}
   * @param problem what is wrong and what is allowed
   */
  public InvalidOrderException(String field, String problem) {
    super(field, problem);
  }
}
