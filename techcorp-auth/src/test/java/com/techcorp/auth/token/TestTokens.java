package com.techcorp.auth.token;

import com.techcorp.auth.AccessToken;
import com.techcorp.testkit.SteppedClock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Tokens as any text that a key signed: they are put together here by hand, since no library writes
 * most of those that a verifier must refuse.
 */
final class TestTokens {
  static final Instant NOW = Instant.parse("2024-06-15T12:00:00.123Z");
  static final UUID USER = UUID.fromString("6f9619ff-8b86-4d11-b42d-00c04fc964ff");
  static final UUID SESSION = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91");
  static final String EMAIL = "ana@example.com";

  /** Made once: a key takes longer than most tests. */
  static final SigningKey KEY = SigningKey.generate();

  static final SigningKey OTHER_KEY = SigningKey.generate();

  private TestTokens() {}

  static SteppedClock clock() {
    return SteppedClock.at(NOW);
  }

  static AccessTokens tokens() {
    return AccessTokens.of(TokenKeys.of(KEY), TokenOptions.DEFAULT, clock());
  }

  static AccessToken issued() {
    return tokens().issue(USER, EMAIL, SESSION);
  }

  /** The members of a good header, as JSON. */
  static Map<String, String> header() {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("alg", "\"RS256\"");
    header.put("typ", "\"JWT\"");
    header.put("kid", "\"" + KEY.verificationKey().id() + "\"");
    return header;
  }

  /** The members of a good payload, as JSON. */
  static Map<String, String> payload() {
    long second = NOW.getEpochSecond();
    Map<String, String> payload = new LinkedHashMap<>();
    payload.put("sub", "\"" + USER + "\"");
    payload.put("email", "\"" + EMAIL + "\"");
    payload.put("iat", Long.toString(second));
    payload.put("exp", Long.toString(second + 1_800));
    payload.put("iss", "\"https://auth.techcorp.com\"");
    payload.put("aud", "\"techcorp-services\"");
    payload.put("sid", "\"" + SESSION + "\"");
    payload.put("jti", "\"" + tokenId(NOW.toEpochMilli()) + "\"");
    return payload;
  }

  static UUID tokenId(long millis) {
    return new UUID(millis << 16 | 0x7000 | 0xabc, 0x8123_4567_89ab_cdefL);
  }

  static Map<String, String> with(Map<String, String> members, String name, String json) {
    Map<String, String> changed = new LinkedHashMap<>(members);
    changed.put(name, json);
    return changed;
  }

  static Map<String, String> without(Map<String, String> members, String name) {
    Map<String, String> changed = new LinkedHashMap<>(members);
    changed.remove(name);
    return changed;
  }

  static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  static String signed(Map<String, String> header, Map<String, String> payload) {
    return signed(json(header), json(payload));
  }

  static String signed(String header, String payload) {
    return signed(header, payload, KEY);
  }

  static String signed(String header, String payload, SigningKey key) {
    String content = base64url(header) + "." + base64url(payload);
    return content + "." + base64url(signature(content, "SHA256withRSA", key));
  }

  static byte[] signature(String content, String algorithm, SigningKey key) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key.privateKey());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String base64url(String text) {
    return base64url(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String decoded(String token, int part) {
    return new String(
        Base64.getUrlDecoder().decode(token.split("\\.")[part]), StandardCharsets.UTF_8);
  }
}
