package com.techcorp.auth.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.LoginResult.LoggedIn;
import com.techcorp.auth.RefreshResult;
import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.User;
import com.techcorp.error.UnavailableException;
import com.techcorp.messaging.Event;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Logging out, and ending sessions from outside. */
class LogoutTest {
  private static final TokenVerdict REVOKED = new TokenVerdict.Refused(TokenRefusal.REVOKED);

  private final AuthTestBed bed = new AuthTestBed();

  @Test
  @Tag("T33")
  void aLogoutByRefreshTokenEndsTheSessionAndItsTokens() {
    // given
    LoggedIn in = bed.loggedIn();

    // when
    bed.auth.logOut(in.refreshToken());

    // then
    assertEnded(in, SessionEndReason.LOGGED_OUT);
  }

  @Test
  void aLogoutByAccessTokenEndsTheSessionAndItsTokens() {
    // given
    LoggedIn in = bed.loggedIn();

    // when
    bed.auth.logOut(in.accessToken().claims());

    // then
    assertEnded(in, SessionEndReason.LOGGED_OUT);
  }

  private void assertEnded(LoggedIn in, SessionEndReason reason) {
    assertThat(bed.auth.refresh(in.refreshToken())).isEqualTo(new RefreshResult.Refused());
    assertThat(bed.auth.sessions(bed.ana.id())).isEmpty();
    assertThat(bed.verdict(in.accessToken().value())).isEqualTo(REVOKED);
    assertThat(bed.events()).extracting(Event::type).containsExactly("session.ended");
    assertThat(bed.events().get(0).payload().text("reason")).isEqualTo(reason.name());
  }

  @Test
  void aTokenOfAnEarlierGenerationLogsOutToo() {
    // given
    LoggedIn in = bed.loggedIn();
    bed.refreshed(bed.refreshed(in.refreshToken()).refreshToken());

    // when
    bed.auth.logOut(in.refreshToken());

    // then
    assertThat(bed.auth.sessions(bed.ana.id())).isEmpty();
  }

  @Test
  void aSecondLogoutDoesNothingMore() {
    // given
    LoggedIn in = bed.loggedIn();
    bed.auth.logOut(in.refreshToken());

    // when
    bed.auth.logOut(in.refreshToken());
    bed.auth.logOut(in.accessToken().claims());

    // then
    assertThat(bed.eventTypes()).containsExactly("session.ended");
  }

  @Test
  void whatIsNoTokenLogsNobodyOut() {
    // given
    LoggedIn in = bed.loggedIn();
    bed.calls.clear();

    // when
    bed.auth.logOut(in.refreshToken().substring(1));

    // then
    assertThat(bed.callNames()).isEmpty();
    assertThat(bed.auth.sessions(bed.ana.id())).hasSize(1);
  }

  @Test
  void tokensAreRevokedBeforeTheSessionEnds() {
    // given
    LoggedIn in = bed.loggedIn();
    bed.sessions.beforeNext(
        "end",
        () -> {
          throw new UnavailableException("Redis is away");
        });

    // when
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> bed.auth.logOut(in.refreshToken()));

