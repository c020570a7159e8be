package com.techcorp.auth;

import com.techcorp.error.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A password that somebody sent, exactly as it arrived: nothing is trimmed, folded or normalised.
 * It has 1 to 1,024 bytes as UTF-8, so that nothing hashes a longer one. Immutable; its text shows
 * no value. It is equal to nothing but itself: a password is only ever compared with a hash, in
 * constant time.
 */
public final class Password {
  /** How many bytes a password may have, as UTF-8. */
  public static final int MOST_BYTES = 1_024;

  private static final String FIELD = "password";

  private final byte[] utf8;

  private Password(byte[] utf8) {
    this.utf8 = utf8;
  }

  /**
   * Takes a password. An exception names the field {@code password}.
   *
   * @param text as it arrived
   * @return the password
   * @throws InvalidInputException if it is null, empty, longer than 1,024 bytes, or no Unicode
   */
  public static Password of(@Nullable String text) {
    return of(FIELD, text);
  }

  /**
   * Takes a password of a certain field, such as {@code newPassword}.
   *
   * @param field what an exception names
   * @param text as it arrived
   * @return the password
   * @throws InvalidInputException if it is null, empty, longer than 1,024 bytes, or no Unicode
   */
  public static Password of(String field, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new InvalidInputException(field, "is missing");
    }
    // Before anything looks at the text: each character is one byte at the least.
    if (text.length() > MOST_BYTES) {
      throw tooLong(field);
    }
    byte[] utf8 = encoded(field, text);
    if (utf8.length > MOST_BYTES) {
      throw tooLong(field);
    }
    return new Password(utf8);
  }

  private static InvalidInputException tooLong(String field) {
    return new InvalidInputException(field, "must have " + MOST_BYTES + " bytes at the most");
  }

  private static byte[] encoded(String field, String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] utf8 = new byte[bytes.remaining()];
      bytes.get(utf8);
      return utf8;
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(field, "must be Unicode, without half a surrogate pair");
    }
  }

  /**
   * Returns the password's bytes.
   *
   * @return a new array, in UTF-8, for the caller to overwrite
   */
  public byte[] utf8() {
    return utf8.clone();
  }

  /**
   * Counts the characters.
   *
   * @return how many Unicode code points the password has
   */
  public int characters() {
    int characters = 0;
    for (byte each : utf8) {
      boolean continued = (each & 0xC0) == 0x80;
      if (!continued) {
        characters++;
      }
    }
    return characters;
  }

  /** Returns a description without the password: it may end up in a log. */
  @Override
  public String toString() {
    return "Password[***]";
  }
}
