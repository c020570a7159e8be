package com.techcorp.auth.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.LoginResult;
import com.techcorp.auth.LoginResult.LoggedIn;
import com.techcorp.auth.PasswordChangeResult;
import com.techcorp.auth.RefreshResult;
import com.techcorp.auth.RefreshResult.Refreshed;
import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logins and refreshes against what ends sessions. A call stands still on a thread of its own
 * before or after one call of a port, while the other one runs as a whole: so every order is tried
 * once.
 */
@Tag("T48")
class AuthRacesTest {
  private static final TokenVerdict REVOKED = new TokenVerdict.Refused(TokenRefusal.REVOKED);

  private final AuthTestBed bed = new AuthTestBed();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** What ends the session of a login. */
  enum End {
    LOGOUT {
      @Override
      void run(AuthTestBed bed, LoggedIn in) {
        bed.auth.logOut(in.refreshToken());
      }
    },
    LOGOUT_BY_ACCESS_TOKEN {
      @Override
      void run(AuthTestBed bed, LoggedIn in) {
        bed.auth.logOut(in.accessToken().claims());
      }
    },
    END_ONE {
      @Override
      void run(AuthTestBed bed, LoggedIn in) {
        bed.auth.endSession(
            in.session().userId(), in.session().id(), SessionEndReason.ENDED_BY_OPERATOR);
      }
    },
    END_ALL {
      @Override
      void run(AuthTestBed bed, LoggedIn in) {
        bed.auth.endAllSessions(in.session().userId(), SessionEndReason.ENDED_BY_OPERATOR);
      }
    },
    DISABLE {
      @Override
      void run(AuthTestBed bed, LoggedIn in) {
        assertThat(bed.auth.disable(in.session().userId())).isTrue();
      }
    },
    CHANGE_PASSWORD {
      @Override
      void run(AuthTestBed bed, LoggedIn in) {
        assertThat(bed.auth.changePassword(AuthTestBed.change(in.accessToken().claims())))
            .isInstanceOf(PasswordChangeResult.Changed.class);
      }
    };

    abstract void run(AuthTestBed bed, LoggedIn in);
  }

  /** A call of a port, before or after which somebody stands still. */
  record Place(String port, String method, boolean after) {
    static List<Place> both(String port, String method) {
      return List.of(new Place(port, method, false), new Place(port, method, true));
    }

    void act(AuthTestBed bed, Runnable action) {
      Watched<?> watched =
          switch (port) {
            case "users" -> bed.users;
            case "sessions" -> bed.sessions;
            case "passwords" -> bed.passwords;
            default -> bed.tokens;
          };
      if (after) {
        watched.afterNext(method, action);
      } else {
        watched.beforeNext(method, action);
      }
    }

    @Override
    public String toString() {
      return (after ? "after " : "before ") + port + "." + method;
    }
  }

  static Stream<Arguments> refreshes() {
    List<Place> places = new ArrayList<>();
    places.addAll(Place.both("sessions", "find"));
    places.addAll(Place.both("users", "find"));
    places.addAll(Place.both("sessions", "rotate"));
    places.addAll(Place.both("tokens", "issue"));
    return combined(places);
  }

  static Stream<Arguments> logins() {
    List<Place> places = new ArrayList<>();
    places.addAll(Place.both("sessions", "epoch"));
    places.addAll(Place.both("users", "find"));
    places.addAll(Place.both("passwords", "matches"));
    places.addAll(Place.both("sessions", "create"));
    places.addAll(Place.both("tokens", "issue"));
    return combined(places)
        .filter(each -> ((End) each.get()[0]).ordinal() >= End.END_ALL.ordinal());
  }

  private static Stream<Arguments> combined(List<Place> places) {
    return Stream.of(End.values())
        .flatMap(end -> places.stream().map(place -> Arguments.of(end, place)));
  }

  @ParameterizedTest
  @MethodSource("refreshes")
  void aRefreshThatRacesAnEndLoses(End end, Place place) throws Exception {
    // given
    LoggedIn in = bed.loggedIn();

    // when
    RefreshResult result =
        meanwhile(place, () -> bed.auth.refresh(in.refreshToken()), () -> end.run(bed, in));

    // then none of its tokens works
    if (result instanceof Refreshed refreshed) {
      assertThat(bed.verdict(refreshed.accessToken().value())).isEqualTo(REVOKED);
      assertThat(bed.auth.refresh(refreshed.refreshToken())).isEqualTo(new RefreshResult.Refused());
    }
    assertThat(bed.verdict(in.accessToken().value())).isEqualTo(REVOKED);
    assertThat(bed.auth.refresh(in.refreshToken())).isEqualTo(new RefreshResult.Refused());
    assertThat(bed.auth.sessions(bed.ana.id()))
        .noneMatch(session -> session.id().equals(in.session().id()));
  }

