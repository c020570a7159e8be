package com.techcorp.auth.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.memory.SessionModel.Event;
import com.techcorp.auth.spi.SessionStore;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever users, browsers with several tabs, a thief, lost replies, password changes and
 * fail-overs do to sessions, the rules hold; and whatever mistake a store makes, a seed finds it.
 */
@Tag("T31")
@Tag("T32")
@Tag("T48")
@Tag("T49")
@Tag("T50")
class SessionModelTest {
  private static final int ENOUGH = 20_000;

  @Test
  void holdsFor1000Seeds() {
    assertHolds(1_000);
  }

  @Test
  @Tag("soak")
  void holdsFor10000Seeds() {
    assertHolds(10_000);
  }

  private static void assertHolds(int seeds) {
    long first = new Random().nextInt();
    Map<Event, Integer> counts = new EnumMap<>(Event.class);
    for (long seed = first; seed < first + seeds; seed++) {
      play(seed, clock -> MemorySessionStore.create(1_000, clock), true)
          .forEach((event, count) -> counts.merge(event, count, Integer::sum));
    }
    System.out.println("SessionModelTest: " + seeds + " seeds from " + first + ": " + counts);
    assertThat(counts).containsOnlyKeys(Event.values());
    assertThat(counts.values()).allMatch(count -> count > seeds / 10);
  }

  @ParameterizedTest
  @EnumSource
  void findsAMistake(Mistake mistake) {
    long first = new Random().nextInt();
    for (long seed = first; seed < first + ENOUGH; seed++) {
      try {
        play(seed, mistake.stores(), mistake.confirmsEnds());
      } catch (AssertionError found) {
        long tried = seed - first + 1;
        System.out.println("SessionModelTest: " + mistake + ", found by seed " + tried);
        return;
      }
    }
    throw new AssertionError(mistake + " was not found by " + ENOUGH + " seeds from " + first);
  }

  private static Map<Event, Integer> play(
      long seed, Function<InstantSource, SessionStore> stores, boolean confirmsEnds) {
    try {
      return new SessionModel(seed, stores, confirmsEnds).play();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }
}
