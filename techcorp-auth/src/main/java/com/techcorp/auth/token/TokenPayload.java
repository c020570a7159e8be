package com.techcorp.auth.token;

import com.techcorp.auth.TokenClaims;
import com.techcorp.auth.TokenRefusal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules for a token's payload: each claim must be there, of its type. Others are ignored. */
final class TokenPayload {
  static final String EMAIL = "email";
  static final String SESSION = "sid";
  static final int LONGEST_EMAIL = 320;

  private static final int UUID_LENGTH = 36;
  private static final int TIME_ORDERED = 7;
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private final Map<String, Object> members;

  private TokenPayload(Map<String, Object> members) {
    this.members = members;
  }

  /** Reads the claims of a payload whose signature is right. */
  static TokenClaims claims(Map<String, Object> members, TokenOptions options)
      throws RefusedTokenException {
    TokenPayload payload = new TokenPayload(members);
    UUID user = payload.uuid("sub", TokenRefusal.INVALID_SUBJECT);
    String email = payload.email();
    UUID session = payload.uuid(SESSION, TokenRefusal.INVALID_SESSION);
    long issued = payload.second("iat", TokenRefusal.INVALID_ISSUED_AT);
    long expires = payload.second("exp", TokenRefusal.INVALID_EXPIRY);
    require(expires > issued, TokenRefusal.INVALID_EXPIRY);
    UUID token = payload.uuid("jti", TokenRefusal.INVALID_TOKEN_ID);
    require(token.version() == TIME_ORDERED, TokenRefusal.INVALID_TOKEN_ID);
    Instant issuedAt = Instant.ofEpochMilli(token.getMostSignificantBits() >>> 16);
    require(issuedAt.getEpochSecond() == issued, TokenRefusal.INVALID_TOKEN_ID);
    require(options.issuer().equals(members.get("iss")), TokenRefusal.WRONG_ISSUER);
    require(options.audience().equals(members.get("aud")), TokenRefusal.WRONG_AUDIENCE);
    return new TokenClaims(user, email, session, token, issuedAt, Instant.ofEpochSecond(expires));
  }

  static boolean isEmail(@Nullable Object value) {
    return value instanceof String text && !text.isBlank() && text.length() <= LONGEST_EMAIL;
  }

  private String email() throws RefusedTokenException {
    if (members.get(EMAIL) instanceof String text && isEmail(text)) {
      return text;
    }
    throw new RefusedTokenException(TokenRefusal.INVALID_EMAIL);
  }

  private UUID uuid(String claim, TokenRefusal reason) throws RefusedTokenException {
    if (members.get(claim) instanceof String text && text.length() == UUID_LENGTH) {
      try {
        UUID uuid = UUID.fromString(text);
        if (uuid.toString().equals(text)) {
          return uuid;
        }
      } catch (IllegalArgumentException e) {
        // Its message quotes the claim.
        throw new RefusedTokenException(reason);
      }
    }
    throw new RefusedTokenException(reason);
  }

  private long second(String claim, TokenRefusal reason) throws RefusedTokenException {
    if (members.get(claim) instanceof Long second && second >= 0 && second <= LAST_SECOND) {
      return second;
    }
    throw new RefusedTokenException(reason);
  }

  private static void require(boolean holds, TokenRefusal reason) throws RefusedTokenException {
    if (!holds) {
      throw new RefusedTokenException(reason);
    }
  }
}
