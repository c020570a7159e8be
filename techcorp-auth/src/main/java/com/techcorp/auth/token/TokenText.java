package com.techcorp.auth.token;

import com.techcorp.auth.TokenRefusal;
import java.util.Base64;
import java.util.Map;

/**
 * A token taken apart, before anything of it is believed.
 *
 * @param header the first part as it came
 * @param payload the second part as it came
 * @param signature the third part as it came
 * @param headerMembers the JSON of the first part
 * @param payloadMembers the JSON of the second part
 */
record TokenText(
    String header,
    String payload,
    String signature,
    Map<String, Object> headerMembers,
    Map<String, Object> payloadMembers) {
  /** The most characters of a token: 8 kB, which is what servers allow a header. */
  static final int LONGEST = 8_192;

  /** Takes a token apart; one that is too long is not even looked at. */
  static TokenText of(String token) throws RefusedTokenException {
    if (token.length() > LONGEST) {
      throw new RefusedTokenException(TokenRefusal.TOO_LONG);
    }
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      throw new RefusedTokenException(TokenRefusal.NOT_THREE_PARTS);
    }
    String header = token.substring(0, first);
    String payload = token.substring(first + 1, second);
    String signature = token.substring(second + 1);
    byte[] headerJson = decoded(header);
    byte[] payloadJson = decoded(payload);
    decoded(signature);
    return new TokenText(
        header,
        payload,
        signature,
        StrictJson.members(headerJson),
        StrictJson.members(payloadJson));
  }

  /**
   * Decodes a part in its one canonical form. The JDK's decoder also takes padding, and a last
   * character with bits that belong to no byte: so there would be several texts of one token.
   */
  private static byte[] decoded(String part) throws RefusedTokenException {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw new RefusedTokenException(TokenRefusal.NOT_BASE64URL);
    }
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
      throw new RefusedTokenException(TokenRefusal.NOT_BASE64URL);
    }
    return bytes;
  }

  /** Returns a description without the token. */
  @Override
  public String toString() {
    return "TokenText[***]";
  }
}
