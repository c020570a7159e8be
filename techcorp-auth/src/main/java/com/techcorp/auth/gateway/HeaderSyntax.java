package com.techcorp.auth.gateway;

/** What HTTP allows in the names and values of headers (RFC 9110, section 5). */
final class HeaderSyntax {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private HeaderSyntax() {}

  /** A name is a token: so there is no space, no line break, no NUL, and nothing beyond ASCII. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> isLetterOrDigit((char) c) || TOKEN_MARKS.indexOf(c) >= 0);
  }

  /**
   * A value has no control characters but the tab. A character above U+00FF is no byte of a header
   * either: a writer that cuts it to its low byte makes a line break of U+010A.
   */
  static boolean isValue(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7F && c <= 0xFF));
  }

  /** Whether a text has at least one character and only visible ones of ASCII. */
  static boolean isVisible(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
