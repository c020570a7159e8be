package com.techcorp.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.memory.MemorySessionStore;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.Rotation;
import com.techcorp.auth.spi.RotationResult;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.error.UnavailableException;
import com.techcorp.testkit.SteppedClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A refresh gives the successor whose hash the store has, or says why there is none. */
class SessionRefreshTest {
  private static final SessionOptions OPTIONS = SessionOptions.DEFAULT;

  private final SteppedClock clock = SteppedClock.create();
  private final SessionStore store = MemorySessionStore.create(100, clock);
  private final RefreshTokens tokens = TestKeys.tokens(1);
  private final SessionRefresh refresh = SessionRefresh.of(store, tokens, OPTIONS);
  private final UUID user = UUID.randomUUID();

  private RefreshToken logIn() {
    RefreshToken first = tokens.first(UUID.randomUUID());
    store.create(
        new NewSession(
            first.sessionId(), user, first.hash(), "{}", clock.now(), OPTIONS.lifetime(), null),
        store.epoch(user),
        OPTIONS.most());
    return first;
  }

  private static RefreshToken successor(RefreshOutcome outcome) {
    return ((RefreshOutcome.Refreshed) outcome).successor();
  }

  @Test
  void goesOnFromTokenToToken() {
    // given
    Instant login = clock.now();
    RefreshToken token = logIn();

    for (int generation = 2; generation <= 10; generation++) {
      // when
      clock.advance(Duration.ofMinutes(30));
      RefreshOutcome outcome = refresh.refresh(token.value());

      // then
      token = successor(outcome);
      assertThat(outcome).isEqualTo(new RefreshOutcome.Refreshed(user, login, token));
      assertThat(token.generation()).isEqualTo(generation);
      assertThat(tokens.recognise(token.value())).contains(token);
    }
  }

  @Test
  void aRepeatGetsTheSame() {
    RefreshToken first = logIn();
    RefreshOutcome outcome = refresh.refresh(first.value());
    assertThat(refresh.refresh(first.value())).isEqualTo(outcome);
  }

  @Test
  void anOlderTokenEndsTheSession() {
    // given
    RefreshToken first = logIn();
    RefreshToken second = successor(refresh.refresh(first.value()));
    RefreshToken third = successor(refresh.refresh(second.value()));

    // when, then
    assertThat(refresh.refresh(first.value()))
        .isEqualTo(new RefreshOutcome.Reused(first.sessionId(), user));
    for (RefreshToken token : List.of(first, second, third)) {
      assertThat(refresh.refresh(token.value()))
          .isEqualTo(new RefreshOutcome.Gone(first.sessionId()));
    }
  }

  @Test
  void unusedSuccessorsAreReplacedIfRepliesMayBeLost() {
    // given
    SessionRefresh lossy = SessionRefresh.of(store, tokens, OPTIONS.withLostReplies(true));
    RefreshToken first = logIn();

    for (int generation = 2; generation <= 8; generation++) {
      // when: no reply arrives
      RefreshToken lost = successor(lossy.refresh(first.value()));

      // then
      assertThat(lost.generation()).isEqualTo(generation);
      assertThat(successor(lossy.refresh(first.value()))).isEqualTo(lost);
      clock.advance(OPTIONS.grace().plusMillis(1));
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "\0", "x", "\uD800"})
  void refusesWhatIsNoToken(String text) {
    assertThat(refresh.refresh(text)).isEqualTo(new RefreshOutcome.NotGenuine());
  }

  @Test
  void refusesATokenOfAnotherKey() {
    RefreshToken foreign = TestKeys.tokens(2).first(logIn().sessionId());
    assertThat(refresh.refresh(foreign.value())).isEqualTo(new RefreshOutcome.NotGenuine());
  }

