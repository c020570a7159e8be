package com.techcorp.error;

/**
 * Thrown if the caller passes an unusable value; nothing was written. The message starts with the
 * field's name.
 */
public class InvalidInputException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Names the field and what is wrong with it.
   *
   * @param field the field's path, such as {@code items[2].quantity}
   * @param problem what is wrong and what is allowed
   */
  public InvalidInputException(String field, String problem) {
    super(field + ": " + problem, null);
    this.field = field;
  }

  /**
   * Returns the field at fault.
   *
   * @return its path, such as {@code items[2].quantity}
   */
  public final String field() {
    return field;
  }
}
