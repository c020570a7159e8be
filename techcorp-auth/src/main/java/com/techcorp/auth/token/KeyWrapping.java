package com.techcorp.auth.token;

import com.techcorp.error.WiringException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts private keys before they are stored, under a key of the host's (AES-256-GCM). What was
 * stored is bound to its key's id: it cannot take the place of another. Immutable; shows no key.
 *
 * <p>To change the wrapping key, first let all processes know the new one ({@code of("1",
 * old).alsoUnwrapping("2", next)}), then wrap with it ({@code of("2", next).alsoUnwrapping("1",
 * old)}). Leave the old one out once no live signing key is wrapped under it, which is after the
 * second rotation at the latest.
 */
public final class KeyWrapping {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern WRAPPED = Pattern.compile("([A-Za-z0-9_-]{1,64})\\.([\\w-]+)");

  private final String current;
  private final Map<String, SecretKeySpec> keys;
  private final SecureRandom random = new SecureRandom();

  private KeyWrapping(String current, Map<String, SecretKeySpec> keys) {
    this.current = current;
    this.keys = keys;
  }

  /**
   * Wraps with a key, and unwraps what was wrapped with it.
   *
   * @param id a name for the key, kept with what it wraps: 1 to 64 characters of {@code A-Z},
   *     {@code a-z}, {@code 0-9}, {@code _} and {@code -}
   * @param key 32 random bytes; copied
   * @return the wrapping
   * @throws WiringException if it has another length, or the name other characters
   */
  public static KeyWrapping of(String id, byte[] key) {
    return new KeyWrapping(requireId(id), Map.of(id, checked(key)));
  }

  /**
   * Unwraps what was wrapped with another key, too.
   *
   * @param id the key's name
   * @param key 32 bytes; copied
   * @return a changed copy
   * @throws WiringException if it has another length, or the name other characters, or is taken
   */
  public KeyWrapping alsoUnwrapping(String id, byte[] key) {
    Map<String, SecretKeySpec> more = new LinkedHashMap<>(keys);
    if (more.putIfAbsent(requireId(id), checked(key)) != null) {
      throw new WiringException("two wrapping keys have the same name: give each its own");
    }
    return new KeyWrapping(current, Map.copyOf(more));
  }

  private static String requireId(String id) {
    if (!ID.matcher(id).matches()) {
      throw new WiringException(
          "a wrapping key's name must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -");
    }
    return id;
  }

  private static SecretKeySpec checked(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new WiringException(
          "a wrapping key must have " + KEY_BYTES + " bytes, has " + key.length);
    }
    return new SecretKeySpec(key, "AES");
  }

  /**
   * Encrypts a secret.
   *
   * @param keyId of the signing key that it belongs to
   */
  String wrap(String keyId, byte[] secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key(current), nonce, keyId);
      byte[] wrapped = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(secret.length));
      cipher.doFinal(secret, 0, secret.length, wrapped, NONCE_BYTES);
      return current + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(wrapped);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has AES in GCM", e);
    }
  }

  /**
   * Decrypts a secret.
   *
   * @param keyId of the signing key that it must belong to
   * @throws WiringException if it was wrapped under another key, for another signing key, or was
   *     changed
   */
  byte[] unwrap(String keyId, String wrapped) {
    Matcher parts = WRAPPED.matcher(wrapped);
    if (!parts.matches()) {
      throw new WiringException("signing key " + keyId + " is not wrapped as this build does it");
    }
    String id = parts.group(1);
    if (!keys.containsKey(id)) {
      throw new WiringException(
          "signing key "
              + keyId
              + " is wrapped under the wrapping key "
              + id
              + ", which was not given: add it by KeyWrapping.alsoUnwrapping");
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(parts.group(2));
      if (bytes.length < NONCE_BYTES + TAG_BITS / 8) {
        // The cipher itself would throw a ProviderException.
        throw new GeneralSecurityException("too short");
      }
      byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
      return cipher(Cipher.DECRYPT_MODE, key(id), nonce, keyId)
          .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // No cause: it might quote what was decrypted.
      throw new WiringException(
          "signing key "
              + keyId
              + " cannot be unwrapped: the wrapping key "
              + id
              + " is another one than it was wrapped under, or what is stored was changed");
    }
  }

  private SecretKeySpec key(String id) {
    return Objects.requireNonNull(keys.get(id), id);
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String keyId)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(keyId.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** Returns a description without the keys. */
  @Override
  public String toString() {
    return "KeyWrapping[***]";
  }
}
