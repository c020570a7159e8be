package com.techcorp.auth.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.Authenticator;
import com.techcorp.auth.LoginResult.LoggedIn;
import com.techcorp.auth.RefreshResult;
import com.techcorp.auth.RefreshResult.Refreshed;
import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.User;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.session.SessionOptions;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.error.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTest {
  private static final RefreshResult REFUSED = new RefreshResult.Refused();

  private final AuthTestBed bed = new AuthTestBed();

  @Test
  void aRefreshGivesNewTokensOfTheSameSession() {
    // given
    LoggedIn in = bed.loggedIn();
    bed.clock.advance(Duration.ofMinutes(20));

    // when
    Refreshed refreshed = bed.refreshed(in.refreshToken());

    // then
    assertThat(refreshed.refreshToken()).isNotEqualTo(in.refreshToken());
    assertThat(refreshed.accessToken().claims().sessionId()).isEqualTo(in.session().id());
    assertThat(refreshed.accessToken().claims().issuedAt()).isEqualTo(bed.clock.now());
    assertThat(bed.verdict(refreshed.accessToken().value())).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(bed.auth.sessions(bed.ana.id())).containsExactly(in.session());
  }

  @Test
  void noRefreshExtendsTheSevenDays() {
    // given
    String token = bed.loggedIn().refreshToken();
    for (int day = 0; day < 6; day++) {
      bed.clock.advance(Duration.ofDays(1));
      token = bed.refreshed(token).refreshToken();
    }

    // when
    bed.clock.advance(Duration.ofDays(1));

    // then
    assertThat(bed.auth.refresh(token)).isEqualTo(REFUSED);
    assertThat(bed.eventTypes()).as("expiry emits nothing").isEmpty();
  }

  @Test
  void aTokenThatComesTwiceWithinTheGracePeriodGetsTheSameSuccessor() {
    // given
    LoggedIn in = bed.loggedIn();
    Refreshed first = bed.refreshed(in.refreshToken());
    bed.clock.advance(Duration.ofSeconds(10));

    // when
    Refreshed again = bed.refreshed(in.refreshToken());

    // then
    assertThat(again.refreshToken()).isEqualTo(first.refreshToken());
  }

  @Test
  @Tag("T49")
  void aTokenThatComesLaterEndsTheSessionAndItsAccessTokensAndTellsSo() {
    // given
    LoggedIn in = bed.loggedIn();
    Refreshed thief = bed.refreshed(in.refreshToken());
    bed.clock.advance(Duration.ofSeconds(11));

    // when
    RefreshResult owner = bed.auth.refresh(in.refreshToken());

    // then
    assertThat(owner).isEqualTo(REFUSED);
    assertThat(bed.auth.refresh(thief.refreshToken())).isEqualTo(REFUSED);
    assertThat(bed.auth.sessions(bed.ana.id())).isEmpty();
    assertThat(bed.verdict(thief.accessToken().value()))
        .isEqualTo(new TokenVerdict.Refused(TokenRefusal.REVOKED));
    assertThat(bed.eventTypes()).containsExactly("session.ended", "session.reuse_detected");
  }

  @Test
  @Tag("T49")
  void anOlderTokenEndsTheSessionAlsoWithinTheGracePeriod() {
    // given
    LoggedIn in = bed.loggedIn();
    Refreshed second = bed.refreshed(in.refreshToken());
    Refreshed third = bed.refreshed(second.refreshToken());

    // when
    RefreshResult result = bed.auth.refresh(in.refreshToken());

    // then
    assertThat(result).isEqualTo(REFUSED);
    for (String token : List.of(second.refreshToken(), third.refreshToken())) {
      assertThat(bed.auth.refresh(token)).isEqualTo(REFUSED);
    }
  }

  @Test
  void aLostReplyLogsNobodyOutIfTheHostSaysSo() {
    // given
    AuthTestBed lenient =
        new AuthTestBed(
            AuthOptions.DEFAULT.withSessions(SessionOptions.DEFAULT.withLostReplies(true)));
    LoggedIn in = lenient.loggedIn();
    Refreshed lost = lenient.refreshed(in.refreshToken());
    lenient.clock.advance(Duration.ofMinutes(5));

    // when
    Refreshed again = lenient.refreshed(in.refreshToken());

    // then
    assertThat(again.refreshToken()).isNotEqualTo(lost.refreshToken());
    lenient.refreshed(again.refreshToken());
  }

  @Test
  void aStoreThatForgotAnEndRevivesNoSessionOfADisabledUser() {
    // given
    LoggedIn in = bed.loggedIn();
    User disabled = bed.anaNow().withStatus(UserStatus.DISABLED);
    bed.storage.users().change(bed.anaNow(), disabled, List.of());

    // when
    RefreshResult result = bed.auth.refresh(in.refreshToken());

    // then
    assertThat(result).isEqualTo(REFUSED);
    assertThat(bed.auth.sessions(bed.ana.id())).isEmpty();
    assertThat(bed.verdict(in.accessToken().value()))
        .isEqualTo(new TokenVerdict.Refused(TokenRefusal.REVOKED));
    assertThat(bed.events().get(0).payload().text("reason"))
        .isEqualTo(SessionEndReason.USER_DISABLED.name());
  }

  @Test
  void aStoreThatForgotAnEndRevivesNoSessionFromBeforeAChangeOfThePassword() {
    // given
    LoggedIn in = bed.loggedIn();
    Instant changedAt = bed.clock.advance(Duration.ofMillis(1));
    bed.storage
        .users()
        .change(bed.anaNow(), bed.anaNow().endingSessionsBefore(changedAt), List.of());

    // then
    assertThat(bed.auth.refresh(in.refreshToken())).isEqualTo(REFUSED);
    bed.refreshed(bed.loggedIn().refreshToken());
  }

  @Test
  void aUserWhoIsGoneCannotRefresh() {
    // given
    LoggedIn in = bed.loggedIn();
    AuthTestBed withoutAna = new AuthTestBed();
    Authenticator other = service(withoutAna.users.port(), AuthTestBed.KEY);

    // then
    assertThat(other.refresh(in.refreshToken())).isEqualTo(REFUSED);
    assertThat(bed.auth.sessions(bed.ana.id())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no token", "\u0000", "\uD800", " ", "AAAA"})
  void whatIsNoTokenIsRefusedAndNoStoreIsAsked(String text) {
    // when
    RefreshResult result = bed.auth.refresh(text);

    // then
    assertThat(result).isEqualTo(REFUSED);
    assertThat(bed.callNames()).isEmpty();
  }

  @Test
  void aTokenUnderAnotherKeyIsRefusedAndOneUnderThePreviousKeyIsTaken() {
    // given
    LoggedIn in = bed.loggedIn();
    byte[] next = "the next refresh key of 32 bytes or more".getBytes(StandardCharsets.US_ASCII);
    Authenticator onlyNext = service(bed.users.port(), next);
    Authenticator both = service(bed.users.port(), next, AuthTestBed.KEY);

    // then
    assertThat(onlyNext.refresh(in.refreshToken())).isEqualTo(REFUSED);
    RefreshResult refreshed = both.refresh(in.refreshToken());
    assertThat(refreshed).isInstanceOf(Refreshed.class);
    assertThat(onlyNext.refresh(((Refreshed) refreshed).refreshToken()))
        .isInstanceOf(Refreshed.class);
  }

  /** Another service on the same sessions, such as one with other keys. */
  private Authenticator service(UserDirectory users, byte[]... keys) {
    AuthService.Builder builder =
        AuthService.builder()
            .users(users)
            .sessions(bed.sessions.port())
            .tokens(bed.tokens.port())
            .passwords(bed.passwords.port())
            .revocations(bed.revocations.port())
            .limits(bed.limits.port())
            .clock(bed.clock);
    if (keys.length == 1) {
      return builder.refreshKeys(keys[0]).start().authenticator();
    }
    return builder.refreshKeys(keys[0], keys[1]).start().authenticator();
  }

  @Test
  void nothingRotatesWhileTheUsersCannotBeRead() {
    nothingRotatesWithout(bed.users, "find");
  }

  @Test
  void nothingRotatesWhileNoKeySigns() {
    nothingRotatesWithout(bed.tokens, "issue");
  }

  private void nothingRotatesWithout(Watched<?> port, String method) {
    // given
    LoggedIn in = bed.loggedIn();
    port.before(
        method,
        () -> {
          throw new UnavailableException("the database is away");
        });

    // when
    for (int minute = 0; minute < 5; minute++) {
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> bed.auth.refresh(in.refreshToken()));
      bed.clock.advance(Duration.ofMinutes(1));
    }

    // then nobody is logged out by it
    port.calm();
    bed.refreshed(in.refreshToken());
  }
}