  @ParameterizedTest
  @MethodSource("logins")
  void aLoginThatRacesAnEndOfAllLoses(End end, Place place) throws Exception {
    // given
    LoggedIn before = bed.loggedIn();

    // when
    LoginResult result =
        meanwhile(place, () -> bed.auth.logIn(AuthTestBed.request()), () -> end.run(bed, before));

    // then it was refused, or came first, or saw an end that concerns those before it only
    if (result instanceof LoggedIn in) {
      boolean isLater = place.equals(new Place("sessions", "epoch", false));
      if (isLater && end == End.END_ALL) {
        bed.refreshed(in.refreshToken());
      } else {
        assertThat(bed.verdict(in.accessToken().value())).isEqualTo(REVOKED);
        assertThat(bed.auth.refresh(in.refreshToken())).isEqualTo(new RefreshResult.Refused());
      }
    } else {
      assertThat(result).isEqualTo(new LoginResult.Refused());
    }
  }

  /** Runs a call up to a place, then another one as a whole, then the rest of the first. */
  private <T> T meanwhile(Place place, Callable<T> first, Runnable second) throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    place.act(
        bed,
        () -> {
          reached.countDown();
          await(goOn);
        });
    Future<T> running = threads.submit(first);
    await(reached);
    second.run();
    goOn.countDown();
    return running.get(60, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whateverTheThreadsDoNothingSurvivesAnEndOfAll() throws Exception {
    for (int round = 0; round < 100; round++) {
      // given
      LoggedIn in = bed.loggedIn();
      ConcurrentLinkedQueue<Refreshed> refreshed = new ConcurrentLinkedQueue<>();
      CountDownLatch begin = new CountDownLatch(1);
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        clients.add(
            threads.submit(
                () -> {
                  await(begin);
                  String token = in.refreshToken();
                  for (int n = 0; n < 5; n++) {
                    if (bed.auth.refresh(token) instanceof Refreshed next) {
                      refreshed.add(next);
                      token = next.refreshToken();
                    }
                  }
                }));
      }

      // when
      begin.countDown();
      bed.auth.endAllSessions(bed.ana.id(), SessionEndReason.ENDED_BY_OPERATOR);
      for (Future<?> client : clients) {
        client.get(60, TimeUnit.SECONDS);
      }

      // then
      for (Refreshed each : refreshed) {
        assertThat(bed.verdict(each.accessToken().value())).isEqualTo(REVOKED);
        assertThat(bed.auth.refresh(each.refreshToken())).isEqualTo(new RefreshResult.Refused());
      }
    }
  }

  @Test
  void manyThreadsWithOneTokenGetOneSuccessor() throws Exception {
    // given
    LoggedIn in = bed.loggedIn();
    CountDownLatch begin = new CountDownLatch(1);
    List<Future<RefreshResult>> clients = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      clients.add(
          threads.submit(
              () -> {
                await(begin);
                return bed.auth.refresh(in.refreshToken());
              }));
    }

    // when
    begin.countDown();

    // then
    List<String> successors = new ArrayList<>();
    for (Future<RefreshResult> client : clients) {
      successors.add(((Refreshed) client.get(60, TimeUnit.SECONDS)).refreshToken());
    }
    assertThat(successors).containsOnly(successors.get(0)).doesNotContain(in.refreshToken());
  }

  @Test
  void aChangeWhoseProcessStopsBehindItsRowLetsNoOldSessionGoOn() {
    // given
    LoggedIn in = bed.loggedIn();
    bed.clock.advance(Duration.ofSeconds(1));
    bed.revocations.before(
        "revokeUser",
        () -> {
          throw new UnavailableException("this process has stopped");
        });
    try {
      bed.auth.disable(bed.ana.id());
    } catch (UnavailableException e) {
      bed.revocations.calm();
    }

    // then
    assertThat(bed.auth.refresh(in.refreshToken())).isEqualTo(new RefreshResult.Refused());
    assertThat(bed.logIn(AuthTestBed.EMAIL, AuthTestBed.PASSWORD))
        .isEqualTo(new LoginResult.Refused());
  }
}
