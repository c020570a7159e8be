package com.techcorp.auth.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.techcorp.auth.TokenClaims;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Tokens whose signature was right, each until it expires, and a bounded number of them. Only what
 * an issuer signed gets in, so a stranger fills nothing.
 */
final class RememberedTokens {
  /** After it the signature is checked again, of whatever lifetime the token is. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Cache<String, Remembered> tokens;
  private final InstantSource clock;
  private final Duration skew;

  RememberedTokens(TokenOptions options, InstantSource clock) {
    this.clock = clock;
    this.skew = options.skew();
    this.tokens =
        Caffeine.newBuilder()
            .maximumSize(options.remembered())
            .expireAfter(Expiry.creating((String token, Remembered it) -> untilExpiry(it)))
            .ticker(() -> nanos(clock.instant()))
            .executor(Runnable::run)
            .build();
  }

  /**
   * What is known of a token.
   *
   * @param claims what it says
   * @param key the key that signed it
   */
  record Remembered(TokenClaims claims, VerificationKey key) {}

  @Nullable Remembered find(String token) {
    return tokens.getIfPresent(token);
  }

  void add(String token, TokenClaims claims, VerificationKey key) {
    tokens.put(token, new Remembered(claims, key));
  }

  void forget(String token) {
    tokens.invalidate(token);
  }

  private Duration untilExpiry(Remembered token) {
    Duration left = Duration.between(clock.instant(), token.claims().expiresAt().plus(skew));
    return left.compareTo(LONGEST) < 0 ? left : LONGEST;
  }

  static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
  }
}
