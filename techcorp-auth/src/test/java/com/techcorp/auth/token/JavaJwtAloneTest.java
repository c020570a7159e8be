package com.techcorp.auth.token;

import static com.techcorp.auth.token.TestTokens.header;
import static com.techcorp.auth.token.TestTokens.json;
import static com.techcorp.auth.token.TestTokens.payload;
import static com.techcorp.auth.token.TestTokens.signed;
import static com.techcorp.auth.token.TestTokens.with;
import static com.techcorp.auth.token.TestTokens.without;
import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Why the checks around java-jwt are there: what it accepts by itself, and what we answer. */
class JavaJwtAloneTest {
  private static final UUID INTRUDER = UUID.fromString("11111111-1111-4111-8111-111111111111");

  private final JWTVerifier alone =
      ((JWTVerifier.BaseVerification)
              JWT.require(Algorithm.RSA256(TestTokens.KEY.verificationKey().publicKey(), null))
                  .withIssuer("https://auth.techcorp.com")
                  .withAudience("techcorp-services")
                  .acceptLeeway(5))
          .build(Clock.fixed(TestTokens.NOW, ZoneOffset.UTC));

  private final AccessTokens ours = TestTokens.tokens();

  @Test
  void aChangedLastCharacter() {
    // given
    String token = TestTokens.issued().value();
    int last = token.length() - 1;
    String changed = token.substring(0, last) + (char) (token.charAt(last) + 1);

    // when
    DecodedJWT accepted = alone.verify(changed);

    // then
    assertThat(accepted.getSubject()).isEqualTo(TestTokens.USER.toString());
    assertThat(ours.verify(changed)).isEqualTo(refused(TokenRefusal.NOT_BASE64URL));
  }

  @Test
  void aDoubledSubjectOfWhichItTakesTheLater() {
    // given
    String json = json(payload());
    String doubled = json.substring(0, json.length() - 1) + ",\"sub\":\"" + INTRUDER + "\"}";
    String token = signed(json(header()), doubled);

    // when
    DecodedJWT accepted = alone.verify(token);

    // then
    assertThat(accepted.getSubject()).isEqualTo(INTRUDER.toString());
    assertThat(ours.verify(token)).isEqualTo(refused(TokenRefusal.NOT_STRICT_JSON));
  }

  @Test
  @Tag("T53")
  void aMissingExpiry() {
    // given
    String token = signed(header(), without(payload(), "exp"));

    // when
    DecodedJWT accepted = alone.verify(token);

    // then
    assertThat(accepted.getExpiresAt()).isNull();
    assertThat(ours.verify(token)).isEqualTo(refused(TokenRefusal.INVALID_EXPIRY));
  }

  @Test
  void aSecondAudience() {
    // given
    String token =
        signed(header(), with(payload(), "aud", "[\"techcorp-services\",\"other-services\"]"));

    // when
    DecodedJWT accepted = alone.verify(token);

    // then
    assertThat(accepted.getAudience()).containsExactly("techcorp-services", "other-services");
    assertThat(ours.verify(token)).isEqualTo(refused(TokenRefusal.WRONG_AUDIENCE));
  }

  private static TokenVerdict refused(TokenRefusal reason) {
    return new TokenVerdict.Refused(reason);
  }
}
