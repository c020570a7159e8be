package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.RotationResult;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionEpoch;
import com.techcorp.auth.spi.SessionStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link SessionStore} does when all come at the same time. */
public abstract class SessionRacesContract extends SessionStoreScenario {
  private static final int ROUNDS = 10;

  /** For subclasses. */
  protected SessionRacesContract() {}

  @Test
  @Tag("T31")
  void all64GetTheSameSuccessor() throws Exception {
    // given
    UUID session = logIn(user);
    rotateTo(session, 2);

    // when
    List<RotationResult> results = Threads.together(64, thread -> () -> rotate(session, 2));

    // then
    assertThat(results).allSatisfy(result -> assertCurrent(result, session, 3));
    rotateTo(session, 4);
  }

  @RepeatedTest(ROUNDS)
  @Tag("T50")
  void noLoginIsLostToAnother() throws Exception {
    // when
    List<UUID> created = Threads.together(16, thread -> () -> logIn(user));

    // then
    assertThat(listed(user)).containsExactlyInAnyOrderElementsOf(created);
    assertThat(store().endAll(user, null)).containsExactlyInAnyOrderElementsOf(created);
    assertThat(created).allSatisfy(session -> assertThat(store().find(session)).isEmpty());
  }

  /**
   * A login.
   *
   * @param session its session
   * @param epoch as it was when the login began
   * @param creation what became of it
   */
  private record Login(UUID session, SessionEpoch epoch, SessionCreation creation) {}

  @RepeatedTest(ROUNDS)
  @Tag("T50")
  void endingAllMissesNoLogin() throws Exception {
    // when
    List<List<Login>> logins =
        Threads.together(16, thread -> thread % 5 == 0 ? this::endAll : this::logInThrice);

    // then: what is left began after the last end, and can be listed
    SessionEpoch last = store().epoch(user);
    Set<UUID> left = new HashSet<>();
    for (Login login : logins.stream().flatMap(List::stream).toList()) {
      if (login.epoch().equals(last)) {
        assertThat(login.creation()).isInstanceOf(SessionCreation.Created.class);
        left.add(login.session());
      } else {
        assertGone(login.session());
      }
    }
    assertThat(listed(user)).containsExactlyInAnyOrderElementsOf(left);
  }

  private List<Login> endAll() {
    store().endAll(user, null);
    return List.of();
  }

  private List<Login> logInThrice() {
    List<Login> logins = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SessionEpoch epoch = store().epoch(user);
      NewSession session = newSession(user);
      logins.add(new Login(session.id(), epoch, store().create(session, epoch, MOST)));
    }
    return logins;
  }

  @RepeatedTest(ROUNDS)
  void atMostAsManyAsAllowedAreLeft() throws Exception {
    // given
    int most = 5;

    // when
    Set<UUID> ids = new HashSet<>();
    List<SessionCreation> created =
        Threads.together(
            16,
            thread -> {
              NewSession session = newSession(user);
              ids.add(session.id());
              return () -> create(session, most);
            });

    // then
    List<UUID> left = listed(user);
    assertThat(left).hasSize(most);
    Set<UUID> ended = new HashSet<>(ids);
    ended.removeAll(new HashSet<>(left));
    assertThat(created.stream().map(SessionRacesContract::ended).flatMap(Collection::stream))
        .containsAll(ended)
        .doesNotContainAnyElementsOf(left);
    assertThat(ended).allSatisfy(session -> assertThat(store().find(session)).isEmpty());
  }

  private static List<UUID> ended(SessionCreation creation) {
    return ((SessionCreation.Created) creation).ended();
  }

  @RepeatedTest(ROUNDS)
  @Tag("T48")
  void aRefreshThatRacesAnEndLoses() throws Exception {
    // given
    List<UUID> sessions = Stream.generate(() -> logIn(user)).limit(8).toList();

    // when: each is refreshed for as long as it goes, one is ended alone and all are together
    List<Boolean> results =
        Threads.together(
            10,
            thread ->
                switch (thread) {
                  case 8 -> () -> store().end(user, sessions.get(0));
                  case 9 -> () -> !store().endAll(user, null).isEmpty();
                  default ->
                      () -> refreshed(sessions.get(thread)).equals(new RotationResult.Gone());
                });

    // then
    assertThat(results.subList(0, 8)).containsOnly(true);
    assertThat(sessions).allSatisfy(this::assertGone);
    assertThat(store().list(user)).isEmpty();
  }

  private RotationResult refreshed(UUID session) {
    RotationResult result = rotate(session, 1);
    while (result instanceof RotationResult.Current current) {
      result = rotate(session, current.generation());
    }
    return result;
  }

  @RepeatedTest(ROUNDS)
  @Tag("T49")
  void oneOfAllSeesThatATokenWasUsedTwice() throws Exception {
    // given
    UUID session = logIn(user);
    rotateTo(session, 2);
    rotateTo(session, 3);

    // when
    List<RotationResult> results =
        Threads.together(16, thread -> () -> rotate(session, thread % 2 == 0 ? 1 : 2));

    // then
    assertThat(results).containsOnlyOnce(new RotationResult.Reused(user));
    assertGone(session);
  }
}
