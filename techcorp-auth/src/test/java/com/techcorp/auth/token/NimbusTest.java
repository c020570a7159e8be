package com.techcorp.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.techcorp.auth.AccessToken;
import com.techcorp.auth.TokenClaims;
import com.techcorp.auth.TokenVerdict;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Another implementation of JOSE reads what we write, and we read what it writes. */
class NimbusTest {
  private static final TokenKeys KEYS =
      TokenKeys.of(TestTokens.KEY).alsoVerifying(TestTokens.OTHER_KEY.verificationKey());

  @Test
  void verifiesOurTokenByOurDocument() throws ParseException, BadJOSEException, JOSEException {
    // given
    AccessToken token =
        AccessTokens.of(KEYS).issue(TestTokens.USER, TestTokens.EMAIL, TestTokens.SESSION);

    // when
    JWTClaimsSet claims = verifier(KEYS.jwks()).process(token.value(), null);

    // then
    TokenClaims ours = token.claims();
    assertThat(claims.getSubject()).isEqualTo(TestTokens.USER.toString());
    assertThat(claims.getStringClaim("email")).isEqualTo(TestTokens.EMAIL);
    assertThat(claims.getStringClaim("sid")).isEqualTo(TestTokens.SESSION.toString());
    assertThat(claims.getJWTID()).isEqualTo(ours.tokenId().toString());
    assertThat(claims.getExpirationTime().toInstant()).isEqualTo(ours.expiresAt());
  }

  @Test
  void readsEachKeyOfOurDocumentUnderTheIdThatItDerivesItself()
      throws ParseException, JOSEException {
    // given
    JWKSet document = JWKSet.parse(KEYS.jwks().json());

    // then
    assertThat(document.getKeys()).hasSize(2);
    for (SigningKey key : new SigningKey[] {TestTokens.KEY, TestTokens.OTHER_KEY}) {
      RSAKey read = document.getKeyByKeyId(key.verificationKey().id()).toRSAKey();
      assertThat(read.toRSAPublicKey()).isEqualTo(key.verificationKey().publicKey());
      assertThat(read.computeThumbprint()).hasToString(key.verificationKey().id());
      assertThat(read.getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
      assertThat(read.isPrivate()).isFalse();
    }
  }

  @Test
  void issuesATokenThatWeVerifyByItsDocument() throws JOSEException {
    // given
    UUID tokenId = TestTokens.tokenId(TestTokens.NOW.toEpochMilli());
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer("https://auth.techcorp.com")
            .audience("techcorp-services")
            .subject(TestTokens.USER.toString())
            .claim("email", TestTokens.EMAIL)
            .claim("sid", TestTokens.SESSION.toString())
            .jwtID(tokenId.toString())
            .issueTime(Date.from(TestTokens.NOW))
            .expirationTime(Date.from(TestTokens.NOW.plusSeconds(1_800)))
            .build();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID("its-key").build();
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(new RSASSASigner(TestTokens.KEY.privateKey()));
    RSAKey key =
        new RSAKey.Builder(TestTokens.KEY.verificationKey().publicKey()).keyID("its-key").build();
    var document = JwksReader.keys(new JWKSet(key).toString());

    // when
    TokenVerdict verdict =
        AccessTokens.verifier(
                keyId -> Optional.ofNullable(document.get(keyId)),
                TokenOptions.DEFAULT,
                TestTokens.clock())
            .verify(token.serialize());

    // then
    Instant expires = Instant.ofEpochSecond(TestTokens.NOW.getEpochSecond() + 1_800);
    assertThat(verdict)
        .isEqualTo(
            new TokenVerdict.Valid(
                new TokenClaims(
                    TestTokens.USER,
                    TestTokens.EMAIL,
                    TestTokens.SESSION,
                    tokenId,
                    TestTokens.NOW,
                    expires)));
  }

  private static DefaultJWTProcessor<SecurityContext> verifier(Jwks document)
      throws ParseException {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.RS256, new ImmutableJWKSet<>(JWKSet.parse(document.json()))));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            "techcorp-services",
            new JWTClaimsSet.Builder().issuer("https://auth.techcorp.com").build(),
            Set.of("sub", "email", "iat", "exp", "sid", "jti")));
    return processor;
  }
}
