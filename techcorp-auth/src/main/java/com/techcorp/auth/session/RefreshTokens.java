package com.techcorp.auth.session;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Derives refresh tokens, and recognises them without asking a store: a token is genuine if it was
 * derived under one of the keys. It may be of a session that has ended. Thread-safe; shows no token
 * and no key.
 *
 * <p>A token is the base64url of version, key id, session id, generation, and the HMAC-SHA256 of
 * those: the same session and generation have the same token under a key.
 */
public final class RefreshTokens {
  private static final byte VERSION = 1;
  private static final int UUID_BYTES = 16;
  private static final int HEAD_BYTES = 1 + RefreshKey.ID_BYTES + UUID_BYTES + Integer.BYTES;
  private static final int BYTES = HEAD_BYTES + RefreshKey.MAC_BYTES;

  /** A multiple of four: no bits are left over, so no two texts decode to the same bytes. */
  private static final int LENGTH = BYTES / 3 * 4;

  private final RefreshKeys keys;

  private RefreshTokens(RefreshKeys keys) {
    this.keys = keys;
  }

  /**
   * Derives and recognises tokens under keys.
   *
   * @param keys of all processes of the service
   * @return the tokens
   */
  public static RefreshTokens of(RefreshKeys keys) {
    return new RefreshTokens(keys);
  }

  /**
   * Derives the first token of a session.
   *
   * @param sessionId the session
   * @return the token of generation 1
   */
  public RefreshToken first(UUID sessionId) {
    return derive(sessionId, 1);
  }

  RefreshToken derive(UUID sessionId, int generation) {
    return derive(sessionId, generation, keys.current());
  }

  /** The same token under the key whose token has the hash; empty if it was none of these keys. */
  Optional<RefreshToken> derive(UUID sessionId, int generation, String hash) {
    return keys.accepted().stream()
        .map(key -> derive(sessionId, generation, key))
        .filter(token -> token.hash().equals(hash))
        .findFirst();
  }

  private static RefreshToken derive(UUID sessionId, int generation, RefreshKey key) {
    byte[] head =
        ByteBuffer.allocate(HEAD_BYTES)
            .put(VERSION)
            .put(key.id())
            .putLong(sessionId.getMostSignificantBits())
            .putLong(sessionId.getLeastSignificantBits())
            .putInt(generation)
            .array();
    byte[] token = ByteBuffer.allocate(BYTES).put(head).put(key.mac(head)).array();
    return new RefreshToken(Base64.getUrlEncoder().encodeToString(token), sessionId, generation);
  }

  /**
   * Recognises a token, whatever a client sends. Only a text of the right length is decoded.
   *
   * @param text as it came, or null if nothing came
   * @return the token if it is genuine
   */
  public Optional<RefreshToken> recognise(@Nullable String text) {
    if (text == null || text.length() != LENGTH) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // what it says quotes the text
    }
    return bytes.length == BYTES && isGenuine(bytes)
        ? Optional.of(token(text, bytes)).filter(token -> token.generation() >= 1)
        : Optional.empty();
  }

  private boolean isGenuine(byte[] bytes) {
    byte[] head = Arrays.copyOf(bytes, HEAD_BYTES);
    byte[] mac = Arrays.copyOfRange(bytes, HEAD_BYTES, BYTES);
    byte[] keyId = Arrays.copyOfRange(bytes, 1, 1 + RefreshKey.ID_BYTES);
    return bytes[0] == VERSION
        && keys.accepted().stream()
            .filter(key -> Arrays.equals(key.id(), keyId))
            .anyMatch(key -> MessageDigest.isEqual(key.mac(head), mac));
  }

  private static RefreshToken token(String text, byte[] bytes) {
    ByteBuffer fields =
        ByteBuffer.wrap(bytes, 1 + RefreshKey.ID_BYTES, BYTES - 1 - RefreshKey.ID_BYTES);
    UUID sessionId = new UUID(fields.getLong(), fields.getLong());
    return new RefreshToken(text, sessionId, fields.getInt());
  }

  /** Returns a description without the keys. */
  @Override
  public String toString() {
    return "RefreshTokens[***]";
  }
}
