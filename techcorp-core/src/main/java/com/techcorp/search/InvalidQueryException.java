package com.techcorp.search;

import com.techcorp.error.InvalidInputException;

/**
 * Thrown if a query asks for something that {@link SearchLimits} do not allow, or that makes no
 * sense. The message names the parameter and the limit, and never quotes what the shopper typed.
 */
public final class InvalidQueryException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the parameter and what is wrong with it.
   *
   * @param parameter the query's parameter, such as {@code price}
   * @param problem what is wrong and what is allowed
   */
  public InvalidQueryException(String parameter, String problem) {
    super(parameter, problem);
  }
}
