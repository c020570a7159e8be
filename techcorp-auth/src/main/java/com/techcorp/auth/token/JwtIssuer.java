package com.techcorp.auth.token;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.auth.AccessToken;
import com.techcorp.auth.TokenClaims;
import com.techcorp.auth.spi.TokenIssuer;
import com.techcorp.error.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Writes and signs tokens. */
final class JwtIssuer implements TokenIssuer {
  private final IssuerKeys keys;
  private final TokenOptions options;
  private final InstantSource clock;

  JwtIssuer(IssuerKeys keys, TokenOptions options, InstantSource clock) {
    this.keys = keys;
    this.options = options;
    this.clock = clock;
  }

  @Override
  public AccessToken issue(UUID userId, String email, UUID sessionId) {
    if (!TokenPayload.isEmail(email)) {
      throw new InvalidInputException(
          "email", "must have 1 to " + TokenPayload.LONGEST_EMAIL + " characters");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    // Asked for after the time: a process that stands still in between signs by an old key, but
    // then what it signs expires as early as if it had been signed in time.
    SigningKey key = keys.signing();
    Instant expires = now.truncatedTo(ChronoUnit.SECONDS).plus(options.lifetime());
    UUID tokenId = UuidCreator.getTimeOrderedEpoch(now);
    String value =
        JWT.create()
            .withKeyId(key.verificationKey().id())
            .withIssuer(options.issuer())
            .withAudience(options.audience())
            .withSubject(userId.toString())
            .withClaim(TokenPayload.EMAIL, email)
            .withClaim(TokenPayload.SESSION, sessionId.toString())
            .withJWTId(tokenId.toString())
            .withIssuedAt(now)
            .withExpiresAt(expires)
            .sign(Algorithm.RSA256(key.verificationKey().publicKey(), key.privateKey()));
    return new AccessToken(value, new TokenClaims(userId, email, sessionId, tokenId, now, expires));
  }

  @Override
  public Duration validity() {
    return options.lifetime().plus(options.skew());
  }
}
