package com.techcorp.search.internal;

import com.techcorp.json.JsonObject;
import com.techcorp.search.InvalidQueryException;
import com.techcorp.search.Match;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes cursors as texts for URLs, and reads them back. A text is signed, so that no sort value is
 * a stranger's choice, and starts with its version, so that a later build can tell an old one.
 * Thread-safe.
 */
final class CursorCodec {
  private static final byte VERSION = 1;
  private static final int MAC_LENGTH = 16;
  private static final int MAX_TEXT = 8_192;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  CursorCodec(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  String write(Cursor cursor) {
    List<String> after = cursor.after().stream().map(CursorCodec::typed).toList();
    JsonObject.Builder json =
        JsonObject.builder()
            .put("q", cursor.query())
            .put("m", cursor.match().name())
            .put("t", cursor.text())
            .putTexts("a", after)
            .put("at", cursor.issuedAt().toEpochMilli());
    if (cursor.snapshot() != null) {
      json.put("s", cursor.snapshot());
    }
    byte[] payload = json.build().toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer text = ByteBuffer.allocate(1 + payload.length + MAC_LENGTH);
    text.put(VERSION).put(payload);
    text.put(mac(text.array(), 1 + payload.length));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.array());
  }

  /**
   * Reads a cursor.
   *
   * @throws InvalidQueryException if it was not written with this key, or by another version
   */
  Cursor read(String text) {
    byte[] bytes = decoded(text);
    int length = bytes.length - MAC_LENGTH;
    if (length < 2 || bytes[0] != VERSION) {
      throw unusable();
    }
    byte[] given = Arrays.copyOfRange(bytes, length, bytes.length);
    if (!MessageDigest.isEqual(given, mac(bytes, length))) {
      throw unusable();
    }
    JsonObject json = JsonObject.parse(new String(bytes, 1, length - 1, StandardCharsets.UTF_8));
    List<Object> after = new ArrayList<>();
    if (json.get("a") instanceof List<?> values) {
      values.forEach(value -> after.add(value((String) value)));
    }
    return new Cursor(
        json.text("q"),
        Match.valueOf(json.text("m")),
        json.text("t"),
        after,
        json.textOrNull("s"),
        Instant.ofEpochMilli(json.number("at")));
  }

  private static byte[] decoded(String text) {
    if (text.length() > MAX_TEXT) {
      throw unusable();
    }
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw unusable();
    }
  }

  private static InvalidQueryException unusable() {
    return new InvalidQueryException("cursor", "it is none that this index gave: begin again");
  }

  /** Keeps the type of a sort value, and all bits of a number. */
  private static String typed(Object value) {
    if (value instanceof Double number) {
      return "d" + Double.toHexString(number);
    }
    return value instanceof Long number ? "l" + number : "t" + value;
  }

  private static Object value(String typed) {
    String text = typed.substring(1);
    return switch (typed.charAt(0)) {
      case 'd' -> Double.valueOf(text);
      case 'l' -> Long.valueOf(text);
      default -> text;
    };
  }

  private byte[] mac(byte[] bytes, int length) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(bytes, 0, length);
      return Arrays.copyOf(mac.doFinal(), MAC_LENGTH);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
