package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.Session;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionEpoch;
import com.techcorp.auth.spi.SessionStore;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a {@link SessionStore} takes new sessions, finds and lists them. */
public abstract class SessionCreationContract extends SessionStoreScenario {
  /** For subclasses. */
  protected SessionCreationContract() {}

  @Test
  void findsWhatWasCreated() {
    // given
    NewSession created = newSession(user);

    // when
    logIn(created);

    // then
    Session found = store().find(created.id()).orElseThrow();
    assertThat(found)
        .returns(created.id(), Session::id)
        .returns(user, Session::userId)
        .returns(DEVICE, Session::deviceInfo)
        .returns(created.createdAt(), Session::createdAt);
    assertThat(store().list(user)).containsExactly(found);
    assertCurrent(rotate(created.id(), 1), created.id(), 2);
  }

  @Test
  void findsNothingElse() {
    assertThat(store().find(UUID.randomUUID())).isEmpty();
    assertThat(store().list(user)).isEmpty();
    assertThat(store().epoch(user)).isEqualTo(new SessionEpoch(""));
    assertGone(UUID.randomUUID());
  }

  @Test
  void listsAUsersSessionsTheOldestFirst() {
    // given
    UUID other = UUID.randomUUID();

    // when
    UUID first = logIn(user);
    UUID foreign = logIn(other);
    UUID second = logIn(user);
    UUID third = logIn(user);
    rotateTo(first, 2); // a refresh makes nobody younger

    // then
    assertThat(listed(user)).containsExactly(first, second, third);
    assertThat(listed(other)).containsExactly(foreign);
  }

  @Test
  void endsTheOldestIfThereAreTooMany() {
    // given
    UUID other = logIn(UUID.randomUUID());
    UUID first = logIn(user);
    UUID second = logIn(user);
    UUID third = logIn(user);
    rotateTo(first, 2);

    // when
    NewSession fourth = newSession(user);
    SessionCreation one = create(fourth, 3);
    NewSession fifth = newSession(user);
    SessionCreation two = create(fifth, 2); // the host has lowered it

    // then
    assertThat(one).isEqualTo(new SessionCreation.Created(List.of(first)));
    assertThat(two)
        .isInstanceOfSatisfying(
            SessionCreation.Created.class,
            created -> assertThat(created.ended()).containsExactlyInAnyOrder(second, third));
    assertThat(listed(user)).containsExactly(fourth.id(), fifth.id());
    assertGone(first);
    assertGone(second);
    assertGone(third);
    assertThat(store().find(other)).isPresent();
  }

  @Test
  void hasPlaceForANewSessionOnceAnotherHasEnded() {
    // given
    UUID first = logIn(user);
    UUID second = logIn(user);
    store().end(user, second);

    // when
    NewSession third = newSession(user);

    // then
    assertThat(create(third, 2)).isEqualTo(new SessionCreation.Created(List.of()));
    assertThat(listed(user)).containsExactly(first, third.id());
  }

  @Test
  @Tag("T50")
  void refusesALoginThatBeganBeforeAllWereEnded() {
    // given
    SessionEpoch before = store().epoch(user);
    NewSession late = newSession(user);

    // when
    store().endAll(user, null);

    // then
    assertThat(store().create(late, before, MOST)).isEqualTo(new SessionCreation.Overtaken());
    assertGone(late.id());
    UUID next = logIn(user);
    assertThat(listed(user)).containsExactly(next);
  }

  @Test
  void refusesALoginThatBeganBeforeAllOthersWereEnded() {
    // given
    UUID current = logIn(user);
    SessionEpoch before = store().epoch(user);

    // when
    store().endAll(user, current);

    // then
    assertThat(store().create(newSession(user), before, MOST))
        .isEqualTo(new SessionCreation.Overtaken());
    assertThat(listed(user)).containsExactly(current);
  }

  @Test
  void refusesNobodyElsesLogin() {
    // given
    UUID other = UUID.randomUUID();
    UUID first = logIn(user);
    SessionEpoch before = store().epoch(user);
    NewSession second = newSession(user);

    // when
    store().endAll(other, null);
    store().end(user, first);

    // then
    assertThat(store().create(second, before, MOST))
        .isEqualTo(new SessionCreation.Created(List.of()));
  }

  @Test
  void refusesALoginThatBeganBeforeTwoEnds() {
    // given
    SessionEpoch first = store().epoch(user);
    store().endAll(user, null);
    SessionEpoch second = store().epoch(user);

    // when
    store().endAll(user, null);

    // then
    for (SessionEpoch before : List.of(first, second)) {
      assertThat(store().create(newSession(user), before, MOST))
          .isEqualTo(new SessionCreation.Overtaken());
    }
    assertThat(store().list(user)).isEmpty();
  }
}
