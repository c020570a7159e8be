package com.techcorp.auth.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.Rotation;
import com.techcorp.auth.spi.RotationResult;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionRules;
import com.techcorp.auth.spi.SessionRules.Decision;
import com.techcorp.auth.spi.SessionRules.Generations;
import com.techcorp.contracts.RotationCase;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The store within one process decides about 10,000 states as {@link SessionRules} do, to the
 * millisecond. Stores in other languages are driven with the same states.
 */
class MemorySessionRulesTest {
  private static final int CASES = 10_000;
  private static final Duration TICK = Duration.ofMillis(1);

  private final SteppedClock clock = SteppedClock.create();
  private final MemorySessionStore store = MemorySessionStore.create(10, clock);
  private final UUID user = UUID.randomUUID();

  @Test
  void decidesAsTheRulesDo() {
    long seed = new Random().nextLong();
    System.out.println("MemorySessionRulesTest: " + CASES + " cases, seed " + seed);
    for (RotationCase drawn : RotationCase.draw(seed, CASES)) {
      UUID session = UUID.randomUUID();
      bring(session, drawn.before());
      clock.advance(drawn.age());
      RotationResult result =
          rotate(session, drawn.presented(), drawn.grace(), drawn.lostReplies(), drawn.before());
      assertThat(result).as("seed %s, %s", seed, drawn).isEqualTo(expected(drawn));
      store.endAll(user, null);
    }
  }

  private RotationResult expected(RotationCase drawn) {
    Decision decision = drawn.expected();
    if (decision instanceof Decision.Rotate rotate) {
      return current(rotate.next());
    }
    if (decision instanceof Decision.Replace replace) {
      return current(replace.next());
    }
    return decision instanceof Decision.Repeat
        ? current(drawn.before())
        : new RotationResult.Reused(user);
  }

  private RotationResult current(Generations generations) {
    int current = generations.current();
    return new RotationResult.Current(user, Instant.EPOCH, current, "hash of " + current);
  }

  /** Afterwards the latest rotation, if there was one, is of this moment. */
  private void bring(UUID session, Generations wanted) {
    NewSession created =
        new NewSession(session, user, "hash of 1", "{}", Instant.EPOCH, Duration.ofDays(7), null);
    assertThat(store.create(created, store.epoch(user), 10))
        .isEqualTo(new SessionCreation.Created(List.of()));
    if (wanted.previous() > 0) {
      rotate(session, wanted.previous(), Duration.ZERO, true, wanted);
    }
    for (int unused = wanted.previous() + 1; unused < wanted.current(); unused++) {
      if (wanted.previous() > 0) {
        clock.advance(TICK);
        Generations before = new Generations(unused, wanted.previous(), clock.now());
        rotate(session, wanted.previous(), Duration.ZERO, true, before);
      }
    }
  }

  private RotationResult rotate(
      UUID session, int presented, Duration grace, boolean lostReplies, Generations before) {
    return store.rotate(
        new Rotation(
            session,
            presented,
            new Rotation.Successors(
                "hash of " + (presented + 1),
                before.current(),
                "hash of " + (before.current() + 1)),
            grace,
            lostReplies));
  }
}
