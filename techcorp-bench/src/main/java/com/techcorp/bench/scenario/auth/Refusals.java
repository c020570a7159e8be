package com.techcorp.bench.scenario.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.TokenVerifier;
import com.techcorp.auth.token.AccessTokens;
import com.techcorp.auth.token.TokenKeys;
import com.techcorp.auth.token.TokenOptions;
import com.techcorp.bench.database.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.HdrHistogram.Histogram;

/** How long a token that is too long takes to be refused, by java-jwt alone and by the library. */
final class Refusals {
  private static final int MEGABYTE = 1_000_000;
  private static final int DEPTH = 200_000;
  private static final int DIGITS = 3;
  private static final long LONGEST = Duration.ofMinutes(1).toNanos();
  private static final TokenVerdict TOO_LONG = new TokenVerdict.Refused(TokenRefusal.TOO_LONG);

  private final Duration measured;
  private final JWTVerifier bare;
  private final TokenVerifier library;

  /**
   * Measures nothing yet.
   *
   * @param measured how long tokens of one kind are refused, by both in turn
   */
  Refusals(Duration measured) {
    this.measured = measured;
    BenchKey key = BenchKey.generate();
    this.bare = JWT.require(Algorithm.RSA256(key.publicKey(), null)).build();
    this.library =
        AccessTokens.verifier(
            TokenKeys.of(key.signing()), TokenOptions.DEFAULT, InstantSource.system());
  }

  /**
   * What was measured.
   *
   * @param token which kind of token
   * @param bare times of java-jwt, in nanoseconds
   * @param library times of the library, in nanoseconds
   */
  record Result(String token, Histogram bare, Histogram library) {}

  List<Result> run() {
    return List.of(
        refused("1 MB", token("{\"sub\":\"" + "x".repeat(MEGABYTE) + "\"}")),
        refused("nested 200,000 deep", token("[".repeat(DEPTH))));
  }

  private static String token(String payload) {
    return base64url("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + base64url(payload) + ".c2ln";
  }

  private static String base64url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private Result refused(String kind, String token) {
    Result result =
        new Result(kind, new Histogram(LONGEST, DIGITS), new Histogram(LONGEST, DIGITS));
    long until = System.nanoTime() + measured.toNanos();
    do {
      record(result.bare(), () -> refusedByJavaJwt(token));
      record(result.library(), () -> refusedByLibrary(token));
    } while (System.nanoTime() - until < 0);
    return result;
  }

  private static void record(Histogram times, Runnable refusal) {
    long began = System.nanoTime();
    refusal.run();
    times.recordValue(Math.min(System.nanoTime() - began, LONGEST));
  }

  private void refusedByJavaJwt(String token) {
    try {
      bare.verify(token);
    } catch (JWTVerificationException e) {
      return;
    }
    throw new Verification.FailedException("java-jwt accepted a token without a signature");
  }

  private void refusedByLibrary(String token) {
    if (!library.verify(token).equals(TOO_LONG)) {
      throw new Verification.FailedException("a token was not refused as too long");
    }
  }
}
