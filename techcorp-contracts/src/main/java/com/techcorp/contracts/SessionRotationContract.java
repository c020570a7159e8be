package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.RotationResult;
import com.techcorp.auth.spi.SessionRules.Decision;
import com.techcorp.auth.spi.SessionRules.Generations;
import com.techcorp.auth.spi.SessionStore;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link SessionStore} does with a genuine refresh token. */
public abstract class SessionRotationContract extends SessionStoreScenario {
  private static final int CASES = 200;
  private static final Duration TICK = Duration.ofMillis(1);

  /** For subclasses. */
  protected SessionRotationContract() {}

  @Test
  void eachTokenGetsItsSuccessor() {
    // given
    NewSession session = newSession(user);
    logIn(session);

    // when, then
    for (int generation = 1; generation <= 20; generation++) {
      RotationResult result = rotate(session.id(), generation);
      assertCurrent(result, session.id(), generation + 1);
      assertThat(((RotationResult.Current) result).createdAt()).isEqualTo(session.createdAt());
    }
  }

  @Test
  void aRepeatWithinTheGracePeriodGetsTheSameSuccessor() {
    // given
    UUID session = logIn(user);
    rotateTo(session, 2);

    // when, then
    for (int i = 0; i < 3; i++) {
      assertCurrent(rotate(session, 1), session, 2);
    }
    rotateTo(session, 3);
    assertCurrent(rotate(session, 2), session, 3);
  }

  @Test
  @Tag("T49")
  void thePreviousTokenEndsTheSessionAfterTheGracePeriod() {
    // given
    UUID session = logIn(user);
    rotateTo(session, 2);

    // when
    RotationResult result = afterTheGracePeriod(session, 1, false, 2);

    // then
    assertThat(result).isEqualTo(new RotationResult.Reused(user));
    assertGone(session);
  }

  @Test
  @Tag("T49")
  void noRepeatExtendsTheGracePeriod() {
    // given
    UUID session = logIn(user);
    rotateTo(session, 2);

    // when: repeats follow one another until the grace period is over
    Duration grace = Duration.ofMillis(300);
    RotationResult result =
        eventually(
            () -> rotate(session, 1, grace, false, 2),
            each -> !(each instanceof RotationResult.Current));

    // then
    assertThat(result).isEqualTo(new RotationResult.Reused(user));
  }

  @Test
  void aTokenNewerThanTheCurrentOneIsOfALostRotation() {
    // given
    UUID session = logIn(user);
    rotateTo(session, 2);

    // when: three rotations were lost
    RotationResult result = rotate(session, 5);

    // then
    assertCurrent(result, session, 6);
    assertCurrent(rotate(session, 5), session, 6);
    rotateTo(session, 7);
  }

  @Test
  void whatWasCurrentBeforeALostRotationIsOld() {
    // given
    UUID session = logIn(user);
    rotateTo(session, 2);
    assertCurrent(rotate(session, 5), session, 6);

    // when, then
    assertThat(rotate(session, 2)).isEqualTo(new RotationResult.Reused(user));
    assertGone(session);
  }

  @Test
  void anUnusedSuccessorIsReplacedIfRepliesMayBeLost() {
    // given
    UUID session = logIn(user);
    rotateTo(session, 2);

    // when
    assertCurrent(afterTheGracePeriod(session, 1, true, 2), session, 3);

    // then: the new one is the same for all, and works
    assertCurrent(rotate(session, 1), session, 3);
    rotateTo(session, 4);
  }

  @Test
  void aReplacedSuccessorEndsTheSession() {
    // given
    UUID session = logIn(user);
    rotateTo(session, 2);
    assertCurrent(afterTheGracePeriod(session, 1, true, 2), session, 3);

    // when, then
    assertThat(rotate(session, 2, LONG, true, 3)).isEqualTo(new RotationResult.Reused(user));
    assertGone(session);
  }

