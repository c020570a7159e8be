package com.techcorp.auth.token;

import static com.techcorp.auth.token.TestTokens.base64url;
import static com.techcorp.auth.token.TestTokens.header;
import static com.techcorp.auth.token.TestTokens.json;
import static com.techcorp.auth.token.TestTokens.payload;
import static com.techcorp.auth.token.TestTokens.signed;
import static com.techcorp.auth.token.TestTokens.with;
import static com.techcorp.auth.token.TestTokens.without;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of token that must be refused, with the reason. */
class HostileTokensTest {
  private static final AccessTokens TOKENS = TestTokens.tokens();
  private static final String GOOD = signed(header(), payload());

  /**
   * A token that must be refused.
   *
   * @param name what is wrong with it
   * @param token the token
   * @param reason why it must be refused
   */
  record Hostile(String name, String token, TokenRefusal reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  @Test
  void whatTheHostileTokensAreMadeOfIsValid() {
    assertThat(TOKENS.verify(GOOD)).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void otherMembersAreIgnored() {
    // given
    Map<String, String> header = with(header(), "x5t", "\"abc\"");
    Map<String, String> payload =
        with(with(payload(), "nbf", "99999999999999"), "roles", "[{\"a\":[1.5,null,true]}]");

    // then
    assertThat(TOKENS.verify(signed(header, payload))).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void aHeaderWithoutTypeIsThatOfAToken() {
    assertThat(TOKENS.verify(signed(without(header(), "typ"), payload())))
        .isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void aTokenMayHave8192Characters() {
    assertThat(padded(8_192)).hasSize(8_192);
    assertThat(TOKENS.verify(padded(8_192)))
        .isNotEqualTo(new TokenVerdict.Refused(TokenRefusal.TOO_LONG));
  }

  @ParameterizedTest
  @MethodSource({"texts", "headers", "signatures", "claims", "times"})
  void isRefusedWithItsReason(Hostile hostile) {
    assertThat(TOKENS.verify(hostile.token()))
        .isEqualTo(new TokenVerdict.Refused(hostile.reason()));
    assertThat(TOKENS.verify(hostile.token()))
        .as("the second time")
        .isEqualTo(new TokenVerdict.Refused(hostile.reason()));
  }

  @Test
  void eachReasonIsShown() {
    Set<TokenRefusal> shown =
        Stream.of(texts(), headers(), signatures(), claims(), times())
            .flatMap(all -> all)
            .map(Hostile::reason)
            .collect(Collectors.toSet());

    // RevocationViewTest shows those: the tokens are good, and were revoked
    EnumSet<TokenRefusal> revoked =
        EnumSet.of(TokenRefusal.REVOKED, TokenRefusal.REVOCATIONS_TOO_OLD);
    assertThat(shown).isEqualTo(EnumSet.complementOf(revoked));
  }

  static Stream<Hostile> texts() {
    String[] parts = GOOD.split("\\.");
    String deep = "[".repeat(200_000);
    String nested = "{\"a\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}";
    return Stream.of(
        of("1 MB", "x".repeat(1_000_000), TokenRefusal.TOO_LONG),
        of("1 MB of dots", ".".repeat(1_000_000), TokenRefusal.TOO_LONG),
        of("nested 200,000 deep", signed(json(header()), deep), TokenRefusal.TOO_LONG),
        of("one character too long", padded(8_193), TokenRefusal.TOO_LONG),
        of("a kid of 1 MB", kid("\"" + "k".repeat(1_000_000) + "\""), TokenRefusal.TOO_LONG),
        of("empty", "", TokenRefusal.NOT_THREE_PARTS),
        of("NUL", "\0", TokenRefusal.NOT_THREE_PARTS),
        of("two parts", parts[0] + "." + parts[1], TokenRefusal.NOT_THREE_PARTS),
        of("four parts", GOOD + ".x", TokenRefusal.NOT_THREE_PARTS),
        of("five parts, as an encrypted token", GOOD + "..x", TokenRefusal.NOT_THREE_PARTS),
        of("truncated", GOOD.substring(0, GOOD.length() - 2), TokenRefusal.WRONG_SIGNATURE),
        of(
            "cut in its last byte",
            GOOD.substring(0, GOOD.length() - 1),
            TokenRefusal.NOT_BASE64URL),
        of("two dots", "..", TokenRefusal.NOT_STRICT_JSON),
        of("padded", GOOD + "==", TokenRefusal.NOT_BASE64URL),
        of("spare bits", spareBits(GOOD), TokenRefusal.NOT_BASE64URL),
        of("a space before it", " " + GOOD, TokenRefusal.NOT_BASE64URL),
        of("a line break after it", GOOD + "\n", TokenRefusal.NOT_BASE64URL),
        of("the other base64", parts[0] + "." + parts[1] + ".+/+/", TokenRefusal.NOT_BASE64URL),
        of("a lone surrogate", GOOD + "\uD800", TokenRefusal.NOT_BASE64URL),
        of("full-width letters", "\uFF41" + GOOD.substring(1), TokenRefusal.NOT_BASE64URL),
        of(
            "a header that is no JSON",
            signed("alg", json(payload())),
            TokenRefusal.NOT_STRICT_JSON),
        of("a header that is a list", signed("[]", json(payload())), TokenRefusal.NOT_STRICT_JSON),
        of("a payload that is null", signed(json(header()), "null"), TokenRefusal.NOT_STRICT_JSON),
        of("an open payload", signed(json(header()), "{\"a\":1"), TokenRefusal.NOT_STRICT_JSON),
        of(
            "something after the payload",
            signed(json(header()), json(payload()) + "{}"),
            TokenRefusal.NOT_STRICT_JSON),
        of(
            "a byte order mark",
            signed(json(header()), "\uFEFF" + json(payload())),
            TokenRefusal.NOT_STRICT_JSON),
        of(
            "UTF-16",
            inBytes(json(payload()).getBytes(StandardCharsets.UTF_16LE)),
            TokenRefusal.NOT_STRICT_JSON),
        of(
            "no UTF-8",
            inBytes("{\"a\":\"\u00E9\"}".getBytes(StandardCharsets.ISO_8859_1)),
            TokenRefusal.NOT_STRICT_JSON),
        of(
            "a comment",
            signed(json(header()), "/**/" + json(payload())),
            TokenRefusal.NOT_STRICT_JSON),
        of("nested deep in 8 kB", signed(json(header()), nested), TokenRefusal.NOT_STRICT_JSON),
        of(
            "nested deep in the header",
            signed(nested, json(payload())),
            TokenRefusal.NOT_STRICT_JSON),
        of(
            "two sub",
            signed(json(header()), doubled(payload(), "\"sub\"")),
            TokenRefusal.NOT_STRICT_JSON),
        of(
            "two sub, one with an escape in its name",
            signed(json(header()), doubled(payload(), "\"s\\u0075b\"")),
            TokenRefusal.NOT_STRICT_JSON),
        of(
            "two alg",
            signed(doubled(header(), "\"alg\""), json(payload())),
            TokenRefusal.NOT_STRICT_JSON),
        of(
            "a member twice in a claim that nobody reads",
            signed(header(), with(payload(), "x", "{\"a\":1,\"a\":2}")),
            TokenRefusal.NOT_STRICT_JSON));
  }

  static Stream<Hostile> headers() {
    return Stream.of(
        of("no kid", signed(without(header(), "kid"), payload()), TokenRefusal.INVALID_KEY_ID),
        of("an empty kid", kid("\"\""), TokenRefusal.INVALID_KEY_ID),
        of("a kid of 4 kB", kid("\"" + "k".repeat(4_096) + "\""), TokenRefusal.INVALID_KEY_ID),
        of("a kid that is a number", kid("1"), TokenRefusal.INVALID_KEY_ID),
        of("a kid that is null", kid("null"), TokenRefusal.INVALID_KEY_ID),
        of("an unknown kid", kid("\"unknown\""), TokenRefusal.UNKNOWN_KEY),
        of("a kid that is a path", kid("\"../../dev/null\""), TokenRefusal.UNKNOWN_KEY),
        of("a kid of SQL", kid("\"' OR 1=1 --\""), TokenRefusal.UNKNOWN_KEY),
        of("no alg", signed(without(header(), "alg"), payload()), TokenRefusal.WRONG_ALGORITHM),
        of("none", unsigned("none"), TokenRefusal.WRONG_ALGORITHM),
        of("None", unsigned("None"), TokenRefusal.WRONG_ALGORITHM),
        of("rs256", algorithm("rs256"), TokenRefusal.WRONG_ALGORITHM),
        of("RS512", algorithm("RS512"), TokenRefusal.WRONG_ALGORITHM),
        of("PS256", algorithm("PS256"), TokenRefusal.WRONG_ALGORITHM),
        of("ES256", byEllipticCurve(), TokenRefusal.WRONG_ALGORITHM),
        of("HS256 with the public key", byPublicKey(), TokenRefusal.WRONG_ALGORITHM),
        of("typ of another purpose", member("typ", "\"at+jwt\""), TokenRefusal.WRONG_TYPE),
        of("typ that is null", member("typ", "null"), TokenRefusal.WRONG_TYPE),
        of("jku", member("jku", "\"https://evil.example\""), TokenRefusal.FORBIDDEN_HEADER),
        of("jwk", member("jwk", "{\"kty\":\"RSA\"}"), TokenRefusal.FORBIDDEN_HEADER),
        of("x5u", member("x5u", "\"https://evil.example\""), TokenRefusal.FORBIDDEN_HEADER),
        of("crit", member("crit", "[\"exp\"]"), TokenRefusal.FORBIDDEN_HEADER),
        of("zip", member("zip", "\"DEF\""), TokenRefusal.FORBIDDEN_HEADER));
  }

  static Stream<Hostile> signatures() {
    String[] parts = GOOD.split("\\.");
    String content = parts[0] + "." + parts[1];
    String admin = base64url(json(with(payload(), "email", "\"root@example.com\"")));
    return Stream.of(
        of("no signature", content + ".", TokenRefusal.WRONG_SIGNATURE),
        of(
            "another payload",
            parts[0] + "." + admin + "." + parts[2],
            TokenRefusal.WRONG_SIGNATURE),
        of(
            "another key",
            signed(json(header()), json(payload()), TestTokens.OTHER_KEY),
            TokenRefusal.WRONG_SIGNATURE),
        of("another hash", signedAs(content, "SHA512withRSA"), TokenRefusal.WRONG_SIGNATURE),
        of("zeros", content + "." + base64url(new byte[256]), TokenRefusal.WRONG_SIGNATURE),
        of("a signature too long", signatureOf(content, 257), TokenRefusal.WRONG_SIGNATURE),
        of("a signature too short", signatureOf(content, 255), TokenRefusal.WRONG_SIGNATURE));
  }

  static Stream<Hostile> claims() {
    long second = TestTokens.NOW.getEpochSecond();
    return Stream.of(
        missing("sub", TokenRefusal.INVALID_SUBJECT),
        claim("sub", "\"\"", TokenRefusal.INVALID_SUBJECT),
        claim("sub", "\"ana\"", TokenRefusal.INVALID_SUBJECT),
        claim("sub", "\"1-1-1-1-1\"", TokenRefusal.INVALID_SUBJECT),
        claim("sub", "7", TokenRefusal.INVALID_SUBJECT),
        claim("sub", "{}", TokenRefusal.INVALID_SUBJECT),
        claim("sub", "null", TokenRefusal.INVALID_SUBJECT),
        missing("email", TokenRefusal.INVALID_EMAIL),
        claim("email", "\"\"", TokenRefusal.INVALID_EMAIL),
        claim("email", "[\"ana@example.com\"]", TokenRefusal.INVALID_EMAIL),
        claim("email", "\"" + "x".repeat(321) + "\"", TokenRefusal.INVALID_EMAIL),
        missing("sid", TokenRefusal.INVALID_SESSION),
        claim("sid", "\"session\"", TokenRefusal.INVALID_SESSION),
        claim("sid", "null", TokenRefusal.INVALID_SESSION),
        missing("iat", TokenRefusal.INVALID_ISSUED_AT),
        claim("iat", "\"" + second + "\"", TokenRefusal.INVALID_ISSUED_AT),
        claim("iat", second + ".5", TokenRefusal.INVALID_ISSUED_AT),
        claim("iat", "-1", TokenRefusal.INVALID_ISSUED_AT),
        missing("exp", TokenRefusal.INVALID_EXPIRY),
        claim("exp", "\"" + (second + 1_800) + "\"", TokenRefusal.INVALID_EXPIRY),
        claim("exp", (second + 1_800) + ".0", TokenRefusal.INVALID_EXPIRY),
        claim("exp", "1e400", TokenRefusal.INVALID_EXPIRY),
        claim("exp", Long.toString(Long.MAX_VALUE), TokenRefusal.INVALID_EXPIRY),
        claim("exp", "9".repeat(400), TokenRefusal.INVALID_EXPIRY),
        claim("exp", "null", TokenRefusal.INVALID_EXPIRY),
        claim("exp", "true", TokenRefusal.INVALID_EXPIRY),
        claim("exp", Long.toString(second), TokenRefusal.INVALID_EXPIRY),
        missing("jti", TokenRefusal.INVALID_TOKEN_ID),
        claim("jti", "\"" + UUID.randomUUID() + "\"", TokenRefusal.INVALID_TOKEN_ID),
        claim(
            "jti",
            "\"" + TestTokens.tokenId(TestTokens.NOW.toEpochMilli() - 1_000) + "\"",
            TokenRefusal.INVALID_TOKEN_ID),
        missing("iss", TokenRefusal.WRONG_ISSUER),
        claim("iss", "\"https://auth.techcorp.com/\"", TokenRefusal.WRONG_ISSUER),
        claim("iss", "\"https://evil.example\"", TokenRefusal.WRONG_ISSUER),
        claim("iss", "[\"https://auth.techcorp.com\"]", TokenRefusal.WRONG_ISSUER),
        missing("aud", TokenRefusal.WRONG_AUDIENCE),
        claim("aud", "\"TechCorp-Services\"", TokenRefusal.WRONG_AUDIENCE),
        claim("aud", "[\"techcorp-services\"]", TokenRefusal.WRONG_AUDIENCE),
        claim("aud", "[\"techcorp-services\",\"other\"]", TokenRefusal.WRONG_AUDIENCE));
  }

  @Test
  @Tag("T53")
  void aTokenWithoutExpiryIsRefused() {
    assertThat(TOKENS.verify(signed(header(), without(payload(), "exp"))))
        .isEqualTo(new TokenVerdict.Refused(TokenRefusal.INVALID_EXPIRY));
  }

  static Stream<Hostile> times() {
    long now = TestTokens.NOW.getEpochSecond();
    return Stream.of(
        of("expired", issuedAt(now - 1_806), TokenRefusal.EXPIRED),
        of("expired a year ago", issuedAt(now - 31_536_000), TokenRefusal.EXPIRED),
        of("of the year 1970", issuedAt(0), TokenRefusal.EXPIRED),
        of("not yet valid", issuedAt(now + 7), TokenRefusal.NOT_YET_VALID),
        of("of the next year", issuedAt(now + 31_536_000), TokenRefusal.NOT_YET_VALID));
  }

  private static Hostile of(String name, String token, TokenRefusal reason) {
    return new Hostile(name, token, reason);
  }

  private static Hostile missing(String claim, TokenRefusal reason) {
    return of("no " + claim, signed(header(), without(payload(), claim)), reason);
  }

  private static Hostile claim(String claim, String json, TokenRefusal reason) {
    String shown = json.length() > 50 ? json.length() + " characters" : json;
    return of(claim + " is " + shown, signed(header(), with(payload(), claim, json)), reason);
  }

  private static String issuedAt(long second) {
    Map<String, String> payload = with(payload(), "iat", Long.toString(second));
    payload = with(payload, "exp", Long.toString(second + 1_800));
    return signed(header(), with(payload, "jti", "\"" + TestTokens.tokenId(second * 1_000) + "\""));
  }

  private static String kid(String json) {
    return signed(with(header(), "kid", json), payload());
  }

  private static String member(String name, String json) {
    return signed(with(header(), name, json), payload());
  }

  private static String algorithm(String name) {
    return member("alg", "\"" + name + "\"");
  }

  private static String unsigned(String algorithm) {
    return base64url(json(with(header(), "alg", "\"" + algorithm + "\"")))
        + "."
        + base64url(json(payload()))
        + ".";
  }

  /** A text of the given length that looks like a token. */
  private static String padded(int length) {
    String start = base64url(json(header())) + ".";
    return start + "e".repeat(length - start.length() - 1) + ".";
  }

  private static String doubled(Map<String, String> members, String name) {
    String json = json(members);
    return json.substring(0, json.length() - 1) + "," + name + ":\"x\"}";
  }

  private static String inBytes(byte[] payload) {
    return base64url(json(header())) + "." + base64url(payload) + ".";
  }

  /** The same bytes in another text: 256 bytes leave two bits of the last character over. */
  private static String spareBits(String token) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(token.charAt(token.length() - 1));
    return token.substring(0, token.length() - 1) + alphabet.charAt(last + 1);
  }

  private static String signedAs(String content, String algorithm) {
    return content + "." + base64url(TestTokens.signature(content, algorithm, TestTokens.KEY));
  }

  private static String signatureOf(String content, int bytes) {
    byte[] signature = TestTokens.signature(content, "SHA256withRSA", TestTokens.KEY);
    return content + "." + base64url(Arrays.copyOf(signature, bytes));
  }

  private static String byEllipticCurve() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair pair = generator.generateKeyPair();
      String content =
          base64url(json(with(header(), "alg", "\"ES256\""))) + "." + base64url(json(payload()));
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(pair.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + base64url(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String byPublicKey() {
    try {
      String content =
          base64url(json(with(header(), "alg", "\"HS256\""))) + "." + base64url(json(payload()));
      byte[] der = TestTokens.KEY.verificationKey().publicKey().getEncoded();
      String pem =
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
              + "\n-----END PUBLIC KEY-----\n";
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(pem.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return content + "." + base64url(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
