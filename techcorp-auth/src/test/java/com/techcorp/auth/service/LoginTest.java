package com.techcorp.auth.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.LoginResult;
import com.techcorp.auth.LoginResult.LoggedIn;
import com.techcorp.auth.Password;
import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.User;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.password.Argon2Passwords;
import com.techcorp.auth.service.Watched.Call;
import com.techcorp.auth.session.SessionOptions;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.PasswordHasher;
import com.techcorp.auth.spi.PasswordMatch;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.UnavailableException;
import com.techcorp.messaging.Event;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LoginTest {
  private final AuthTestBed bed = new AuthTestBed();

  @Test
  void aLoginGivesTokensOfASessionThatExists() {
    // when
    LoggedIn in = bed.loggedIn();

    // then
    assertThat(bed.auth.sessions(bed.ana.id())).containsExactly(in.session());
    assertThat(in.session().deviceInfo()).isEqualTo(AuthTestBed.DEVICE);
    assertThat(in.session().createdAt()).isEqualTo(bed.clock.now());
    assertThat(in.session().expiresAt()).isEqualTo(bed.clock.now().plus(Duration.ofDays(7)));
    assertThat(in.changePassword()).isFalse();
    assertThat(in.accessToken().claims().userId()).isEqualTo(bed.ana.id());
    assertThat(in.accessToken().claims().sessionId()).isEqualTo(in.session().id());
    assertThat(in.accessToken().claims().email()).isEqualTo(AuthTestBed.EMAIL);
    assertThat(bed.verdict(in.accessToken().value())).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(bed.eventTypes()).isEmpty();
  }

  @Test
  void anySpellingOfTheAddressLogsIn() {
    assertThat(bed.logIn(" ana@EXAMPLE.com", AuthTestBed.PASSWORD)).isInstanceOf(LoggedIn.class);
  }

  @Test
  void theStepsComeInThisOrder() {
    // when
    bed.loggedIn();

    // then
    assertThat(bed.callNames())
        .containsExactly(
            "LoginLimits.take",
            "LoginLimits.take",
            "LoginLimits.take",
            "UserDirectory.findByEmail",
            "SessionStore.epoch",
            "UserDirectory.find",
            "PasswordHasher.matches",
            "LoginLimits.giveBack",
            "LoginLimits.giveBack",
            "LoginLimits.giveBack",
            "SessionStore.create",
            "TokenIssuer.issue");
  }

  @Test
  void noTokenIsIssuedIfTheSessionCannotBeWritten() {
    // given
    bed.sessions.before("create", () -> fail("Redis is away"));

    // when
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(bed::loggedIn)
        .withMessage("Redis is away");

    // then
    assertThat(bed.callNames()).doesNotContain("TokenIssuer.issue");
  }

  @Test
  void aSessionEndsIfItGetsNoToken() {
    // given
    bed.tokens.before("issue", () -> fail("no key signs"));

    // when
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(bed::loggedIn)
        .withMessage("no key signs");

    // then
    assertThat(bed.auth.sessions(bed.ana.id())).isEmpty();
    assertThat(bed.eventTypes()).isEmpty();
  }

  @Test
  void aSessionThatGetsNoTokenAndCannotEndHidesNoCause() {
    // given
    bed.tokens.before("issue", () -> fail("no key signs"));
    bed.sessions.before("end", () -> fail("Redis is away"));

    // then
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(bed::loggedIn)
        .withMessage("no key signs");
  }

  @Test
  void theStoreGetsTheHashOfTheTokenOnly() {
    // when
    LoggedIn in = bed.loggedIn();

    // then
    NewSession written =
        bed.calls.stream()
            .filter(call -> call.method().equals("create"))
            .map(call -> (NewSession) call.arguments().get(0))
            .findFirst()
            .orElseThrow();
    assertThat(written.tokenHash()).hasSize(43).isNotEqualTo(in.refreshToken());
    assertThat(in.refreshToken()).doesNotContain(written.tokenHash());
  }

  @Test
  @Tag("T34")
  void anUnknownUserAWrongPasswordAndADisabledUserGetTheSameAnswerByTheSameWork() {
    // given
    User disabled = bed.user("bo@example.com", AuthTestBed.PASSWORD);
    bed.storage.users().add(disabled.withStatus(UserStatus.DISABLED));
    User unreadable = bed.user("cy@example.com", AuthTestBed.PASSWORD);
    bed.storage.users().add(unreadable.withPasswordHash("no hash at all"));

    // when
    List<List<String>> work = new ArrayList<>();
    for (String[] attempt :
        new String[][] {
          {"nobody@example.com", AuthTestBed.PASSWORD},
          {AuthTestBed.EMAIL, AuthTestBed.OTHER_PASSWORD},
          {disabled.email(), AuthTestBed.PASSWORD},
          {disabled.email(), AuthTestBed.OTHER_PASSWORD},
          {unreadable.email(), AuthTestBed.PASSWORD}
        }) {
      bed.calls.clear();
      LoginResult result = bed.logIn(attempt[0], attempt[1]);

      // then
      assertThat(result).isEqualTo(new LoginResult.Refused());
      work.add(bed.calls.stream().map(LoginTest::work).toList());
    }
    assertThat(work)
        .containsOnly(
            List.of(
                "LoginLimits.take both",
                "LoginLimits.take address",
                "LoginLimits.take account",
                "UserDirectory.findByEmail",
                "SessionStore.epoch",
                "UserDirectory.find",
                "PasswordHasher"));
    assertThat(bed.eventTypes()).isEmpty();
  }

  /** Which hash is compared is all that differs. */
  private static String work(Call call) {
    if (call.port().equals("PasswordHasher")) {
      return call.port();
    }
    return call.port().equals("LoginLimits")
        ? call.name() + " " + ((String) call.arguments().get(0)).split(":")[0]
        : call.name();
  }

  @Test
  void aPasswordIsTakenAsItArrives() {
    for (String almost :
        List.of(
            AuthTestBed.PASSWORD + " ",
            " " + AuthTestBed.PASSWORD,
            AuthTestBed.PASSWORD.toUpperCase(Locale.ROOT),
            AuthTestBed.PASSWORD + "\u0000")) {
      assertThat(bed.logIn(AuthTestBed.EMAIL, almost)).isEqualTo(new LoginResult.Refused());
    }
  }

  @Test
  void aWeakerHashIsReplacedByALogin() {
    // given
    String weak =
        Argon2Passwords.of(AuthTestBed.CHEAP.withMemory(32))
            .hash(Password.of(AuthTestBed.PASSWORD));
    User bo = bed.user("bo@example.com", AuthTestBed.PASSWORD).withPasswordHash(weak);
    bed.storage.users().add(bo);

    // when
    LoginResult first = bed.logIn(bo.email(), AuthTestBed.PASSWORD);

    // then
    assertThat(first).isInstanceOf(LoggedIn.class);
    String replaced = bed.storage.users().find(bo.id()).orElseThrow().passwordHash();
    assertThat(replaced).contains("m=64").isNotEqualTo(weak);
    assertThat(bed.logIn(bo.email(), AuthTestBed.PASSWORD)).isInstanceOf(LoggedIn.class);
    assertThat(bed.eventTypes()).isEmpty();
  }

  @Test
  void aLoginSucceedsThoughItsHashCannotBeReplaced() {
    // given
    User bo =
        bed.user("bo@example.com", AuthTestBed.PASSWORD)
            .withPasswordHash(
                Argon2Passwords.of(AuthTestBed.CHEAP.withMemory(32))
                    .hash(Password.of(AuthTestBed.PASSWORD)));
    bed.storage.users().add(bo);
    bed.users.before("change", () -> fail("the database is away"));

    // then
    assertThat(bed.logIn(bo.email(), AuthTestBed.PASSWORD)).isInstanceOf(LoggedIn.class);
  }

  @Test
  void whoComesFromAnOlderSystemThatCheckedOnlyABeginningIsAskedToChangeThePassword() {
    // given
    PasswordHasher old =
        new PasswordHasher() {
          @Override
          public String hash(Password password) {
            return "a stronger hash";
          }

          @Override
          public PasswordMatch matches(Password password, String storedHash) {
            return PasswordMatch.MATCHES_REPLACE_AND_CHANGE;
          }

          @Override
          public void matchesNobody(Password password) {
            // nobody logs in here
          }
        };
    AuthService service =
        AuthService.builder()
            .users(bed.users.port())
            .sessions(bed.sessions.port())
            .tokens(bed.tokens.port())
            .passwords(old)
            .revocations(bed.revocations.port())
            .limits(bed.limits.port())
            .refreshKeys(AuthTestBed.KEY)
            .clock(bed.clock)
            .start();

    // when
    LoginResult result = service.authenticator().logIn(AuthTestBed.request());

    // then
    assertThat(result)
        .isInstanceOfSatisfying(LoggedIn.class, in -> assertThat(in.changePassword()).isTrue());
    assertThat(bed.anaNow().passwordHash()).isEqualTo("a stronger hash");
  }

  @Test
  void oneSessionTooManyEndsTheOldestAndItsTokens() {
    // given
    AuthTestBed two =
        new AuthTestBed(AuthOptions.DEFAULT.withSessions(SessionOptions.DEFAULT.withMost(2)));
    LoggedIn oldest = two.loggedIn();
    two.clock.advance(Duration.ofSeconds(1));
    LoggedIn second = two.loggedIn();

    // when
    LoggedIn third = two.loggedIn();

    // then
    assertThat(two.auth.sessions(two.ana.id())).containsExactly(second.session(), third.session());
    assertThat(two.verdict(oldest.accessToken().value()))
        .isEqualTo(new TokenVerdict.Refused(TokenRefusal.REVOKED));
    assertThat(two.verdict(second.accessToken().value())).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(two.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("session.ended");
              assertThat(event.payload().uuid("session_id")).isEqualTo(oldest.session().id());
              assertThat(event.payload().text("reason"))
                  .isEqualTo(SessionEndReason.TOO_MANY_SESSIONS.name());
            });
  }

  @Test
  void aSessionIsNeverOlderThanWhatTheUsersRowShows() {
    // given a process whose clock is ahead has changed the user
    Instant ahead = bed.clock.now().plusMillis(1_500).plusNanos(1_000);
    bed.storage.users().change(bed.ana, bed.ana.endingSessionsBefore(ahead), List.of());

    // when
    LoggedIn in = bed.loggedIn();

    // then
    assertThat(in.session().createdAt()).isEqualTo(bed.clock.now().plusMillis(1_501));
    bed.refreshed(in.refreshToken());
  }

  @Test
  void anOverloadedHasherRefusesByItsExceptionAndTheAttemptDoesNotCount() {
    // given
    bed.passwords.before(
        "matches",
        () -> {
          throw new OverloadedException("too many hash");
        });
    for (int i = 0; i < 30; i++) {
      // when
      assertThatExceptionOfType(OverloadedException.class).isThrownBy(bed::loggedIn);
    }

    // then
    bed.passwords.calm();
    bed.loggedIn();
  }

  @Test
  void noAttemptCountsIfTheUsersCannotBeRead() {
    // given
    bed.users.before("findByEmail", () -> fail("the database is away"));
    for (int i = 0; i < 30; i++) {
      // when
      assertThatExceptionOfType(UnavailableException.class).isThrownBy(bed::loggedIn);
    }

    // then
    bed.users.calm();
    bed.loggedIn();
  }

  @Test
  void whatFailsUnexpectedlyIsUnavailableAndQuotesNoPassword() {
    // given
    bed.users.before(
        "find",
        () -> {
          throw new IllegalStateException(
              "odd: " + AuthTestBed.PASSWORD, new RuntimeException(AuthTestBed.EMAIL));
        });

    // then
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(bed::loggedIn)
        .satisfies(
            thrown -> {
              StringWriter trace = new StringWriter();
              thrown.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString())
                  .contains("IllegalStateException: odd: ***")
                  .doesNotContain(AuthTestBed.PASSWORD, AuthTestBed.EMAIL);
            });
  }

  @Test
  void anEventSaysWhoseSessionEndedAndNothingElse() {
    // given
    LoggedIn in = bed.loggedIn();

    // when
    bed.auth.logOut(in.refreshToken());

    // then
    Event event = bed.events().get(0);
    assertThat(event.payload().keySet())
        .containsExactlyInAnyOrder(
            "event", "event_id", "version", "timestamp", "session_id", "user_id", "reason");
  }

  private static void fail(String message) {
    throw new UnavailableException(message);
  }
}
