package com.techcorp.error;

/** Why something failed, short and storable, where no secret can be quoted. */
public final class Reasons {
  private Reasons() {}

  /**
   * Returns the classes and messages of a failure and its causes.
   *
   * @param failure what was thrown
   * @return a text as {@link TokenRedaction#text} gives it
   */
  public static String of(Throwable failure) {
    return TokenRedaction.NONE.reason(failure);
  }

  /**
   * Returns a text that any storage takes.
   *
   * @param text the text
   * @return a text as {@link TokenRedaction#text} gives it
   */
  public static String clean(String text) {
    return TokenRedaction.NONE.text(text);
  }
}
