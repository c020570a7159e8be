package com.techcorp.error.internal;

import com.techcorp.error.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Checks texts from outside, so that every storage can keep them unchanged. */
public final class Texts {
  private static final int MAX_CHARS = 500;

  private Texts() {}

  /**
   * Checks a reason, a name, a note.
   *
   * @param field its name for the caller
   * @param text what was given; null counts as missing
   * @return the text
   * @throws InvalidInputException unless it has 1 to 500 characters, without NUL or half a
   *     surrogate pair
   */
  public static String kept(String field, @Nullable String text) {
    if (text == null || text.isBlank() || text.length() > MAX_CHARS) {
      throw new InvalidInputException(
          field, "must have 1 to " + MAX_CHARS + " characters: it is kept");
    }
    if (text.codePoints().anyMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF))) {
      throw new InvalidInputException(field, "must not hold NUL or half a surrogate pair");
    }
    return text;
  }
}
