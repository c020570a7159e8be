package com.techcorp.auth.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;

/**
 * The signature of context headers: HMAC-SHA256 over a label, the request line, and each header
 * that is there, name and value. Each part stands after its length, so that no two requests have
 * the same bytes.
 */
final class ContextSignature {
  /** What is signed with the key for another purpose must not pass for this. */
  private static final String LABEL = "techcorp-context";

  private ContextSignature() {}

  static String of(Mac mac, RequestLine request, Map<String, String> values) {
    part(mac, LABEL);
    part(mac, request.method());
    part(mac, request.path());
    part(mac, request.query());
    for (String name : ContextHeaders.SIGNED) {
      String value = values.get(name);
      if (value != null) {
        part(mac, name);
        part(mac, value);
      }
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
  }

  private static void part(Mac mac, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    mac.update(bytes);
  }
}
