package com.techcorp.auth.password;

import com.techcorp.auth.spi.PasswordMatch;
import com.techcorp.auth.spi.UnreadablePasswordHashException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * An Argon2id hash as a PHC string: {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}, in base64
 * without padding.
 */
final class Argon2Hash implements StoredHash {
  static final String PREFIX = "$argon2id$";

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** Salts of 8 to 64 bytes and hashes of 16 to 64, which other implementations write. */
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19"
              + "\\$m=([1-9]\\d{0,8}),t=([1-9]\\d{0,8}),p=([1-9]\\d{0,8})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private final int memory;
  private final int iterations;
  private final int parallelism;
  private final byte[] salt;
  private final byte[] hash;
  private final boolean weak;

  private Argon2Hash(
      int memory, int iterations, int parallelism, byte[] salt, byte[] hash, boolean weak) {
    this.memory = memory;
    this.iterations = iterations;
    this.parallelism = parallelism;
    this.salt = salt;
    this.hash = hash;
    this.weak = weak;
  }

  /** Hashes a password with the options' parameters and a new salt. */
  static Argon2Hash of(
      byte[] password, PasswordOptions options, SecureRandom random, Argon2Memory memory) {
    Argon2Hash salted = random(options, random);
    return salted.withHash(salted.computed(password, memory));
  }

  /** Makes a hash that is as much work as one of the options, and of no password that is known. */
  static Argon2Hash random(PasswordOptions options, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    byte[] hash = new byte[HASH_BYTES];
    random.nextBytes(salt);
    random.nextBytes(hash);
    return new Argon2Hash(
        options.memory(), options.iterations(), options.parallelism(), salt, hash, false);
  }

  private Argon2Hash withHash(byte[] computed) {
    return new Argon2Hash(memory, iterations, parallelism, salt, computed, weak);
  }

  /**
   * Reads a stored hash.
   *
   * @throws UnreadablePasswordHashException if it has another form, or asks for too much
   */
  static Argon2Hash read(String stored, PasswordOptions options) {
    Matcher form = FORM.matcher(stored);
    if (!form.matches()) {
      throw new UnreadablePasswordHashException("is no Argon2id hash of version 19");
    }
    int memory = Integer.parseInt(form.group(1));
    int iterations = Integer.parseInt(form.group(2));
    int parallelism = Integer.parseInt(form.group(3));
    if (memory > options.mostMemory()
        || iterations > PasswordOptions.MOST_ITERATIONS
        || parallelism > PasswordOptions.MOST_PARALLELISM
        || memory < PasswordOptions.LEAST_MEMORY_OF_A_LANE * parallelism) {
      throw new UnreadablePasswordHashException("has parameters of Argon2id that are out of range");
    }
    byte[] salt = StrictBase64.decode(form.group(4));
    byte[] hash = StrictBase64.decode(form.group(5));
    boolean weak =
        isLessWork(memory, iterations, options)
            || salt.length < SALT_BYTES
            || hash.length < HASH_BYTES;
    return new Argon2Hash(memory, iterations, parallelism, salt, hash, weak);
  }

  /**
   * Only if one is less and neither is more: two processes with other options would otherwise each
   * replace what the other wrote.
   */
  private static boolean isLessWork(int memory, int iterations, PasswordOptions options) {
    return memory <= options.memory()
        && iterations <= options.iterations()
        && (memory < options.memory() || iterations < options.iterations());
  }

  @Override
  public PasswordMatch match(byte[] password, Argon2Memory blocks) {
    if (!MessageDigest.isEqual(hash, computed(password, blocks))) {
      return PasswordMatch.DIFFERS;
    }
    return weak ? PasswordMatch.MATCHES_REPLACE : PasswordMatch.MATCHES;
  }

  private byte[] computed(byte[] password, Argon2Memory blocks) {
    Argon2Parameters.Builder parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(iterations)
            .withParallelism(parallelism)
            .withSalt(salt);
    return blocks.hash(password, parameters, hash.length);
  }

  /** Returns what to store. */
  String text() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return PREFIX
        + "v=19$m="
        + memory
        + ",t="
        + iterations
        + ",p="
        + parallelism
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash);
  }

  @Override
  public String toString() {
    return "Argon2Hash[***]";
  }
}
