package com.techcorp.error.internal;

/** Why something failed, short and storable. */
public final class Reasons {
  private static final int MAX_CHARS = 500;

  private Reasons() {}

  /**
   * The class and message of a failure.
   *
   * @param failure what was thrown
   * @return 500 characters at the most, without NUL, which PostgreSQL refuses
   */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getName();
    return clean(message == null ? name : name + ": " + message);
  }

  /**
   * A text that any storage takes.
   *
   * @param text the text
   * @return 500 characters at the most, without NUL
   */
  public static String clean(String text) {
    String whole = text.replace('\0', '\uFFFD');
    if (whole.length() <= MAX_CHARS) {
      return whole;
    }
    boolean splitsPair = Character.isHighSurrogate(whole.charAt(MAX_CHARS - 1));
    return whole.substring(0, splitsPair ? MAX_CHARS - 1 : MAX_CHARS);
  }
}