  /**
   * As docs/authentication.md says: accept the next key everywhere, derive under it, drop the old.
   */
  @Test
  void nobodyIsLoggedOutByAChangeOfTheKey() {
    // given
    SessionRefresh acceptsNext = SessionRefresh.of(store, TestKeys.tokens(1, 2), OPTIONS);
    SessionRefresh derivesNext = SessionRefresh.of(store, TestKeys.tokens(2, 1), OPTIONS);
    SessionRefresh onlyNext = SessionRefresh.of(store, TestKeys.tokens(2), OPTIONS);
    RefreshToken first = logIn();

    // when: two processes at a time, one of them already at the next step
    RefreshToken second = successor(refresh.refresh(first.value()));
    assertThat(successor(acceptsNext.refresh(first.value()))).isEqualTo(second);
    RefreshToken third = successor(derivesNext.refresh(second.value()));
    assertThat(successor(acceptsNext.refresh(second.value()))).isEqualTo(third);
    RefreshToken fourth = successor(onlyNext.refresh(third.value()));

    // then
    assertThat(successor(derivesNext.refresh(third.value()))).isEqualTo(fourth);
    assertThat(TestKeys.tokens(2).recognise(fourth.value())).contains(fourth);
  }

  @Test
  void asksForTheSameAgainIfItLacksTheKeyOfAnotherProcess() {
    // given
    RefreshToken first = logIn();
    SessionRefresh.of(store, TestKeys.tokens(2, 1), OPTIONS).refresh(first.value());

    // when, then
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> refresh.refresh(first.value()))
        .withMessageContaining("give all processes the same keys")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(first.value()));
  }

  @Test
  void saysWhatWasNoSession() {
    RefreshToken token = tokens.first(UUID.randomUUID());
    SessionRefresh unreadable =
        SessionRefresh.of(answering(asked -> new RotationResult.Unreadable()), tokens, OPTIONS);
    assertThat(unreadable.refresh(token.value()))
        .isEqualTo(new RefreshOutcome.Unreadable(token.sessionId()));
    assertThat(refresh.refresh(token.value()))
        .isEqualTo(new RefreshOutcome.Gone(token.sessionId()));
  }

  @Test
  void asksAgainWithTheGenerationThatTheStoreExpects() {
    // given
    List<Integer> asked = new ArrayList<>();
    RefreshToken token = tokens.derive(UUID.randomUUID(), 3);
    SessionRefresh moving =
        SessionRefresh.of(
            answering(
                rotation -> {
                  asked.add(rotation.successors().replacedGeneration());
                  return new RotationResult.Expected(10 + asked.size());
                }),
            tokens,
            OPTIONS);

    // when, then: not for ever
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> moving.refresh(token.value()));
    assertThat(asked).containsExactly(4, 11, 12, 13, 14);
  }

  @Test
  void offersTheHashesOfItsOwnTokens() {
    // given
    List<Rotation> asked = new ArrayList<>();
    RefreshToken token = tokens.derive(UUID.randomUUID(), 3);
    SessionStore recording =
        answering(
            rotation -> {
              asked.add(rotation);
              return asked.size() == 1 ? new RotationResult.Expected(7) : new RotationResult.Gone();
            });

    // when
    SessionRefresh.of(recording, tokens, OPTIONS).refresh(token.value());

    // then
    String next = tokens.derive(token.sessionId(), 4).hash();
    String eighth = tokens.derive(token.sessionId(), 8).hash();
    assertThat(asked)
        .extracting(Rotation::successors)
        .containsExactly(
            new Rotation.Successors(next, 4, tokens.derive(token.sessionId(), 5).hash()),
            new Rotation.Successors(next, 7, eighth));
    assertThat(asked.toString()).doesNotContain(next, eighth);
  }

  @Test
  void showsNoToken() {
    RefreshOutcome outcome = refresh.refresh(logIn().value());
    assertThat(outcome.toString()).doesNotContain(successor(outcome).value());
  }

  private static SessionStore answering(Function<Rotation, RotationResult> answer) {
    return (SessionStore)
        Proxy.newProxyInstance(
            SessionStore.class.getClassLoader(),
            new Class<?>[] {SessionStore.class},
            (proxy, method, arguments) -> answer.apply((Rotation) arguments[0]));
  }
}
