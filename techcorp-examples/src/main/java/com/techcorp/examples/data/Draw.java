package com.techcorp.examples.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Repeatable draws. Only methods of {@link Random} whose algorithm its documentation fixes are
 * used, so that the same seed gives the same draws on every JDK. Not thread-safe.
 */
final class Draw {

  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final Random random;

  /**
   * A stream of its own for each topic, so that a change to one file leaves the others as they are.
   */
  Draw(long seed, String topic) {
    this.random = new Random(seed ^ ((long) topic.hashCode() << 32));
  }

  /** From {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** True in so many cases of a hundred. */
  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** So many of the choices, or all if there are fewer, in the order they are listed. */
  <T> List<T> someOf(List<T> choices, int count) {
    List<T> rest = new ArrayList<>(choices);
    while (rest.size() > count) {
      rest.remove(random.nextInt(rest.size()));
    }
    return List.copyOf(rest);
  }

  /** The numbers from 0 below {@code size}, in any order. */
  List<Integer> permutation(int size) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, random);
    return numbers;
  }

  /** So many lower-case hexadecimal digits. */
  String hex(int digits) {
    StringBuilder text = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }

  /** A UUID of version 7 (RFC 9562, section 5.7) as of the given instant. */
  UUID id(Instant at) {
    long high = (at.toEpochMilli() << 16) | VERSION_7 | random.nextInt(1 << 12);
    long low = VARIANT | (random.nextLong() >>> 2);
    return new UUID(high, low);
  }
}
