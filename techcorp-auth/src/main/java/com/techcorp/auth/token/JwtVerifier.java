package com.techcorp.auth.token;

import com.techcorp.auth.TokenClaims;
import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.TokenVerifier;
import com.techcorp.auth.token.RememberedTokens.Remembered;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks a token step by step, in the order of {@link TokenRefusal}: first what costs nothing, then
 * the signature, and only then what the token says. A token that is remembered skips the signature,
 * but not its time, whether its key is still there, and whether it was revoked.
 */
final class JwtVerifier implements TokenVerifier {
  private final VerificationKeys keys;
  private final TokenOptions options;
  private final @Nullable RevocationView revocations;
  private final InstantSource clock;
  private final RememberedTokens remembered;

  /**
   * @param revocations null: tokens are valid until they expire
   */
  JwtVerifier(
      VerificationKeys keys,
      TokenOptions options,
      @Nullable RevocationView revocations,
      InstantSource clock) {
    this.keys = keys;
    this.options = options;
    this.revocations = revocations;
    this.clock = clock;
    this.remembered = new RememberedTokens(options, clock);
  }

  @Override
  public TokenVerdict verify(String token) {
    Objects.requireNonNull(token, "token");
    try {
      TokenClaims known = rememberedClaims(token);
      TokenClaims claims = known != null ? known : checkedClaims(token);
      if (revocations != null) {
        revocations.require(claims);
      }
      return new TokenVerdict.Valid(claims);
    } catch (RefusedTokenException e) {
      return new TokenVerdict.Refused(e.reason());
    }
  }

  /** Returns what a remembered token says; null if it must be checked. */
  private @Nullable TokenClaims rememberedClaims(String token) throws RefusedTokenException {
    // To look for a long text is to read it.
    Remembered known = token.length() > TokenText.LONGEST ? null : remembered.find(token);
    if (known == null) {
      return null;
    }
    VerificationKey key = known.key();
    if (keys.find(key.id()).filter(key::equals).isEmpty()) {
      remembered.forget(token);
      return null;
    }
    requireTime(known.claims(), clock.instant());
    return known.claims();
  }

  private TokenClaims checkedClaims(String token) throws RefusedTokenException {
    TokenText text = TokenText.of(token);
    String keyId = TokenHeader.keyId(text.headerMembers());
    VerificationKey key =
        keys.find(keyId).orElseThrow(() -> new RefusedTokenException(TokenRefusal.UNKNOWN_KEY));
    SignedText.check(text, key);
    TokenClaims claims = TokenPayload.claims(text.payloadMembers(), options);
    requireTime(claims, clock.instant());
    remembered.add(token, claims, key);
    return claims;
  }

  private void requireTime(TokenClaims claims, Instant now) throws RefusedTokenException {
    if (!now.isBefore(claims.expiresAt().plus(options.skew()))) {
      throw new RefusedTokenException(TokenRefusal.EXPIRED);
    }
    if (claims.issuedAt().isAfter(now.plus(options.skew()))) {
      throw new RefusedTokenException(TokenRefusal.NOT_YET_VALID);
    }
  }
}
