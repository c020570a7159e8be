package com.techcorp.auth.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.LoginResult;
import com.techcorp.auth.LoginResult.LoggedIn;
import com.techcorp.auth.PasswordChange;
import com.techcorp.auth.PasswordChangeResult;
import com.techcorp.auth.PasswordChangeResult.Changed;
import com.techcorp.auth.PasswordRefusal;
import com.techcorp.auth.RefreshResult;
import com.techcorp.auth.Session;
import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.UserStatus;
import com.techcorp.error.UnavailableException;
import com.techcorp.messaging.Event;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changing a password, and disabling a user. */
class UserChangesTest {
  private static final TokenVerdict REVOKED = new TokenVerdict.Refused(TokenRefusal.REVOKED);

  private final AuthTestBed bed = new AuthTestBed();

  @Test
  void aChangedPasswordEndsAllSessionsAndOpensANewOne() {
    // given
    LoggedIn other = bed.loggedIn();
    LoggedIn current = bed.loggedIn();
    bed.clock.advance(Duration.ofMinutes(1));

    // when
    Changed changed = changed(current);

    // then
    assertThat(bed.auth.sessions(bed.ana.id())).containsExactly(changed.session());
    assertThat(changed.session().deviceInfo()).isEqualTo(AuthTestBed.DEVICE);
    assertThat(bed.verdict(changed.accessToken().value())).isInstanceOf(TokenVerdict.Valid.class);
    bed.refreshed(changed.refreshToken());
    for (LoggedIn old : List.of(other, current)) {
      assertThat(bed.auth.refresh(old.refreshToken())).isEqualTo(new RefreshResult.Refused());
      assertThat(bed.verdict(old.accessToken().value())).isEqualTo(REVOKED);
    }
    assertThat(bed.logIn(AuthTestBed.EMAIL, AuthTestBed.PASSWORD))
        .isEqualTo(new LoginResult.Refused());
    assertThat(bed.logIn(AuthTestBed.EMAIL, AuthTestBed.NEW_PASSWORD)).isInstanceOf(LoggedIn.class);
  }

  private Changed changed(LoggedIn current) {
    PasswordChangeResult result =
        bed.auth.changePassword(AuthTestBed.change(current.accessToken().claims()));
    assertThat(result).isInstanceOf(Changed.class);
    return (Changed) result;
  }

  @Test
  void itsEventSaysWhichSessionGoesOn() {
    // given
    LoggedIn current = bed.loggedIn();

    // when
    Changed changed = changed(current);

    // then
    Event event =
        bed.events().stream()
            .filter(each -> each.type().equals("user.password_changed"))
            .findFirst()
            .orElseThrow();
    assertThat(event.payload().uuid("user_id")).isEqualTo(bed.ana.id());
    assertThat(event.payload().uuid("kept_session_id")).isEqualTo(changed.session().id());
    assertThat(bed.eventTypes()).containsExactly("session.ended", "user.password_changed");
  }

  @Test
  void theRowAndItsEventComeBeforeTheSessions() {
    // given
    LoggedIn current = bed.loggedIn();
    bed.calls.clear();

    // when
    changed(current);

    // then
    assertThat(bed.callNames())
        .containsSubsequence(
            "LoginLimits.take",
            "PasswordHasher.matches",
            "PasswordHasher.hash",
            "UserDirectory.change",
            "LoginLimits.giveBack",
            "Revocations.revokeUser",
            "Revocations.revokeSession",
            "SessionStore.endAll",
            "SessionStore.epoch",
            "UserDirectory.find",
            "SessionStore.create",
            "TokenIssuer.issue");
  }

  @Test
  void aWrongOldPasswordChangesNothingAndCountsAsAnAttempt() {
    // given
    LoggedIn current = bed.loggedIn();
    PasswordChange wrong =
        new PasswordChange(
            current.accessToken().claims(),
            AuthTestBed.OTHER_PASSWORD,
            AuthTestBed.NEW_PASSWORD,
            AuthTestBed.ADDRESS,
            null);

    // when
    for (int i = 0; i < 10; i++) {
      assertThat(bed.auth.changePassword(wrong)).isEqualTo(new PasswordChangeResult.Refused());
    }

    // then
    assertThat(bed.auth.changePassword(wrong))
        .isEqualTo(new PasswordChangeResult.Throttled(Duration.ofMinutes(1)));
    assertThat(bed.anaNow()).isEqualTo(bed.ana);
    bed.refreshed(current.refreshToken());
    assertThat(bed.eventTypes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"short77, TOO_SHORT", "password1, TOO_COMMON"})
  void anUnacceptablePasswordIsRefusedBeforeTheOldOneIsLookedAt(
      String wanted, PasswordRefusal reason) {
    // given
    LoggedIn current = bed.loggedIn();
    bed.calls.clear();

    // when
    PasswordChangeResult result =
        bed.auth.changePassword(
            new PasswordChange(
                current.accessToken().claims(),
                AuthTestBed.PASSWORD,
                wanted,
                AuthTestBed.ADDRESS,
                null));

    // then
    assertThat(result).isEqualTo(new PasswordChangeResult.Unacceptable(reason));
    assertThat(bed.callNames()).isEmpty();
  }

  @Test
  void aSessionThatHasEndedChangesNoPassword() {
    // given
    LoggedIn ended = bed.loggedIn();
    bed.auth.logOut(ended.refreshToken());

    // then
    assertThat(bed.auth.changePassword(AuthTestBed.change(ended.accessToken().claims())))
        .isEqualTo(new PasswordChangeResult.Refused());
    assertThat(bed.anaNow()).isEqualTo(bed.ana);
  }

