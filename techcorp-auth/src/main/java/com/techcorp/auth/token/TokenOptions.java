package com.techcorp.auth.token;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * What tokens say of their origin, how long they are valid, and how many verified ones are
 * remembered. Issuer and verifier must agree on the first two. Immutable: each {@code with} method
 * returns a changed copy.
 *
 * @param issuer the claim {@code iss}. Default {@code https://auth.techcorp.com}
 * @param audience the claim {@code aud}. Default {@code techcorp-services}
 * @param lifetime how long an issued token is valid. Default 1,800 s
 * @param skew how far the clocks of issuer and verifier may differ. Default 5 s
 * @param remembered verified tokens that a verifier remembers at the most, each until it expires;
 *     one that comes again costs no second signature check. Each takes as much memory as its text,
 *     about 1 kB. Default 10,000
 */
public record TokenOptions(
    String issuer, String audience, Duration lifetime, Duration skew, int remembered) {
  /** The defaults named above. */
  public static final TokenOptions DEFAULT =
      new TokenOptions(
          "https://auth.techcorp.com",
          "techcorp-services",
          Duration.ofSeconds(1_800),
          Duration.ofSeconds(5),
          10_000);

  private static final int LONGEST_TEXT = 1_000;

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public TokenOptions {
    requireText("TokenOptions.issuer", issuer);
    requireText("TokenOptions.audience", audience);
    Require.between(
        "TokenOptions.lifetime", lifetime, Duration.ofSeconds(1), Duration.ofSeconds(86_400));
    Require.that(
        lifetime.toNanosPart() == 0,
        "TokenOptions.lifetime",
        "a whole number of seconds",
        lifetime);
    Require.between("TokenOptions.skew", skew, Duration.ZERO, Duration.ofSeconds(60));
    Require.atLeast("TokenOptions.remembered", remembered, 0);
  }

  private static void requireText(String option, String value) {
    Require.that(!value.isBlank(), option, "a text", "blank");
    Require.that(
        value.length() <= LONGEST_TEXT,
        option,
        LONGEST_TEXT + " characters at the most",
        value.length());
  }

  /**
   * Changes the issuer.
   *
   * @param issuer the claim {@code iss}, 1 to 1000 characters; default {@code
   *     https://auth.techcorp.com}
   * @return a changed copy
   */
  public TokenOptions withIssuer(String issuer) {
    return new TokenOptions(issuer, audience, lifetime, skew, remembered);
  }

  /**
   * Changes the audience.
   *
   * @param audience the claim {@code aud}, 1 to 1000 characters; default {@code techcorp-services}
   * @return a changed copy
   */
  public TokenOptions withAudience(String audience) {
    return new TokenOptions(issuer, audience, lifetime, skew, remembered);
  }

  /**
   * Changes how long an issued token is valid.
   *
   * @param lifetime 1 s to 24 h, in whole seconds; default 1,800 s
   * @return a changed copy
   */
  public TokenOptions withLifetime(Duration lifetime) {
    return new TokenOptions(issuer, audience, lifetime, skew, remembered);
  }

  /**
   * Changes how far the clocks of issuer and verifier may differ.
   *
   * @param skew 0 to 60 s; default 5 s
   * @return a changed copy
   */
  public TokenOptions withSkew(Duration skew) {
    return new TokenOptions(issuer, audience, lifetime, skew, remembered);
  }

  /**
   * Changes how many verified tokens are remembered at the most.
   *
   * @param remembered tokens; 0 to check each signature each time; default 10,000
   * @return a changed copy
   */
  public TokenOptions withRemembered(int remembered) {
    return new TokenOptions(issuer, audience, lifetime, skew, remembered);
  }
}
