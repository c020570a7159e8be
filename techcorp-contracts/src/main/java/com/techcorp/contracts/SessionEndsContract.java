package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.spi.RotationResult;
import com.techcorp.auth.spi.SessionStore;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link SessionStore} ends has ended for good. */
public abstract class SessionEndsContract extends SessionStoreScenario {
  /** For subclasses. */
  protected SessionEndsContract() {}

  @Test
  void endsOne() {
    // given
    UUID first = logIn(user);
    UUID second = logIn(user);

    // when
    boolean there = store().end(user, first);
    boolean thereAgain = store().end(user, first);

    // then
    assertThat(there).isTrue();
    assertThat(thereAgain).isFalse();
    assertGone(first);
    assertThat(listed(user)).containsExactly(second);
  }

  @Test
  void endsNobodyElses() {
    // given
    UUID session = logIn(user);

    // when
    boolean there = store().end(UUID.randomUUID(), session);

    // then
    assertThat(there).isFalse();
    assertThat(listed(user)).containsExactly(session);
    rotateTo(session, 2);
  }

  @Test
  void endsAll() {
    // given
    UUID first = logIn(user);
    UUID second = logIn(user);
    UUID other = logIn(UUID.randomUUID());
    rotateTo(second, 2);

    // when, then
    assertThat(store().endAll(user, null)).containsExactlyInAnyOrder(first, second);
    assertGone(first);
    assertGone(second);
    assertThat(store().list(user)).isEmpty();
    assertThat(store().endAll(user, null)).isEmpty();
    assertThat(store().find(other)).isPresent();
  }

  @Test
  void endsAllButOne() {
    // given
    UUID first = logIn(user);
    UUID current = logIn(user);
    UUID third = logIn(user);

    // when, then
    assertThat(store().endAll(user, current)).containsExactlyInAnyOrder(first, third);
    assertGone(first);
    assertGone(third);
    assertThat(listed(user)).containsExactly(current);
    rotateTo(current, 2);
  }

  @Test
  void sparesNobodyElsesSession() {
    // given
    UUID mine = logIn(user);
    UUID foreign = logIn(UUID.randomUUID());

    // when, then
    assertThat(store().endAll(user, foreign)).containsExactly(mine);
    assertGone(mine);
  }

  @Test
  @Tag("T49")
  void endsASessionWhoseTokenIsUsedTwice() {
    // given
    UUID session = logIn(user);
    UUID other = logIn(user);
    rotateTo(session, 2);
    rotateTo(session, 3);

    // when: older than the previous one, within the grace period
    RotationResult result = rotate(session, 1);

    // then: neither the previous token nor the current one works
    assertThat(result).isEqualTo(new RotationResult.Reused(user));
    assertGone(session);
    assertThat(store().end(user, session)).isFalse();
    assertThat(listed(user)).containsExactly(other);
  }

  @Test
  @Tag("T49")
  void aSessionThatEndedStaysEndedWithinTheGracePeriod() {
    // given
    UUID session = logIn(user);
    rotateTo(session, 2);

    // when
    store().end(user, session);

    // then
    assertGone(session);
    assertThat(askForReplacement(session, 1, 2)).isEqualTo(new RotationResult.Gone());
  }
}