  @Test
  void aDisabledUserChangesNoPassword() {
    // given
    LoggedIn in = bed.loggedIn();
    bed.storage.users().change(bed.ana, bed.ana.withStatus(UserStatus.DISABLED), List.of());

    // then
    assertThat(bed.auth.changePassword(AuthTestBed.change(in.accessToken().claims())))
        .isEqualTo(new PasswordChangeResult.Refused());
  }

  @Test
  void whoeverStoredAStrongerHashMeanwhileIsNoReasonToFail() {
    // given
    LoggedIn current = bed.loggedIn();
    bed.users.beforeNext(
        "change",
        () ->
            bed.storage
                .users()
                .change(
                    bed.ana,
                    bed.ana.withPasswordHash(
                        bed.user("x@example.com", AuthTestBed.PASSWORD).passwordHash()),
                    List.of()));

    // when
    changed(current);

    // then
    assertThat(bed.logIn(AuthTestBed.EMAIL, AuthTestBed.NEW_PASSWORD)).isInstanceOf(LoggedIn.class);
  }

  @Test
  void ofTwoChangesAtTheSameTimeOneLoses() {
    // given
    LoggedIn current = bed.loggedIn();
    bed.users.beforeNext("change", () -> changed(current));

    // when the other one was faster
    PasswordChangeResult result =
        bed.auth.changePassword(
            new PasswordChange(
                current.accessToken().claims(),
                AuthTestBed.PASSWORD,
                "a password that came too late",
                AuthTestBed.ADDRESS,
                null));

    // then
    assertThat(result).isEqualTo(new PasswordChangeResult.Refused());
    assertThat(bed.logIn(AuthTestBed.EMAIL, AuthTestBed.NEW_PASSWORD)).isInstanceOf(LoggedIn.class);
  }

  @Test
  void sessionsThatCouldNotBeEndedAreEndedByTheEvent() throws Exception {
    // given
    LoggedIn other = bed.loggedIn();
    LoggedIn current = bed.loggedIn();
    bed.clock.advance(Duration.ofSeconds(1));
    bed.sessions.before(
        "endAll",
        () -> {
          throw new UnavailableException("Redis is away");
        });
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(
            () -> bed.auth.changePassword(AuthTestBed.change(current.accessToken().claims())));
    bed.sessions.calm();
    LoggedIn later = (LoggedIn) bed.logIn(AuthTestBed.EMAIL, AuthTestBed.NEW_PASSWORD);
    Event event =
        bed.events().stream()
            .filter(each -> each.type().equals("user.password_changed"))
            .findFirst()
            .orElseThrow();

    // when it comes twice
    bed.service.subscription().handler().handle(event);
    bed.service.subscription().handler().handle(event);

    // then
    assertThat(bed.service.subscription().types()).contains(event.type(), "user.disabled");
    assertThat(bed.auth.sessions(bed.ana.id()))
        .extracting(Session::id)
        .containsExactly(later.session().id());
    for (LoggedIn old : List.of(other, current)) {
      assertThat(bed.verdict(old.accessToken().value())).isEqualTo(REVOKED);
    }
    assertThat(bed.verdict(later.accessToken().value())).isInstanceOf(TokenVerdict.Valid.class);
    bed.refreshed(later.refreshToken());
  }

  @Test
  void aDisabledUserHasNoSessionAndCannotLogIn() {
    // given
    LoggedIn in = bed.loggedIn();

    // when
    boolean disabled = bed.auth.disable(bed.ana.id());

    // then
    assertThat(disabled).isTrue();
    assertThat(bed.anaNow().status()).isEqualTo(UserStatus.DISABLED);
    assertThat(bed.auth.sessions(bed.ana.id())).isEmpty();
    assertThat(bed.auth.refresh(in.refreshToken())).isEqualTo(new RefreshResult.Refused());
    assertThat(bed.logIn(AuthTestBed.EMAIL, AuthTestBed.PASSWORD))
        .isEqualTo(new LoginResult.Refused());
    assertThat(bed.verdict(in.accessToken().value())).isEqualTo(REVOKED);
    assertThat(bed.eventTypes()).containsExactly("session.ended", "user.disabled");
  }

  @Test
  void disablingTwiceFinishesWhatWasBegunAndTellsItOnce() throws Exception {
    // given
    LoggedIn in = bed.loggedIn();
    bed.sessions.beforeNext(
        "endAll",
        () -> {
          throw new UnavailableException("Redis is away");
        });
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> bed.auth.disable(bed.ana.id()));

    // when
    assertThat(bed.auth.disable(bed.ana.id())).isTrue();

    // then
    assertThat(bed.auth.sessions(bed.ana.id())).isEmpty();
    assertThat(bed.verdict(in.accessToken().value())).isEqualTo(REVOKED);
    assertThat(bed.eventTypes()).containsExactly("session.ended", "user.disabled");
  }

  @Test
  void nobodyIsDisabledIfThereIsNoSuchUser() {
    assertThat(bed.auth.disable(UUID.randomUUID())).isFalse();
  }

  @Test
  void withoutAStorageThereAreNoEvents() {
    // given
    AuthService service =
        AuthService.builder()
            .users(bed.users.port())
            .sessions(bed.sessions.port())
            .tokens(bed.tokens.port())
            .passwords(bed.passwords.port())
            .revocations(bed.revocations.port())
            .limits(bed.limits.port())
            .refreshKeys(AuthTestBed.KEY)
            .clock(bed.clock)
            .start();
    bed.loggedIn();

    // when
    service.authenticator().disable(bed.ana.id());

    // then
    assertThat(bed.auth.sessions(bed.ana.id())).isEmpty();
    assertThat(bed.eventTypes()).isEmpty();
  }
}
