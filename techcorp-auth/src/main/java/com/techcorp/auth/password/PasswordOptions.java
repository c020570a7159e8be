package com.techcorp.auth.password;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * How much work a hash is, and how many are made at once. Immutable: each {@code with} method
 * returns a changed copy.
 *
 * @param memory what a new hash fills, in KiB. Default 19,456 (19 MiB)
 * @param iterations how often a new hash fills it. Default 2
 * @param parallelism into how many lanes a new hash divides the memory; one thread fills them all.
 *     Default 1
 * @param mostMemory what a stored hash may ask for, in KiB; one that asks for more is unreadable.
 *     Default 65,536 (64 MiB)
 * @param permits how many hashes are made at once. Each keeps its {@code memory} and uses it again.
 *     Default one for each processor, or fewer if {@code mostMemory} of each does not fit into half
 *     of the heap
 * @param waiting how many callers may wait for a permit; the next one is refused. Default 100
 * @param longestWait how long a caller waits for a permit at the most. Default 2 s
 */
public record PasswordOptions(
    int memory,
    int iterations,
    int parallelism,
    int mostMemory,
    int permits,
    int waiting,
    Duration longestWait) {
  static final int MOST_ITERATIONS = 16;
  static final int MOST_PARALLELISM = 16;

  /** Argon2 divides each lane into four segments of two blocks of 1 KiB at the least. */
  static final int LEAST_MEMORY_OF_A_LANE = 8;

  private static final int MOST_MEMORY = 1_048_576;
  private static final int DEFAULT_MOST_MEMORY = 65_536;

  /** The defaults named above. */
  public static final PasswordOptions DEFAULT =
      new PasswordOptions(
          19_456, 2, 1, DEFAULT_MOST_MEMORY, defaultPermits(), 100, Duration.ofSeconds(2));

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public PasswordOptions {
    Require.between("PasswordOptions.parallelism", parallelism, 1, MOST_PARALLELISM);
    int least = LEAST_MEMORY_OF_A_LANE * parallelism;
    Require.between("PasswordOptions.memory", memory, least, MOST_MEMORY);
    Require.between("PasswordOptions.iterations", iterations, 1, MOST_ITERATIONS);
    Require.between("PasswordOptions.mostMemory", mostMemory, LEAST_MEMORY_OF_A_LANE, MOST_MEMORY);
    Require.between("PasswordOptions.permits", permits, 1, 10_000);
    Require.between("PasswordOptions.waiting", waiting, 0, 1_000_000);
    Require.between(
        "PasswordOptions.longestWait", longestWait, Duration.ZERO, Duration.ofSeconds(60));
  }

  private static int defaultPermits() {
    Runtime machine = Runtime.getRuntime();
    long fit = machine.maxMemory() / 2 / (DEFAULT_MOST_MEMORY * 1_024L);
    return (int) Math.max(1, Math.min(machine.availableProcessors(), fit));
  }

  /**
   * Changes what a new hash fills.
   *
   * @param memory KiB, 8 for each lane to 1,048,576; default 19,456
   * @return a changed copy
   */
  public PasswordOptions withMemory(int memory) {
    return new PasswordOptions(
        memory, iterations, parallelism, mostMemory, permits, waiting, longestWait);
  }

  /**
   * Changes how often a new hash fills its memory.
   *
   * @param iterations 1 to 16; default 2
   * @return a changed copy
   */
  public PasswordOptions withIterations(int iterations) {
    return new PasswordOptions(
        memory, iterations, parallelism, mostMemory, permits, waiting, longestWait);
  }

  /**
   * Changes into how many lanes a new hash divides its memory.
   *
   * @param parallelism 1 to 16; default 1, as more help only those who guess
   * @return a changed copy
   */
  public PasswordOptions withParallelism(int parallelism) {
    return new PasswordOptions(
        memory, iterations, parallelism, mostMemory, permits, waiting, longestWait);
  }

  /**
   * Changes what a stored hash may ask for.
   *
   * @param mostMemory KiB, 8 to 1,048,576, and {@code memory} at the least; default 65,536
   * @return a changed copy
   */
  public PasswordOptions withMostMemory(int mostMemory) {
    return new PasswordOptions(
        memory, iterations, parallelism, mostMemory, permits, waiting, longestWait);
  }

  /**
   * Changes how many hashes are made at once.
   *
   * @param permits 1 to 10,000; {@code mostMemory} of each must fit into half of the heap. Default
   *     one for each processor, if they fit
   * @return a changed copy
   */
  public PasswordOptions withPermits(int permits) {
    return new PasswordOptions(
        memory, iterations, parallelism, mostMemory, permits, waiting, longestWait);
  }

  /**
   * Changes how many callers may wait for a permit.
   *
   * @param waiting 0 to 1,000,000; default 100
   * @return a changed copy
   */
  public PasswordOptions withWaiting(int waiting) {
    return new PasswordOptions(
        memory, iterations, parallelism, mostMemory, permits, waiting, longestWait);
  }

  /**
   * Changes how long a caller waits for a permit.
   *
   * @param longestWait 0 to 60 s; default 2 s
   * @return a changed copy
   */
  public PasswordOptions withLongestWait(Duration longestWait) {
    return new PasswordOptions(
        memory, iterations, parallelism, mostMemory, permits, waiting, longestWait);
  }
}
