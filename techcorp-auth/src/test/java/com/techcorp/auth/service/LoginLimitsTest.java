package com.techcorp.auth.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.LoginRequest;
import com.techcorp.auth.LoginResult;
import com.techcorp.auth.LoginResult.LoggedIn;
import com.techcorp.auth.LoginResult.Throttled;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.User;
import com.techcorp.auth.service.Watched.Call;
import com.techcorp.auth.spi.LoginLimits.Budget;
import com.techcorp.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginLimitsTest {
  private static final int GUESSES = 1_000;

  private final AuthTestBed bed = new AuthTestBed();

  @Test
  void aThousandGuessesAtOnceAreNoMoreThanTheBudgetAndTheOwnersDeviceGetsIn() throws Exception {
    // given
    String proof = bed.loggedIn().deviceProof();
    bed.calls.clear();

    // when
    List<LoginResult> results = guesses();

    // then
    assertThat(hashes()).isEqualTo(20);
    assertThat(results).filteredOn(new LoginResult.Refused()::equals).hasSize(20);
    assertThat(results)
        .filteredOn(Throttled.class::isInstance)
        .hasSize(GUESSES - 20)
        .allSatisfy(
            result ->
                assertThat(((Throttled) result).after())
                    .isBetween(Duration.ofMillis(1), Duration.ofMinutes(3)));
    assertThat(attempt(AuthTestBed.PASSWORD, "198.51.100.1", proof)).isInstanceOf(LoggedIn.class);
    assertThat(attempt(AuthTestBed.PASSWORD, "198.51.100.1", null)).isInstanceOf(Throttled.class);
    bed.clock.advance(Duration.ofMinutes(3));
    assertThat(attempt(AuthTestBed.PASSWORD, "198.51.100.1", null)).isInstanceOf(LoggedIn.class);
  }

  private List<LoginResult> guesses() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(200);
    CountDownLatch begin = new CountDownLatch(1);
    List<Future<LoginResult>> under = new ArrayList<>();
    try {
      for (int i = 0; i < GUESSES; i++) {
        String address = "10.0." + i / 250 + "." + i % 250;
        String guess = "guess number " + i;
        under.add(
            clients.submit(
                () -> {
                  begin.await();
                  return attempt(guess, address, null);
                }));
      }
      begin.countDown();
      List<LoginResult> results = new ArrayList<>();
      for (Future<LoginResult> each : under) {
        results.add(each.get(60, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      clients.shutdownNow();
    }
  }

  private LoginResult attempt(String password, String address, String proof) {
    return bed.auth.logIn(
        new LoginRequest(AuthTestBed.EMAIL, password, AuthTestBed.DEVICE, address, proof));
  }

  private long hashes() {
    return bed.calls.stream().filter(call -> call.port().equals("PasswordHasher")).count();
  }

  @Test
  void oneAddressGuessesTenTimesOnAnAccountAndThenOnceAMinute() {
    // given
    for (int i = 0; i < 10; i++) {
      assertThat(attempt("guess", AuthTestBed.ADDRESS, null)).isEqualTo(new LoginResult.Refused());
    }

    // then
    assertThat(attempt("guess", AuthTestBed.ADDRESS, null))
        .isEqualTo(new Throttled(Duration.ofMinutes(1)));
    bed.clock.advance(Duration.ofMinutes(1));
    assertThat(attempt("guess", AuthTestBed.ADDRESS, null)).isEqualTo(new LoginResult.Refused());
    assertThat(attempt("guess", AuthTestBed.ADDRESS, null)).isInstanceOf(Throttled.class);
  }

  @Test
  void oneAddressGuessesAHundredTimesOnWhateverAccounts() {
    // given
    for (int i = 0; i < 100; i++) {
      assertThat(
              bed.auth.logIn(
                  AuthTestBed.request("user" + i + "@example.com", AuthTestBed.PASSWORD)))
          .isEqualTo(new LoginResult.Refused());
    }

    // then
    assertThat(bed.auth.logIn(AuthTestBed.request()))
        .isEqualTo(new Throttled(Duration.ofSeconds(5)));
    assertThat(attempt(AuthTestBed.PASSWORD, "198.51.100.1", null)).isInstanceOf(LoggedIn.class);
  }

  @Test
  void allAddressesOfAnIpv6NetworkCountAsOne() {
    // given
    for (int i = 0; i < 10; i++) {
      attempt("guess", "2001:db8:1:2::" + i, null);
    }

    // then
    assertThat(attempt("guess", "2001:db8:1:2:ffff::1", null)).isInstanceOf(Throttled.class);
    assertThat(attempt("guess", "2001:db8:1:3::1", null)).isEqualTo(new LoginResult.Refused());
  }

  @Test
  void aThrottledAttemptCostsNothing() {
    // given
    for (int i = 0; i < 10; i++) {
      attempt("guess", AuthTestBed.ADDRESS, null);
    }
    bed.calls.clear();

    // when
    for (int i = 0; i < 1_000; i++) {
      attempt("guess", AuthTestBed.ADDRESS, null);
    }

    // then neither a hash nor an attempt of the account or of the address
    assertThat(hashes()).isZero();
    assertThat(attempt("guess", "198.51.100.1", null)).isEqualTo(new LoginResult.Refused());
    assertThat(bed.auth.logIn(AuthTestBed.request("bo@example.com", "guess")))
        .isEqualTo(new LoginResult.Refused());
  }

  @Test
  void aSuccessGivesItsAttemptBack() {
    for (int i = 0; i < 50; i++) {
      assertThat(attempt(AuthTestBed.PASSWORD, AuthTestBed.ADDRESS, null))
          .isInstanceOf(LoggedIn.class);
    }
  }

  @Test
  void aLoginSucceedsThoughItsAttemptCannotBeGivenBack() {
    // given
    bed.limits.before(
        "giveBack",
        () -> {
          throw new UnavailableException("Redis is away");
        });

    // then
    bed.loggedIn();
  }

  @Test
  void aProvenDeviceHasABudgetOfItsOwnAndNoMore() {
    // given
    String proof = bed.loggedIn().deviceProof();
    for (int i = 0; i < 10; i++) {
      assertThat(attempt("guess", AuthTestBed.ADDRESS, proof)).isEqualTo(new LoginResult.Refused());
    }

    // then
    assertThat(attempt("guess", "198.51.100.1", proof))
        .isEqualTo(new Throttled(Duration.ofMinutes(1)));
    assertThat(attempt("guess", AuthTestBed.ADDRESS, null)).isEqualTo(new LoginResult.Refused());
  }

  @Test
  void aNewProofOfADeviceCountsAsTheOldOne() {
    // given
    String first = bed.loggedIn().deviceProof();
    for (int i = 0; i < 9; i++) {
      attempt("guess", AuthTestBed.ADDRESS, first);
    }

    // when
    LoggedIn again = (LoggedIn) attempt(AuthTestBed.PASSWORD, AuthTestBed.ADDRESS, first);

    // then
    assertThat(attempt("guess", AuthTestBed.ADDRESS, again.deviceProof()))
        .isEqualTo(new LoginResult.Refused());
    assertThat(attempt("guess", AuthTestBed.ADDRESS, again.deviceProof()))
        .isInstanceOf(Throttled.class);
  }

  @Test
  void aProofIsOfNoUseForAnotherAccount() {
    // given
    User bo = bed.user("bo@example.com", AuthTestBed.PASSWORD);
    bed.storage.users().add(bo);
    String proof = bed.loggedIn().deviceProof();
    bed.calls.clear();

    // when
    bed.auth.logIn(
        new LoginRequest(
            bo.email(), AuthTestBed.PASSWORD, AuthTestBed.DEVICE, AuthTestBed.ADDRESS, proof));

    // then
    assertThat(taken())
        .extracting(key -> key.split(":")[0])
        .containsExactly("both", "address", "account");
  }

  private List<String> taken() {
    return bed.calls.stream()
        .filter(call -> call.method().equals("take"))
        .map(call -> (String) call.arguments().get(0))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no proof", "\u0000", "\uD800", "AAAA"})
  void whatIsNoProofCountsAsNone(String proof) {
    // when
    LoginResult result = attempt(AuthTestBed.PASSWORD, AuthTestBed.ADDRESS, proof);

    // then
    assertThat(result).isInstanceOf(LoggedIn.class);
    assertThat(taken()).hasSize(3);
  }

  @Test
  void aProofIsGoodForHalfAYear() {
    // given
    String proof = bed.loggedIn().deviceProof();
    bed.clock.advance(Duration.ofDays(180).minusSeconds(1));
    bed.calls.clear();
    attempt(AuthTestBed.PASSWORD, AuthTestBed.ADDRESS, proof);
    assertThat(taken()).hasSize(1);

    // when
    bed.clock.advance(Duration.ofSeconds(1));
    bed.calls.clear();
    attempt(AuthTestBed.PASSWORD, AuthTestBed.ADDRESS, proof);

    // then
    assertThat(taken()).hasSize(3);
  }

  @Test
  void noKeyShowsWhoseItIs() {
    // given
    bed.loggedIn();

    // when
    Set<String> keys =
        bed.calls.stream()
            .filter(call -> call.port().equals("LoginLimits"))
            .map(Call::arguments)
            .map(arguments -> (String) arguments.get(0))
            .collect(Collectors.toSet());

    // then
    assertThat(keys)
        .hasSize(3)
        .allSatisfy(
            key ->
                assertThat(key)
                    .matches("(account|address|both):[A-Za-z0-9_-]{43}")
                    .doesNotContainIgnoringCase("ana", AuthTestBed.ADDRESS));
  }

  @Test
  void budgetsAreOptions() {
    // given
    AuthTestBed strict =
        new AuthTestBed(
            AuthOptions.DEFAULT.withAttempts(
                AttemptOptions.DEFAULT.withAccount(new Budget(1, Duration.ofHours(1)))));
    strict.logIn(AuthTestBed.EMAIL, "guess");

    // then
    assertThat(strict.logIn(AuthTestBed.EMAIL, AuthTestBed.PASSWORD))
        .isEqualTo(new Throttled(Duration.ofHours(1)));
  }

  @Test
  @Tag("T52")
  void limitsThatAreAwayStopLoginsAndNothingElse() {
    // given
    LoggedIn in = bed.loggedIn();
    bed.limits.before(
        "take",
        () -> {
          throw new UnavailableException("Redis is away");
        });

    // then
    assertThatExceptionOfType(UnavailableException.class).isThrownBy(bed::loggedIn);
    assertThat(bed.verdict(in.accessToken().value())).isInstanceOf(TokenVerdict.Valid.class);
    bed.refreshed(in.refreshToken());
    bed.auth.logOut(in.accessToken().claims());
  }
}
