package com.techcorp.auth.password;

import com.techcorp.auth.spi.PasswordMatch;
import com.techcorp.auth.spi.UnreadablePasswordHashException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.BCrypt;

/**
 * A bcrypt hash of an older system: {@code $2a$}, {@code $2b$} or {@code $2y$}, a cost of 4 to 16,
 * salt and hash in bcrypt's own base64. It is of the password's first 72 bytes.
 */
final class BcryptHash implements StoredHash {
  static final String PREFIX = "$2";

  private static final int MOST_COST = 16;
  private static final int MOST_BYTES = 72;
  private static final int HASH_BYTES = 23;
  private static final Pattern FORM =
      Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");

  private static final String BCRYPT_DIGITS =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String BASE64_DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private final int cost;
  private final byte[] salt;
  private final byte[] hash;

  private BcryptHash(int cost, byte[] salt, byte[] hash) {
    this.cost = cost;
    this.salt = salt;
    this.hash = hash;
  }

  /**
   * Reads a stored hash.
   *
   * @throws UnreadablePasswordHashException if it has another form, or asks for too much
   */
  static BcryptHash read(String stored) {
    Matcher form = FORM.matcher(stored);
    if (!form.matches()) {
      throw new UnreadablePasswordHashException("is no bcrypt hash of the versions 2a, 2b, 2y");
    }
    int cost = Integer.parseInt(form.group(1));
    if (cost < 4 || cost > MOST_COST) {
      throw new UnreadablePasswordHashException("has a cost of bcrypt that is out of range");
    }
    return new BcryptHash(cost, decode(form.group(2)), decode(form.group(3)));
  }

  /** Ignores the bits left over in the last digit, which some implementations do not clear. */
  private static byte[] decode(String digits) {
    StringBuilder base64 = new StringBuilder();
    digits.chars().forEach(c -> base64.append(BASE64_DIGITS.charAt(BCRYPT_DIGITS.indexOf(c))));
    return Base64.getDecoder().decode(base64.toString());
  }

  /**
   * Compares a password with it. In bcrypt a NUL ends the password, and behind the end it begins
   * again, so passwords with NULs would match hashes of others: they never match.
   */
  @Override
  public PasswordMatch match(byte[] password, Argon2Memory memory) {
    byte[] key = Arrays.copyOf(password, Math.min(password.length, MOST_BYTES));
    byte[] computed = BCrypt.generate(key, salt, cost, true);
    Arrays.fill(key, (byte) 0);
    boolean same = MessageDigest.isEqual(hash, Arrays.copyOf(computed, HASH_BYTES));
    if (!same || hasNul(password)) {
      return PasswordMatch.DIFFERS;
    }
    return password.length > MOST_BYTES
        ? PasswordMatch.MATCHES_REPLACE_AND_CHANGE
        : PasswordMatch.MATCHES_REPLACE;
  }

  private static boolean hasNul(byte[] password) {
    for (byte each : password) {
      if (each == 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "BcryptHash[***]";
  }
}
