package com.techcorp.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

/** What is computed in memory that was used before, and that it is used again. */
class Argon2MemoryTest {
  private static final long MIB = 1_048_576;

  @Test
  void computesTheVectorOfRfc9106() {
    // given
    Argon2Memory memory = new Argon2Memory(64);

    // when it is computed in new memory, and in memory that other hashes were in
    byte[] first = vector(memory);
    memory.hash("another".getBytes(StandardCharsets.UTF_8), parameters(64, 1, 1), 32);
    byte[] second = vector(memory);

    // then
    byte[] published =
        HexFormat.of().parseHex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    assertThat(first).isEqualTo(published);
    assertThat(second).isEqualTo(published);
  }

  @Test
  void aHashTakesTheMemoryOfTheOneBefore() {
    // given
    Argon2Memory memory = new Argon2Memory(19_456);
    byte[] password = "correct horse".getBytes(StandardCharsets.UTF_8);

    // when
    long first = allocatedBy(() -> memory.hash(password, parameters(19_456, 1, 1), 32));
    long second = allocatedBy(() -> memory.hash(password, parameters(19_456, 1, 1), 32));
    long smaller = allocatedBy(() -> memory.hash(password, parameters(9_000, 1, 1), 32));
    long third = allocatedBy(() -> memory.hash(password, parameters(19_456, 1, 1), 32));

    // then
    assertThat(first).isGreaterThan(19 * MIB);
    assertThat(second).isLessThan(MIB);
    assertThat(smaller).isLessThan(MIB);
    assertThat(third).isLessThan(MIB);
  }

  @Test
  void aHashThatNeedsMoreGetsMoreAndDoesNotKeepIt() {
    // given
    Argon2Memory memory = new Argon2Memory(2_048);
    byte[] password = "correct horse".getBytes(StandardCharsets.UTF_8);

    // when
    byte[] large = memory.hash(password, parameters(8_192, 1, 1), 32);
    long again = allocatedBy(() -> memory.hash(password, parameters(8_192, 1, 1), 32));
    long usual = allocatedBy(() -> memory.hash(password, parameters(2_048, 1, 1), 32));

    // then
    assertThat(large)
        .isEqualTo(new Argon2Memory(8_192).hash(password, parameters(8_192, 1, 1), 32));
    assertThat(again).isGreaterThan(5 * MIB);
    assertThat(usual).isLessThan(MIB);
  }

  private static byte[] vector(Argon2Memory memory) {
    return memory.hash(
        repeated(1, 32),
        parameters(32, 3, 4)
            .withSalt(repeated(2, 16))
            .withSecret(repeated(3, 8))
            .withAdditional(repeated(4, 12)),
        32);
  }

  private static Argon2Parameters.Builder parameters(int memory, int iterations, int lanes) {
    return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
        .withMemoryAsKB(memory)
        .withIterations(iterations)
        .withParallelism(lanes)
        .withSalt(repeated(5, 16));
  }

  private static byte[] repeated(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static long allocatedBy(Runnable work) {
    long before = allocated();
    work.run();
    return allocated() - before;
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
