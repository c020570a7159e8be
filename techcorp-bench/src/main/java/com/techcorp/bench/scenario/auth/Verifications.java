package com.techcorp.bench.scenario.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.TokenVerifier;
import com.techcorp.auth.token.AccessTokens;
import com.techcorp.auth.token.TokenKeys;
import com.techcorp.auth.token.TokenOptions;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.CallLoop;
import com.techcorp.bench.measure.Rounds;
import com.techcorp.bench.measure.SliceTimes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Access tokens that a verifier sees for the first time, and again, beside java-jwt alone with the
 * same checks. One thread verifies.
 */
final class Verifications implements Measurement {
  /** Fewer than a verifier remembers. */
  private static final int TOKENS = 250;

  /** No run lasts for longer. */
  private static final TokenOptions OPTIONS =
      TokenOptions.DEFAULT.withLifetime(Duration.ofHours(24));

  private static final InstantSource CLOCK = InstantSource.system();
  private static final double WANTED_FIRST = 0.9;
  private static final double WANTED_AGAIN = 20;

  private final SliceTimes times;
  private final int rounds;
  private final BenchKey key = BenchKey.generate();
  private final TokenKeys keys = TokenKeys.of(key.signing());

  Verifications(SliceTimes times, int rounds) {
    this.times = times;
    this.rounds = rounds;
  }

  @Override
  public List<AuthRow> run() throws InterruptedException {
    AccessTokens issuer = AccessTokens.of(keys, OPTIONS, CLOCK);
    List<byte[]> tokens =
        IntStream.range(0, TOKENS).mapToObj(i -> issued(issuer, "user-" + i)).toList();
    List<List<Double>> rates =
        Rounds.rates(
            rounds,
            List.of(
                () -> rate(bare(new Arriving(tokens))),
                () -> rate(new FirstTime(new Arriving(tokens))),
                () -> rate(again(new Arriving(tokens)))));
    return List.of(
        AuthRow.of(
            "a token is verified for the first time", rates.get(0), rates.get(1), WANTED_FIRST),
        AuthRow.of("a token is verified again", rates.get(0), rates.get(2), WANTED_AGAIN));
  }

  private static byte[] issued(AccessTokens issuer, String name) {
    String token =
        issuer.issue(UUID.randomUUID(), name + "@example.com", UUID.randomUUID()).value();
    return token.getBytes(StandardCharsets.US_ASCII);
  }

  private double rate(CallLoop.Call call) throws InterruptedException {
    return new CallLoop(List.of(call)).perSecond(times);
  }

  /** Tokens as a server reads them: each time a new text, whose hash nobody has computed yet. */
  private static final class Arriving {
    private final List<byte[]> tokens;
    private int next;

    Arriving(List<byte[]> tokens) {
      this.tokens = tokens;
    }

    String next() {
      String token = new String(tokens.get(next), StandardCharsets.US_ASCII);
      next = (next + 1) % tokens.size();
      return token;
    }

    /** Whether the next token is the first one. */
    boolean atFirst() {
      return next == 0;
    }
  }

  private CallLoop.Call bare(Arriving tokens) {
    JWTVerifier verifier =
        JWT.require(Algorithm.RSA256(key.publicKey(), null))
            .withIssuer(OPTIONS.issuer())
            .withAudience(OPTIONS.audience())
            .withClaimPresence("sub")
            .withClaimPresence("email")
            .withClaimPresence("iat")
            .withClaimPresence("exp")
            .withClaimPresence("sid")
            .withClaimPresence("jti")
            .acceptLeeway(OPTIONS.skew().toSeconds())
            .build();
    return () -> {
      if (verifier.verify(tokens.next()).getSubject().isEmpty()) {
        throw new Verification.FailedException("java-jwt read a token without a subject");
      }
    };
  }

  /** Verifies each token with a verifier that has not seen it. */
  private final class FirstTime implements CallLoop.Call {
    private final Arriving tokens;
    private TokenVerifier verifier = verifier();

    FirstTime(Arriving tokens) {
      this.tokens = tokens;
    }

    @Override
    public void run() {
      if (tokens.atFirst()) {
        verifier = verifier();
      }
      verify(verifier, tokens.next());
    }
  }

  private CallLoop.Call again(Arriving tokens) {
    TokenVerifier verifier = verifier();
    for (int i = 0; i < TOKENS; i++) {
      verify(verifier, tokens.next());
    }
    return () -> verify(verifier, tokens.next());
  }

  private TokenVerifier verifier() {
    return AccessTokens.verifier(keys, OPTIONS, CLOCK);
  }

  private static void verify(TokenVerifier verifier, String token) {
    TokenVerdict verdict = verifier.verify(token);
    if (!(verdict instanceof TokenVerdict.Valid)) {
      throw new Verification.FailedException("a good token was answered with " + verdict);
    }
  }
}