    // then the session is still found by a repetition
    assertThat(bed.verdict(in.accessToken().value())).isEqualTo(REVOKED);
    bed.auth.logOut(in.refreshToken());
    assertEnded(in, SessionEndReason.LOGGED_OUT);
  }

  @Test
  void aSessionThatTheStoreHasLostIsRevokedAllTheSame() {
    // given
    LoggedIn in = bed.loggedIn();
    bed.sessions.port().end(bed.ana.id(), in.session().id());

    // when
    bed.auth.logOut(in.refreshToken());

    // then
    assertThat(bed.verdict(in.accessToken().value())).isEqualTo(REVOKED);
  }

  @Test
  void oneSessionCanBeEndedAndTheOthersGoOn() {
    // given
    LoggedIn first = bed.loggedIn();
    LoggedIn second = bed.loggedIn();

    // when
    boolean ended =
        bed.auth.endSession(bed.ana.id(), first.session().id(), SessionEndReason.ENDED_BY_USER);

    // then
    assertThat(ended).isTrue();
    assertThat(bed.auth.sessions(bed.ana.id())).containsExactly(second.session());
    assertThat(bed.verdict(first.accessToken().value())).isEqualTo(REVOKED);
    bed.refreshed(second.refreshToken());
    assertThat(
            bed.auth.endSession(bed.ana.id(), first.session().id(), SessionEndReason.ENDED_BY_USER))
        .isFalse();
  }

  @Test
  void nobodyEndsASessionOfAnotherUser() {
    // given
    LoggedIn in = bed.loggedIn();

    // when
    boolean ended =
        bed.auth.endSession(UUID.randomUUID(), in.session().id(), SessionEndReason.ENDED_BY_USER);

    // then
    assertThat(ended).isFalse();
    assertThat(bed.verdict(in.accessToken().value())).isInstanceOf(TokenVerdict.Valid.class);
    bed.refreshed(in.refreshToken());
  }

  @Test
  void allSessionsButTheCurrentOneCanBeEnded() {
    // given
    LoggedIn first = bed.loggedIn();
    LoggedIn second = bed.loggedIn();
    LoggedIn current = bed.loggedIn();

    // when
    List<UUID> ended =
        bed.auth.endOtherSessions(
            bed.ana.id(), current.session().id(), SessionEndReason.ENDED_BY_USER);

    // then
    assertThat(ended).containsExactlyInAnyOrder(first.session().id(), second.session().id());
    assertThat(bed.verdict(current.accessToken().value())).isInstanceOf(TokenVerdict.Valid.class);
    bed.refreshed(current.refreshToken());
    for (LoggedIn other : List.of(first, second)) {
      assertThat(bed.verdict(other.accessToken().value())).isEqualTo(REVOKED);
      assertThat(bed.auth.refresh(other.refreshToken())).isEqualTo(new RefreshResult.Refused());
    }
    assertThat(bed.eventTypes()).containsExactly("session.ended", "session.ended");
  }

  @Test
  void allSessionsCanBeEndedAndThoseOfOthersGoOn() {
    // given
    User bo = bed.user("bo@example.com", AuthTestBed.PASSWORD);
    bed.storage.users().add(bo);
    LoggedIn others = (LoggedIn) bed.logIn(bo.email(), AuthTestBed.PASSWORD);
    LoggedIn first = bed.loggedIn();
    LoggedIn second = bed.loggedIn();

    // when
    List<UUID> ended = bed.auth.endAllSessions(bed.ana.id(), SessionEndReason.ENDED_BY_OPERATOR);

    // then
    assertThat(ended).containsExactlyInAnyOrder(first.session().id(), second.session().id());
    assertThat(bed.auth.sessions(bed.ana.id())).isEmpty();
    bed.refreshed(others.refreshToken());
    bed.loggedIn();
  }

  @Test
  void whatAnInterruptedEndOfAllHasBegunIsFinishedByARepetition() {
    // given
    LoggedIn first = bed.loggedIn();
    LoggedIn second = bed.loggedIn();
    bed.sessions.beforeNext(
        "endAll",
        () -> {
          throw new UnavailableException("Redis is away");
        });
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(
            () -> bed.auth.endAllSessions(bed.ana.id(), SessionEndReason.ENDED_BY_OPERATOR));

    // when
    bed.auth.endAllSessions(bed.ana.id(), SessionEndReason.ENDED_BY_OPERATOR);

    // then
    for (LoggedIn each : List.of(first, second)) {
      assertThat(bed.verdict(each.accessToken().value())).isEqualTo(REVOKED);
      assertThat(bed.auth.refresh(each.refreshToken())).isEqualTo(new RefreshResult.Refused());
    }
  }
}
