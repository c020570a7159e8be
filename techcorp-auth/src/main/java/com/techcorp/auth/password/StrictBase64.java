package com.techcorp.auth.password;

import com.techcorp.auth.spi.UnreadablePasswordHashException;
import java.util.Base64;

/** Base64 without padding, in its one canonical form: no bits are left over. */
final class StrictBase64 {
  private StrictBase64() {}

  static byte[] decode(String text) {
    byte[] bytes = decoded(text);
    if (!Base64.getEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
      throw unreadable();
    }
    return bytes;
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw unreadable();
    }
  }

  private static UnreadablePasswordHashException unreadable() {
    return new UnreadablePasswordHashException("has base64 that is not canonical");
  }
}
