package com.techcorp.auth.password;

import com.techcorp.auth.Password;
import com.techcorp.auth.spi.PasswordHasher;
import com.techcorp.auth.spi.PasswordMatch;
import com.techcorp.auth.spi.UnreadablePasswordHashException;
import com.techcorp.error.WiringException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * Hashes passwords with Argon2id, and compares them with such hashes and with those of older
 * systems: bcrypt and PBKDF2. Thread-safe; shows no password and no hash.
 *
 * <pre>{@code
 * Argon2Passwords passwords = Argon2Passwords.of(PasswordOptions.DEFAULT);
 * String hash = passwords.hash(password);                     // to be stored
 * PasswordMatch match = passwords.matches(password, hash);
 * }</pre>
 *
 * <p>A call hashes on its caller's thread, once a permit is free. An interruption ends the wait for
 * a permit, but not a hash that has begun.
 */
public final class Argon2Passwords implements PasswordHasher {
  private static final long KIB = 1_024;

  private final PasswordOptions options;
  private final HashPermits permits;
  private final SecureRandom random = new SecureRandom();
  private final Argon2Hash nobody;

  private Argon2Passwords(PasswordOptions options) {
    this.options = options;
    this.permits = new HashPermits(options);
    this.nobody = Argon2Hash.random(options, random);
  }

  /**
   * Hashes with options of the host's. One instance serves a process; two would have twice the
   * permits.
   *
   * @param options parameters, permits and waiting callers
   * @return the hasher
   * @throws WiringException if a stored hash may not ask for the memory of a new one, or what all
   *     permits may ask for does not fit into half of the heap
   */
  public static Argon2Passwords of(PasswordOptions options) {
    if (options.mostMemory() < options.memory()) {
      throw new WiringException(
          "PasswordOptions.mostMemory must be at least PasswordOptions.memory, "
              + options.memory()
              + " KiB, was "
              + options.mostMemory()
              + " KiB: no new hash could be read");
    }
    requireHeap(options, Runtime.getRuntime().maxMemory() / KIB);
    return new Argon2Passwords(options);
  }

  static void requireHeap(PasswordOptions options, long heap) {
    long most = (long) options.permits() * options.mostMemory();
    if (most > heap / 2) {
      throw new WiringException(
          "PasswordOptions: "
              + options.permits()
              + " permits of "
              + options.mostMemory()
              + " KiB do not fit into half of the heap of "
              + heap
              + " KiB; lower permits or mostMemory, or raise -Xmx");
    }
  }

  @Override
  public String hash(Password password) {
    return permitted(
        password, (utf8, memory) -> Argon2Hash.of(utf8, options, random, memory).text());
  }

  @Override
  public PasswordMatch matches(Password password, String storedHash) {
    StoredHash stored;
    try {
      stored = StoredHashes.read(storedHash, options);
    } catch (UnreadablePasswordHashException e) {
      matchesNobody(password);
      throw e;
    }
    return permitted(password, stored::match);
  }

  @Override
  public void matchesNobody(Password password) {
    permitted(password, nobody::match);
  }

  private <T> T permitted(Password password, BiFunction<byte[], Argon2Memory, T> work) {
    return permits.with(
        memory -> {
          byte[] utf8 = password.utf8();
          try {
            return work.apply(utf8, memory);
          } finally {
            Arrays.fill(utf8, (byte) 0);
          }
        });
  }

  HashPermits permits() {
    return permits;
  }

  /** Returns a description without a hash. */
  @Override
  public String toString() {
    return "Argon2Passwords[***]";
  }
}
