package com.techcorp.error;

/**
 * Texts as every storage and every log takes them: one line of bounded length, with control
 * characters, line separators and characters that change the direction of writing escaped, and with
 * a replacement for NUL and half surrogate pairs.
 */
final class OneLine {
  private static final int MAX_CHARS = 500;

  private OneLine() {}

  static String of(String text) {
    return cut(escaped(text));
  }

  private static String escaped(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(c, clean));
    return clean.toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7F) {
        return false;
      }
    }
    return true;
  }

  private static void append(int c, StringBuilder to) {
    if (c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      to.append('\uFFFD');
    } else if (c == '\n') {
      to.append("\\n");
    } else if (c == '\r') {
      to.append("\\r");
    } else if (c == '\t') {
      to.append("\\t");
    } else if (isInvisible(c)) {
      to.append(String.format("\\u%04x", c));
    } else {
      to.appendCodePoint(c);
    }
  }

  private static boolean isInvisible(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static String cut(String text) {
    if (text.length() <= MAX_CHARS) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_CHARS - 1));
    return text.substring(0, splitsPair ? MAX_CHARS - 1 : MAX_CHARS);
  }
}
