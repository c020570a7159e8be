package com.techcorp.auth.token;

import com.techcorp.auth.AccessToken;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.TokenVerifier;
import com.techcorp.auth.spi.TokenIssuer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Issues access tokens and verifies them: JWTs that are signed with RS256. Thread-safe; shows no
 * token and no key.
 *
 * <pre>{@code
 * AccessTokens tokens = AccessTokens.of(TokenKeys.of(SigningKey.generate()));
 * AccessToken token = tokens.issue(userId, email, sessionId);
 * TokenVerdict verdict = tokens.verify(token.value());
 * }</pre>
 *
 * <p>A service that only verifies needs no private key: {@link #verifier(VerificationKeys)}.
 */
public final class AccessTokens implements TokenIssuer, TokenVerifier {
  private final TokenIssuer issuer;
  private final TokenVerifier verifier;

  private AccessTokens(TokenIssuer issuer, TokenVerifier verifier) {
    this.issuer = issuer;
    this.verifier = verifier;
  }

  /**
   * Issues and verifies with {@link TokenOptions#DEFAULT} and this machine's clock.
   *
   * @param keys one of them signs
   * @return issuer and verifier
   */
  public static AccessTokens of(IssuerKeys keys) {
    return of(keys, TokenOptions.DEFAULT, InstantSource.system());
  }

  /**
   * Issues and verifies with options and a clock of the host's.
   *
   * @param keys one of them signs
   * @param options issuer, audience and times
   * @param clock the current time
   * @return issuer and verifier
   */
  public static AccessTokens of(IssuerKeys keys, TokenOptions options, InstantSource clock) {
    return new AccessTokens(new JwtIssuer(keys, options, clock), verifier(keys, options, clock));
  }

  /**
   * Issues and verifies with options and a clock of the host's, and refuses tokens that were
   * revoked.
   *
   * @param keys one of them signs
   * @param options issuer, audience and times
   * @param revocations what was revoked; one view serves all verifiers of a process
   * @param clock the current time
   * @return issuer and verifier
   */
  public static AccessTokens of(
      IssuerKeys keys, TokenOptions options, RevocationView revocations, InstantSource clock) {
    return new AccessTokens(
        new JwtIssuer(keys, options, clock), verifier(keys, options, revocations, clock));
  }

  /**
   * Verifies with {@link TokenOptions#DEFAULT} and this machine's clock.
   *
   * @param keys the issuer's public keys
   * @return a verifier
   */
  public static TokenVerifier verifier(VerificationKeys keys) {
    return verifier(keys, TokenOptions.DEFAULT, InstantSource.system());
  }

  /**
   * Verifies with options and a clock of the host's.
   *
   * @param keys the issuer's public keys
   * @param options issuer and audience that tokens must name, and times
   * @param clock the current time
   * @return a verifier
   */
  public static TokenVerifier verifier(
      VerificationKeys keys, TokenOptions options, InstantSource clock) {
    return new JwtVerifier(keys, options, null, clock);
  }

  /**
   * Verifies with {@link TokenOptions#DEFAULT} and this machine's clock, and refuses tokens that
   * were revoked.
   *
   * @param keys the issuer's public keys
   * @param revocations what was revoked; one view serves all verifiers of a process
   * @return a verifier
   */
  public static TokenVerifier verifier(VerificationKeys keys, RevocationView revocations) {
    return verifier(keys, TokenOptions.DEFAULT, revocations, InstantSource.system());
  }

  /**
   * Verifies with options and a clock of the host's, and refuses tokens that were revoked.
   *
   * @param keys the issuer's public keys
   * @param options issuer and audience that tokens must name, and times
   * @param revocations what was revoked; one view serves all verifiers of a process
   * @param clock the current time
   * @return a verifier
   */
  public static TokenVerifier verifier(
      VerificationKeys keys,
      TokenOptions options,
      RevocationView revocations,
      InstantSource clock) {
    return new JwtVerifier(keys, options, revocations, clock);
  }

  @Override
  public AccessToken issue(UUID userId, String email, UUID sessionId) {
    return issuer.issue(userId, email, sessionId);
  }

  @Override
  public Duration validity() {
    return issuer.validity();
  }

  @Override
  public TokenVerdict verify(String token) {
    return verifier.verify(token);
  }
}
