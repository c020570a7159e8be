package com.techcorp.auth.token;

import com.techcorp.auth.TokenRefusal;
import java.util.List;
import java.util.Map;

/** The rules for a token's header. It names a key; it chooses neither algorithm nor key. */
final class TokenHeader {
  static final String ALGORITHM = "RS256";
  static final String TYPE = "JWT";

  private static final int LONGEST_KEY_ID = 128;

  /** Each would let the token say where its key is, or how it is to be read. */
  private static final List<String> FORBIDDEN = List.of("jku", "jwk", "x5u", "crit", "zip");

  private TokenHeader() {}

  /** Checks a header and returns the id of the key, which is good for looking it up only. */
  static String keyId(Map<String, Object> header) throws RefusedTokenException {
    if (!(header.get("kid") instanceof String keyId)
        || keyId.isEmpty()
        || keyId.length() > LONGEST_KEY_ID) {
      throw new RefusedTokenException(TokenRefusal.INVALID_KEY_ID);
    }
    if (!ALGORITHM.equals(header.get("alg"))) {
      throw new RefusedTokenException(TokenRefusal.WRONG_ALGORITHM);
    }
    if (header.containsKey("typ") && !TYPE.equals(header.get("typ"))) {
      throw new RefusedTokenException(TokenRefusal.WRONG_TYPE);
    }
    for (String name : FORBIDDEN) {
      if (header.containsKey(name)) {
        throw new RefusedTokenException(TokenRefusal.FORBIDDEN_HEADER);
      }
    }
    return keyId;
  }
}
