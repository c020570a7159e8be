package com.techcorp.bench.scenario.auth;

import com.techcorp.auth.password.PasswordOptions;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.CallLoop;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The Argon2id hash of a password by Bouncy Castle alone, with the same parameters as the library
 * and, as there, in memory that is used again.
 */
final class BareHash implements CallLoop.Call {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** What the generator takes beside the memory of the hash. */
  private static final int WORKING_BLOCKS = 4;

  private final byte[] password = BenchUsers.PASSWORD.getBytes(StandardCharsets.UTF_8);
  private final PasswordOptions options;
  private final FixedBlockPool blocks;
  private final byte[] expected;

  BareHash(PasswordOptions options) {
    this.options = options;
    this.blocks = new FixedBlockPool(options.memory() + WORKING_BLOCKS);
    this.expected = hash();
  }

  @Override
  public void run() {
    if (!MessageDigest.isEqual(expected, hash())) {
      throw new Verification.FailedException("the same password has two hashes");
    }
  }

  private byte[] hash() {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(options.memory())
            .withIterations(options.iterations())
            .withParallelism(options.parallelism())
            .withSalt(new byte[SALT_BYTES])
            .withBlockPool(blocks)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    generator.generateBytes(password, hash);
    return hash;
  }
}
