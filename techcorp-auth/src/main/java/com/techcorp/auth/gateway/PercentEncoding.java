package com.techcorp.auth.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * How a text beyond ASCII stands in a header: its UTF-8, in which each byte is {@code %} and two
 * hexadecimal digits (RFC 3986). Only letters and digits of ASCII and {@code - . _ ~ @} stand for
 * themselves. So each text has one form, which has no space and no plus sign.
 */
final class PercentEncoding {
  private static final String DIGITS = "0123456789ABCDEF";

  private PercentEncoding() {}

  /** Half of a surrogate pair has no UTF-8. */
  static boolean isEncodable(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      if (standsForItself((char) (each & 0xFF))) {
        encoded.append((char) each);
      } else {
        encoded
            .append('%')
            .append(DIGITS.charAt(each >> 4 & 0xF))
            .append(DIGITS.charAt(each & 0xF));
      }
    }
    return encoded.toString();
  }

  /**
   * Returns the text of which this is the one encoded form.
   *
   * @throws CharacterCodingException if it is no such form
   */
  static String decode(String encoded) throws CharacterCodingException {
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
    int next = 0;
    while (next < encoded.length()) {
      char c = encoded.charAt(next);
      if (standsForItself(c)) {
        bytes.put((byte) c);
        next++;
      } else {
        bytes.put(escaped(encoded, next));
        next += 3;
      }
    }
    String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    if (!encode(text).equals(encoded)) {
      throw new CharacterCodingException();
    }
    return text;
  }

  private static byte escaped(String encoded, int at) throws CharacterCodingException {
    if (encoded.charAt(at) != '%' || at + 2 >= encoded.length()) {
      throw new CharacterCodingException();
    }
    int high = DIGITS.indexOf(encoded.charAt(at + 1));
    int low = DIGITS.indexOf(encoded.charAt(at + 2));
    if (high < 0 || low < 0) {
      throw new CharacterCodingException();
    }
    return (byte) (high << 4 | low);
  }

  private static boolean standsForItself(char c) {
    return HeaderSyntax.isLetterOrDigit(c) || "-._~@".indexOf(c) >= 0;
  }
}
