package com.techcorp.cli;

/**
 * Texts of others', such as what a client says of its device, as a terminal may show them: on one
 * line, and with everything escaped that a terminal obeys or that changes the direction of writing.
 */
final class Printable {
  private Printable() {}

  static String of(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(c, printable));
    return printable.toString();
  }

  private static void append(int c, StringBuilder to) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          to.append(c > 0xFFFF ? String.format("\\U%08x", c) : String.format("\\u%04x", c));
      default -> to.appendCodePoint(c);
    }
  }
}
