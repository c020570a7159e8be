package com.techcorp.auth.password;

import com.techcorp.auth.spi.PasswordMatch;
import com.techcorp.auth.spi.UnreadablePasswordHashException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A PBKDF2 hash of an older system, in one of these forms:
 *
 * <ul>
 *   <li>Django: {@code pbkdf2_sha256$600000$salt$hash}, where the salt is text
 *   <li>PHC: {@code $pbkdf2-sha256$i=600000,l=32$salt$hash}, also without {@code l}, and with
 *       SHA-512
 *   <li>passlib: {@code $pbkdf2-sha256$600000$salt$hash}, also with SHA-512; its base64 has a dot
 *       in place of the plus
 * </ul>
 *
 * <p>The JDK computes it: it has SHA-2 of the processor.
 */
final class Pbkdf2Hash implements StoredHash {
  static final String DJANGO_PREFIX = "pbkdf2_";
  static final String PREFIX = "$pbkdf2-";

  private static final int MOST_ITERATIONS = 5_000_000;
  private static final Pattern DJANGO =
      Pattern.compile(
          "pbkdf2_sha(256)\\$([1-9]\\d{0,8})\\$([!-#%-~]{1,128})\\$([A-Za-z0-9+/]{43})=");
  private static final Pattern MODULAR =
      Pattern.compile(
          "\\$pbkdf2-sha(256|512)\\$(?:i=)?([1-9]\\d{0,8})(?:,l=(\\d\\d))?"
              + "\\$([A-Za-z0-9+/.]{6,128})\\$([A-Za-z0-9+/.]{22,86})");

  private final String algorithm;
  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private Pbkdf2Hash(String bits, String iterations, byte[] salt, byte[] hash) {
    this.algorithm = "PBKDF2WithHmacSHA" + bits;
    this.iterations = Integer.parseInt(iterations);
    this.salt = salt;
    this.hash = hash;
    if (this.iterations > MOST_ITERATIONS) {
      throw new UnreadablePasswordHashException("has more iterations of PBKDF2 than are accepted");
    }
  }

  /**
   * Reads a stored hash.
   *
   * @throws UnreadablePasswordHashException if it has another form, or asks for too much
   */
  static Pbkdf2Hash read(String stored) {
    Matcher django = DJANGO.matcher(stored);
    if (django.matches()) {
      byte[] salt = django.group(3).getBytes(StandardCharsets.US_ASCII);
      byte[] hash = StrictBase64.decode(django.group(4));
      return new Pbkdf2Hash(django.group(1), django.group(2), salt, hash);
    }
    Matcher modular = MODULAR.matcher(stored);
    if (modular.matches()) {
      byte[] salt = StrictBase64.decode(modular.group(4).replace('.', '+'));
      byte[] hash = StrictBase64.decode(modular.group(5).replace('.', '+'));
      String length = modular.group(3);
      if (length == null || Integer.parseInt(length) == hash.length) {
        return new Pbkdf2Hash(modular.group(1), modular.group(2), salt, hash);
      }
    }
    throw new UnreadablePasswordHashException("is no PBKDF2 hash of a form that is accepted");
  }

  @Override
  public PasswordMatch match(byte[] password, Argon2Memory memory) {
    char[] text = new String(password, StandardCharsets.UTF_8).toCharArray();
    PBEKeySpec spec = new PBEKeySpec(text, salt, iterations, hash.length * Byte.SIZE);
    Arrays.fill(text, '\0');
    try {
      byte[] computed = SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
      return MessageDigest.isEqual(hash, computed)
          ? PasswordMatch.MATCHES_REPLACE
          : PasswordMatch.DIFFERS;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has PBKDF2", e);
    } finally {
      spec.clearPassword();
    }
  }

  @Override
  public String toString() {
    return "Pbkdf2Hash[***]";
  }
}