  @Test
  void aSuccessorIsReplacedAgain() {
    // given
    UUID session = logIn(user);
    rotateTo(session, 2);

    // when, then
    assertCurrent(afterTheGracePeriod(session, 1, true, 2), session, 3);
    assertCurrent(afterTheGracePeriod(session, 1, true, 3), session, 4);
    rotateTo(session, 5);
  }

  @Test
  void aUsedSuccessorIsNotReplaced() {
    // given
    UUID session = logIn(user);
    rotateTo(session, 2);
    rotateTo(session, 3);

    // when, then
    assertThat(askForReplacement(session, 1, 2)).isEqualTo(new RotationResult.Reused(user));
    assertGone(session);
  }

  @Test
  void saysWhichSuccessorItExpected() {
    // given
    UUID session = logIn(user);
    rotateTo(session, 2);
    assertCurrent(afterTheGracePeriod(session, 1, true, 2), session, 3);

    // when
    RotationResult wrong = afterTheGracePeriod(session, 1, true, 2);

    // then: nothing has changed
    assertThat(wrong).isEqualTo(new RotationResult.Expected(3));
    assertCurrent(rotate(session, 1), session, 3);
    assertCurrent(afterTheGracePeriod(session, 1, true, 3), session, 4);
  }

  /** States and tokens of a seed; times only as within the grace period, or after it. */
  @Test
  void decidesAsTheRulesDo() {
    long seed = new Random().nextLong();
    System.out.println("SessionRotationContract: " + CASES + " cases, seed " + seed);
    for (RotationCase drawn : RotationCase.draw(seed, CASES)) {
      assertDecides(drawn);
    }
  }

  private void assertDecides(RotationCase drawn) {
    // given
    UUID session = logIn(newSession(user));
    Generations before = drawn.before();
    bring(session, before);

    // when
    boolean within = drawn.age().compareTo(drawn.grace()) <= 0;
    boolean waits = !within && drawn.presented() == before.previous();
    RotationResult result =
        waits
            ? afterTheGracePeriod(session, drawn.presented(), drawn.lostReplies(), before.current())
            : rotate(session, drawn.presented(), LONG, drawn.lostReplies(), before.current());

    // then
    Decision expected = drawn.expected();
    if (expected instanceof Decision.Rotate rotate) {
      assertMoved(result, session, rotate.next());
    } else if (expected instanceof Decision.Replace replace) {
      assertMoved(result, session, replace.next());
    } else if (expected instanceof Decision.Repeat) {
      assertCurrent(result, session, before.current());
    } else {
      assertThat(result).as("%s", drawn).isEqualTo(new RotationResult.Reused(user));
      assertGone(session);
    }
    store().end(user, session);
  }

  private void assertMoved(RotationResult result, UUID session, Generations next) {
    assertCurrent(result, session, next.current());
    assertCurrent(rotate(session, next.previous()), session, next.current());
  }

  /** Only by what clients do: one rotation, and then lost replies. */
  private void bring(UUID session, Generations wanted) {
    if (wanted.previous() > 0) {
      rotate(session, wanted.previous());
      for (int unused = wanted.previous() + 1; unused < wanted.current(); unused++) {
        assertCurrent(
            afterTheGracePeriod(session, wanted.previous(), true, unused), session, unused + 1);
      }
    }
  }

  /** Presents the previous token until the store's clock has moved on: it repeats until then. */
  private RotationResult afterTheGracePeriod(
      UUID session, int previous, boolean lostReplies, int replaced) {
    RotationResult repeated = rotate(session, previous);
    return eventually(
        () -> rotate(session, previous, Duration.ZERO, lostReplies, replaced),
        result -> !result.equals(repeated));
  }

  private RotationResult eventually(
      Supplier<RotationResult> call, Predicate<RotationResult> isEnd) {
    return await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              pass(TICK);
              return call.get();
            },
            isEnd);
  }
}
