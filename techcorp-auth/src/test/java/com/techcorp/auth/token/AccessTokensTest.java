package com.techcorp.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.techcorp.auth.AccessToken;
import com.techcorp.auth.TokenClaims;
import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.TokenVerifier;
import com.techcorp.error.InvalidInputException;
import com.techcorp.error.WiringException;
import com.techcorp.json.JsonObject;
import com.techcorp.testkit.SteppedClock;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
  private final SteppedClock clock = TestTokens.clock();
  private final AccessTokens tokens =
      AccessTokens.of(TokenKeys.of(TestTokens.KEY), TokenOptions.DEFAULT, clock);

  @Test
  void aTokenHasExactlyTheseMembers() {
    // when
    AccessToken token = issued();

    // then
    long second = TestTokens.NOW.getEpochSecond();
    assertThat(JsonObject.parse(TestTokens.decoded(token.value(), 0)))
        .isEqualTo(
            Map.of("alg", "RS256", "typ", "JWT", "kid", TestTokens.KEY.verificationKey().id()));
    assertThat(JsonObject.parse(TestTokens.decoded(token.value(), 1)))
        .isEqualTo(
            Map.of(
                "sub",
                TestTokens.USER.toString(),
                "email",
                TestTokens.EMAIL,
                "iat",
                second,
                "exp",
                second + 1_800,
                "iss",
                "https://auth.techcorp.com",
                "aud",
                "techcorp-services",
                "sid",
                TestTokens.SESSION.toString(),
                "jti",
                token.claims().tokenId().toString()));
  }

  @Test
  void whatWasIssuedIsValidAndSaysTheSame() {
    // given
    AccessToken token = issued();

    // when
    TokenVerdict verdict = tokens.verify(token.value());

    // then
    assertThat(verdict).isEqualTo(new TokenVerdict.Valid(token.claims()));
    TokenClaims claims = token.claims();
    assertThat(claims.userId()).isEqualTo(TestTokens.USER);
    assertThat(claims.email()).isEqualTo(TestTokens.EMAIL);
    assertThat(claims.sessionId()).isEqualTo(TestTokens.SESSION);
    assertThat(claims.tokenId().version()).isEqualTo(7);
    assertThat(claims.expiresAt()).isEqualTo(Instant.parse("2024-06-15T12:30:00Z"));
  }

  @Test
  @Tag("T31")
  void theTimeOfIssueIsKnownToTheMillisecond() {
    // given
    AccessToken first = issued();
    clock.advance(Duration.ofMillis(1));
    AccessToken second = issued();

    // then
    assertThat(first.claims().issuedAt()).isEqualTo(TestTokens.NOW);
    assertThat(tokens.verify(second.value()))
        .isInstanceOfSatisfying(
            TokenVerdict.Valid.class,
            valid -> assertThat(valid.claims().issuedAt()).isEqualTo(TestTokens.NOW.plusMillis(1)));
  }

  @Test
  void twoTokensOfTheSameInstantHaveDifferentIds() {
    assertThat(issued().claims().tokenId()).isNotEqualTo(issued().claims().tokenId());
  }

  @Test
  void optionsChangeIssuerAudienceAndLifetime() {
    // given
    TokenOptions options =
        TokenOptions.DEFAULT
            .withIssuer("https://id.example")
            .withAudience("shop")
            .withLifetime(Duration.ofSeconds(60));
    AccessTokens others = AccessTokens.of(TokenKeys.of(TestTokens.KEY), options, clock);

    // when
    AccessToken token = others.issue(TestTokens.USER, TestTokens.EMAIL, TestTokens.SESSION);

    // then
    assertThat(others.verify(token.value())).isEqualTo(new TokenVerdict.Valid(token.claims()));
    assertThat(token.claims().expiresAt()).isEqualTo("2024-06-15T12:01:00Z");
    assertThat(tokens.verify(token.value())).isEqualTo(refused(TokenRefusal.WRONG_ISSUER));
  }

  @Test
  void aTokenIsValidUntilItExpiresAndForTheSkew() {
    // given
    AccessToken token = issued();

    // when it is seen for the first time by one verifier, and again by the other
    tokens.verify(token.value());
    clock.advance(Duration.between(clock.now(), Instant.parse("2024-06-15T12:30:04.999Z")));

    // then
    assertThat(tokens.verify(token.value())).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(fresh().verify(token.value())).isInstanceOf(TokenVerdict.Valid.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(tokens.verify(token.value())).isEqualTo(refused(TokenRefusal.EXPIRED));
    assertThat(fresh().verify(token.value())).isEqualTo(refused(TokenRefusal.EXPIRED));
  }

  @Test
  void aTokenOfAnIssuerWhoseClockIsAheadIsValidWithinTheSkew() {
    // given
    AccessToken token = issued();

    // then
    assertThat(at(TestTokens.NOW.minusSeconds(5)).verify(token.value()))
        .isInstanceOf(TokenVerdict.Valid.class);
    assertThat(at(TestTokens.NOW.minusSeconds(5).minusMillis(1)).verify(token.value()))
        .isEqualTo(refused(TokenRefusal.NOT_YET_VALID));
  }

  @Test
  void aTokenThatComesAgainCostsNoSignatureCheck() {
    // given
    CountingKey key = new CountingKey(TestTokens.KEY.verificationKey().publicKey());
    TokenVerifier verifier = verifier(key, TokenOptions.DEFAULT);
    AccessToken token = issued();
    int unused = key.uses.get();
    verifier.verify(token.value());
    int once = key.uses.get();

    // when
    for (int i = 0; i < 100; i++) {
      assertThat(verifier.verify(token.value())).isEqualTo(new TokenVerdict.Valid(token.claims()));
    }

    // then
    assertThat(once).isGreaterThan(unused);
    assertThat(key.uses).hasValue(once);
  }

  @Test
  void onlySoManyTokensAreRemembered() {
    // given
    CountingKey key = new CountingKey(TestTokens.KEY.verificationKey().publicKey());
    TokenVerifier verifier = verifier(key, TokenOptions.DEFAULT.withRemembered(10));
    List<String> issued = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      issued.add(issued().value());
    }
    int unused = key.uses.get();
    verifier.verify(issued.get(0));
    int once = key.uses.get() - unused;
    issued.forEach(verifier::verify);
    int before = key.uses.get();

    // when
    issued.forEach(verifier::verify);

    // then
    assertThat(key.uses.get() - before).isGreaterThanOrEqualTo(50 * once);
  }

  @Test
  void whatWasRefusedIsNotRemembered() {
    // given
    CountingKey key = new CountingKey(TestTokens.OTHER_KEY.verificationKey().publicKey());
    TokenVerifier verifier =
        AccessTokens.verifier(
            keyId -> Optional.of(new VerificationKey(keyId, key)), TokenOptions.DEFAULT, clock);
    AccessToken token = issued();
    assertThat(verifier.verify(token.value())).isEqualTo(refused(TokenRefusal.WRONG_SIGNATURE));
    int once = key.uses.get();

    // when
    verifier.verify(token.value());

    // then
    assertThat(key.uses).hasValue(2 * once);
  }

  @Test
  void aKeyThatIsRemovedVerifiesNothingAnyMoreNotEvenWhatIsRemembered() {
    // given
    Map<String, VerificationKey> keys = new ConcurrentHashMap<>();
    VerificationKey key = TestTokens.KEY.verificationKey();
    keys.put(key.id(), key);
    TokenVerifier verifier =
        AccessTokens.verifier(
            keyId -> Optional.ofNullable(keys.get(keyId)), TokenOptions.DEFAULT, clock);
    AccessToken token = issued();
    assertThat(verifier.verify(token.value())).isInstanceOf(TokenVerdict.Valid.class);

    // when
    keys.remove(key.id());

    // then
    assertThat(verifier.verify(token.value())).isEqualTo(refused(TokenRefusal.UNKNOWN_KEY));
    keys.put(
        key.id(),
        new VerificationKey(key.id(), TestTokens.OTHER_KEY.verificationKey().publicKey()));
    assertThat(verifier.verify(token.value())).isEqualTo(refused(TokenRefusal.WRONG_SIGNATURE));
    keys.put(key.id(), key);
    assertThat(verifier.verify(token.value())).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  @Tag("T36")
  void bothKeysVerifyWhileTheSigningKeyChanges() {
    // given
    SigningKey old = TestTokens.KEY;
    SigningKey next = TestTokens.OTHER_KEY;
    TokenKeys before = TokenKeys.of(old).alsoVerifying(next.verificationKey());
    TokenKeys after = TokenKeys.of(next).alsoVerifying(old.verificationKey());

    for (TokenKeys signing : List.of(before, after)) {
      String token =
          AccessTokens.of(signing, TokenOptions.DEFAULT, clock)
              .issue(TestTokens.USER, TestTokens.EMAIL, TestTokens.SESSION)
              .value();
      for (TokenKeys verifying : List.of(before, after)) {
        // when
        TokenVerdict verdict =
            AccessTokens.verifier(verifying, TokenOptions.DEFAULT, clock).verify(token);

        // then
        assertThat(verdict).isInstanceOf(TokenVerdict.Valid.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void anEmptyAddressIsRefusedByItsField(String email) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> tokens.issue(TestTokens.USER, email, TestTokens.SESSION))
        .satisfies(thrown -> assertThat(thrown.field()).isEqualTo("email"));
  }

  @Test
  void anAddressOf320CharactersFitsAndALongerOneIsRefused() {
    // given
    String longest = "\uD83D\uDCE7".repeat(160);

    // then
    AccessToken token = tokens.issue(TestTokens.USER, longest, TestTokens.SESSION);
    assertThat(tokens.verify(token.value())).isEqualTo(new TokenVerdict.Valid(token.claims()));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> tokens.issue(TestTokens.USER, longest + "x", TestTokens.SESSION))
        .withMessageNotContaining("\uD83D\uDCE7");
  }

  @Test
  void noTokenIsANullPointerException() {
    assertThatNullPointerException().isThrownBy(() -> verifyNull(tokens)).withMessage("token");
  }

  @SuppressWarnings("NullAway")
  private static void verifyNull(TokenVerifier verifier) {
    verifier.verify(null);
  }

  @Test
  void aKeyOf1024BitsIsRefused() throws NoSuchAlgorithmException {
    // given
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1_024);
    RSAPublicKey weak = (RSAPublicKey) generator.generateKeyPair().getPublic();

    // then
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> VerificationKey.of(weak))
        .withMessage("the bits of an RSA key must be 2048 to 8192, was 1024");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> SigningKey.generate(1_024))
        .withMessageContaining("must be 2048 to 8192, was 1024");
  }

  @Test
  void twoKeysWithOneIdAreRefused() {
    // given
    VerificationKey other =
        new VerificationKey(
            TestTokens.KEY.verificationKey().id(),
            TestTokens.OTHER_KEY.verificationKey().publicKey());

    // then
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> TokenKeys.of(TestTokens.KEY).alsoVerifying(other))
        .withMessageContaining("same id");
  }

  @Test
  void nothingShowsTokenClaimOrKey() {
    // given
    AccessToken token = issued();
    BigInteger modulus = TestTokens.KEY.verificationKey().publicKey().getModulus();

    // when
    List<Object> shown =
        List.of(
            token,
            token.claims(),
            tokens,
            tokens.verify(token.value()),
            TestTokens.KEY,
            TestTokens.KEY.verificationKey(),
            TokenKeys.of(TestTokens.KEY));

    // then
    assertThat(shown)
        .extracting(Object::toString)
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContain(
                        token.value(),
                        token.value().split("\\.")[2],
                        TestTokens.EMAIL,
                        TestTokens.USER.toString(),
                        TestTokens.SESSION.toString(),
                        token.claims().tokenId().toString(),
                        modulus.toString(),
                        modulus.toString(16)));
  }

  private AccessToken issued() {
    return tokens.issue(TestTokens.USER, TestTokens.EMAIL, TestTokens.SESSION);
  }

  private TokenVerifier fresh() {
    return AccessTokens.verifier(TokenKeys.of(TestTokens.KEY), TokenOptions.DEFAULT, clock);
  }

  private static TokenVerifier at(Instant now) {
    return AccessTokens.verifier(
        TokenKeys.of(TestTokens.KEY), TokenOptions.DEFAULT, SteppedClock.at(now));
  }

  private TokenVerifier verifier(CountingKey key, TokenOptions options) {
    VerificationKey counting = new VerificationKey(TestTokens.KEY.verificationKey().id(), key);
    return AccessTokens.verifier(
        keyId -> Optional.of(counting).filter(it -> it.id().equals(keyId)), options, clock);
  }

  private static TokenVerdict refused(TokenRefusal reason) {
    return new TokenVerdict.Refused(reason);
  }

  /** Counts how often somebody needs the modulus: the JDK does for each signature. */
  private static final class CountingKey implements RSAPublicKey {
    private static final long serialVersionUID = 1L;

    final AtomicInteger uses = new AtomicInteger();
    private final RSAPublicKey key;

    CountingKey(RSAPublicKey key) {
      this.key = key;
    }

    @Override
    public BigInteger getModulus() {
      uses.incrementAndGet();
      return key.getModulus();
    }

    @Override
    public BigInteger getPublicExponent() {
      return key.getPublicExponent();
    }

    @Override
    public String getAlgorithm() {
      return key.getAlgorithm();
    }

    @Override
    public String getFormat() {
      return key.getFormat();
    }

    @Override
    public byte[] getEncoded() {
      uses.incrementAndGet();
      return key.getEncoded();
    }
  }
}
