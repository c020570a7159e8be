package com.techcorp.auth.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.LoginRequest;
import com.techcorp.auth.LoginResult;
import com.techcorp.auth.PasswordChange;
import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.TokenClaims;
import com.techcorp.error.InvalidInputException;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends: an error that names the field, before anything is looked at. */
class BadInputTest {
  private static final String LONG = "x".repeat(1 << 20);
  private static final String HALF = "half a pair \uD800";
  private static final String NUL = "a\u0000b";

  private final AuthTestBed bed = new AuthTestBed();

  /**
   * A value that nothing can be done with.
   *
   * @param place where it stands in the list, since a value of 1 MB is no name for a test
   */
  record Bad<T>(String field, int place, T request) {
    @Override
    public String toString() {
      return field + " " + place;
    }
  }

  private static <T> Stream<Bad<T>> bad(
      String field, Function<String, T> request, String... values) {
    return Stream.iterate(0, i -> i < values.length, i -> i + 1)
        .map(i -> new Bad<>(field, i, request.apply(values[i])));
  }

  static Stream<Bad<LoginRequest>> logins() {
    LoginRequest good = AuthTestBed.request();
    return Stream.of(
            bad(
                "email",
                it ->
                    new LoginRequest(
                        it, good.password(), good.deviceInfo(), good.ipAddress(), null),
                null,
                "",
                NUL,
                HALF,
                LONG,
                "nobody",
                "@example.com",
                "ana@",
                NUL + "@example.com",
                LONG + "@example.com"),
            bad(
                "password",
                it -> new LoginRequest(good.email(), it, good.deviceInfo(), good.ipAddress(), null),
                null,
                "",
                HALF,
                LONG,
                "é".repeat(513)),
            bad(
                "deviceInfo",
                it -> new LoginRequest(good.email(), good.password(), it, good.ipAddress(), null),
                null,
                "",
                NUL,
                HALF,
                LONG,
                "[]",
                "{",
                "{} {}",
                "{\"a\":\"" + NUL + "\"}",
                "{\"a\":\"" + HALF + "\"}",
                "{\"a\":\"" + "é".repeat(2_045) + "\"}",
                "{\"a\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}"),
            bad(
                "ipAddress",
                it -> new LoginRequest(good.email(), good.password(), good.deviceInfo(), it, null),
                null,
                "",
                NUL,
                HALF,
                LONG,
                "localhost",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.4.5",
                "1.2.3.4:80",
                "2001:db8::1::2",
                "1.2.3.4, 5.6.7.8",
                "dead.beef",
                "::g",
                ":"),
            bad(
                "deviceProof",
                it ->
                    new LoginRequest(
                        good.email(), good.password(), good.deviceInfo(), good.ipAddress(), it),
                LONG,
                "x".repeat(257)))
        .flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("logins")
  void aLoginNamesTheField(Bad<LoginRequest> login) {
    assertNames(login.field(), () -> bed.auth.logIn(login.request()));
  }

  static Stream<Bad<PasswordChange>> changes() {
    TokenClaims claims = new AuthTestBed().loggedIn().accessToken().claims();
    PasswordChange good = AuthTestBed.change(claims);
    return Stream.of(
            bad(
                "oldPassword",
                it -> new PasswordChange(claims, it, good.newPassword(), good.ipAddress(), null),
                null,
                "",
                HALF,
                LONG),
            bad(
                "newPassword",
                it -> new PasswordChange(claims, good.oldPassword(), it, good.ipAddress(), null),
                null,
                "",
                HALF,
                LONG),
            bad(
                "ipAddress",
                it -> new PasswordChange(claims, good.oldPassword(), good.newPassword(), it, null),
                null,
                "",
                NUL,
                HALF,
                LONG),
            bad(
                "claims",
                it ->
                    new PasswordChange(
                        null, good.oldPassword(), good.newPassword(), good.ipAddress(), it),
                (String) null))
        .flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeOfThePasswordNamesTheField(Bad<PasswordChange> change) {
    assertNames(change.field(), () -> bed.auth.changePassword(change.request()));
  }

  @Test
  void aDeviceProofThatIsTooLongIsNamedByAChangeToo() {
    // given
    TokenClaims claims = bed.loggedIn().accessToken().claims();

    // then
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                bed.auth.changePassword(
                    new PasswordChange(
                        claims,
                        AuthTestBed.PASSWORD,
                        AuthTestBed.NEW_PASSWORD,
                        AuthTestBed.ADDRESS,
                        LONG)))
        .satisfies(thrown -> assertThat(thrown.field()).isEqualTo("deviceProof"));
  }

  @Test
  void aRefreshTokenThatIsMissingOrTooLongIsNamed() {
    for (String text : Arrays.asList(null, "", LONG)) {
      assertNames("refreshToken", () -> bed.auth.refresh(text));
      assertNames("refreshToken", () -> bed.auth.logOut(text));
    }
  }

  @Test
  void aNullIsNamed() {
    UUID id = UUID.randomUUID();
    SessionEndReason reason = SessionEndReason.ENDED_BY_USER;
    assertNames("request", () -> bed.auth.logIn(null));
    assertNames("change", () -> bed.auth.changePassword(null));
    assertNames("claims", () -> bed.auth.logOut((TokenClaims) null));
    assertNames("userId", () -> bed.auth.disable(null));
    assertNames("userId", () -> bed.auth.sessions(null));
    assertNames("userId", () -> bed.auth.endSession(null, id, reason));
    assertNames("sessionId", () -> bed.auth.endSession(id, null, reason));
    assertNames("reason", () -> bed.auth.endSession(id, id, null));
    assertNames("userId", () -> bed.auth.endAllSessions(null, reason));
    assertNames("reason", () -> bed.auth.endAllSessions(id, null));
    assertNames("userId", () -> bed.auth.endOtherSessions(null, id, reason));
    assertNames("current", () -> bed.auth.endOtherSessions(id, null, reason));
    assertNames("reason", () -> bed.auth.endOtherSessions(id, id, null));
  }

  private void assertNames(String field, ThrowingCallable call) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(call)
        .satisfies(
            thrown -> {
              assertThat(thrown.field()).isEqualTo(field);
              assertThat(thrown.getMessage())
                  .hasSizeLessThan(200)
                  .doesNotContain("\u0000", "\uD800");
            });
    assertThat(bed.callNames()).as("nothing was looked at").isEmpty();
  }

  @Test
  void whateverIsAllowedGetsThrough() {
    for (LoginRequest odd :
        new LoginRequest[] {
          new LoginRequest(AuthTestBed.EMAIL, NUL, AuthTestBed.DEVICE, "::1", null),
          new LoginRequest(AuthTestBed.EMAIL, "é".repeat(512), "{}", "fe80::1%eth0", null),
          new LoginRequest(AuthTestBed.EMAIL, " ", "{\"a\":\"\\u0000\"}", "::ffff:10.0.0.1", null)
        }) {
      assertThat(bed.auth.logIn(odd)).isEqualTo(new LoginResult.Refused());
    }
  }
}
