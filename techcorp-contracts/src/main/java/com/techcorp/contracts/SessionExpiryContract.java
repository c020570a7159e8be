package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.auth.Session;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.RotationResult;
import com.techcorp.auth.spi.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a session of a {@link SessionStore} goes by itself. */
public abstract class SessionExpiryContract extends SessionStoreScenario {
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration STEP = Duration.ofMillis(100);

  /** For subclasses. */
  protected SessionExpiryContract() {}

  @Test
  @Tag("T32")
  void noRefreshExtendsTheLifetime() {
    // given
    UUID session = logIn(newSession(user, SHORT, LONG));
    UUID other = logIn(user);
    AtomicInteger generation = new AtomicInteger(1);

    // when, then: it goes, however often it is refreshed
    eventually(
        () -> rotate(session, generation.getAndIncrement()).equals(new RotationResult.Gone()));
    assertGone(session);
    assertThat(listed(user)).containsExactly(other);
  }

  @Test
  void noRefreshMovesTheEnd() {
    // given
    UUID session = logIn(newSession(user, WEEK, LONG));
    Instant expires = expiresAt(session);

    // when
    pass(SHORT);
    rotateTo(session, 2);
    pass(SHORT);
    rotateTo(session, 3);

    // then
    assertThat(expiresAt(session)).isEqualTo(expires);
  }

  @Test
  void endsWithoutARefresh() {
    // given
    UUID session = logIn(newSession(user, WEEK, SHORT));
    UUID other = logIn(user);

    // when, then: to look at it is no refresh
    eventually(() -> store().find(session).isEmpty());
    assertGone(session);
    assertThat(listed(user)).containsExactly(other);
  }

  /** On a busy machine, the one that is refreshed may end too: then it is tried again. */
  @Test
  void aRefreshPutsTheIdleTimeOutOff() {
    eventually(
        () -> {
          UUID used = logIn(newSession(user, WEEK, SHORT));
          UUID idle = logIn(newSession(user, WEEK, SHORT));
          for (int generation = 1; store().find(idle).isPresent(); generation++) {
            rotate(used, generation);
            pass(STEP);
          }
          return store().find(used).isPresent();
        });
  }

  @Test
  void countsAgainstTheMostOnlyWhatIsThere() {
    // given
    UUID brief = logIn(newSession(user, SHORT, null));
    UUID idle = logIn(newSession(user, WEEK, SHORT));
    UUID first = logIn(user);

    // when
    eventually(() -> store().find(brief).isEmpty() && store().find(idle).isEmpty());
    UUID second = newest(2);

    // then
    assertThat(listed(user)).containsExactly(first, second);
  }

  private UUID newest(int most) {
    NewSession session = newSession(user);
    create(session, most);
    return session.id();
  }

  private Instant expiresAt(UUID session) {
    return store().find(session).map(Session::expiresAt).orElseThrow();
  }

  private void eventually(Callable<Boolean> state) {
    await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              boolean there = state.call();
              if (!there) {
                pass(STEP);
              }
              return there;
            });
  }
}
