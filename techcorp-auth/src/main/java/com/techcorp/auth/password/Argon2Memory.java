package com.techcorp.auth.password;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The memory of one permit: each hash fills the blocks of the one before, which are overwritten
 * with zeros in between. For one caller at a time.
 */
final class Argon2Memory {
  /** What the generator takes beside the memory of the hash. */
  private static final int WORKING_BLOCKS = 4;

  private final FixedBlockPool blocks;

  /** A hash that needs more than this gets the rest for itself, once. */
  Argon2Memory(int kibibytes) {
    this.blocks = new FixedBlockPool(kibibytes + WORKING_BLOCKS);
  }

  byte[] hash(byte[] password, Argon2Parameters.Builder parameters, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters.withBlockPool(blocks).build());
    byte[] hash = new byte[length];
    generator.generateBytes(password, hash);
    return hash;
  }
}
