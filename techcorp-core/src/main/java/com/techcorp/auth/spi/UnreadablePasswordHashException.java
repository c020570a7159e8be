package com.techcorp.auth.spi;

import com.techcorp.error.TechCorpException;

/**
 * Thrown if a stored text is no password hash that is accepted: the user cannot log in until the
 * password is set anew. Its message says what is wrong and quotes nothing of the text.
 */
public final class UnreadablePasswordHashException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param problem such as {@code has no form that is known}
   */
  public UnreadablePasswordHashException(String problem) {
    super("the stored password hash " + problem, null);
  }
}
