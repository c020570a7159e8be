package com.techcorp.auth.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.Session;
import com.techcorp.auth.session.RefreshKey;
import com.techcorp.auth.session.RefreshKeys;
import com.techcorp.auth.session.RefreshOutcome;
import com.techcorp.auth.session.RefreshToken;
import com.techcorp.auth.session.RefreshTokens;
import com.techcorp.auth.session.SessionOptions;
import com.techcorp.auth.session.SessionRefresh;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionEpoch;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Users, their browsers and a thief, who do what a seed draws, against a store that fails over.
 * Each answer is checked by {@link ModelSession}, and {@link ModelBrowser} says who must stay
 * logged in.
 */
final class SessionModel {
  private static final int EVENTS = 50;
  private static final int MOST = 3;
  private static final Duration LONGEST_LOGIN = Duration.ofMinutes(10);
  private static final RefreshTokens TOKENS =
      RefreshTokens.of(RefreshKeys.of(RefreshKey.of(new byte[32])));

  private final SteppedClock clock = SteppedClock.create();
  private final Map<Event, Integer> counts = new EnumMap<>(Event.class);
  private final Random random;
  private final boolean hasThief;
  private final int lostPercent;
  private final SessionOptions options;
  private final FailOverStore store;
  private final SessionRefresh refresh;
  private final List<ModelUser> users = new ArrayList<>();
  private final List<ModelBrowser> browsers = new ArrayList<>();
  private final List<Login> logins = new ArrayList<>();

  /** What may happen. */
  enum Event {
    LOG_IN,
    BEGIN_LOGIN,
    FINISH_LOGIN,
    REFRESH,
    LOSE_REPLY,
    STEAL,
    LOG_OUT,
    CHANGE_PASSWORD,
    END_OTHERS,
    FAIL_OVER,
    REPLACE,
    END_FOR_REUSE,
    COME_AFTER_THE_END
  }

  /** A user, as the directory knows him: it forgets nothing. */
  private static final class ModelUser {
    final UUID id;
    Instant validAfter = Instant.EPOCH;
    int ends;

    /** A password was changed, and the sessions are to be ended later. */
    boolean endsLater;

    ModelUser(UUID id) {
      this.id = id;
    }
  }

  /** A login that is under way. */
  private record Login(ModelUser user, SessionEpoch epoch, int ends, Instant at) {}

  SessionModel(long seed, Function<InstantSource, SessionStore> stores, boolean confirmsEnds) {
    // seeds that follow one another would draw the same at first
    this.random = new Random(new SplittableRandom(seed).nextLong());
    this.hasThief = random.nextBoolean();
    this.lostPercent = random.nextInt(4) * 20;
    this.options =
        SessionOptions.DEFAULT
            .withMost(MOST)
            .withLifetime(Duration.ofMinutes(60L + random.nextInt(120)))
            .withIdle(random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofMinutes(45)))
            .withLostReplies(random.nextBoolean());
    this.store = new FailOverStore(clock, stores, confirmsEnds);
    this.refresh = SessionRefresh.of(store, TOKENS, options);
    users.add(new ModelUser(uuid()));
    users.add(new ModelUser(uuid()));
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /** Plays it; an {@code AssertionError} names what was not as it must be. */
  Map<Event, Integer> play() {
    users.forEach(user -> finish(begin(user)));
    for (int i = 0; i < EVENTS; i++) {
      happens();
      pass();
      users.forEach(this::checkList);
    }
    return counts;
  }

  private void happens() {
    int drawn = random.nextInt(100);
    if (drawn < 45) {
      refreshInTabs();
    } else if (drawn < 52) {
      finish(begin(anyUser()));
      count(Event.LOG_IN);
    } else if (drawn < 56) {
      logins.add(begin(anyUser()));
      count(Event.BEGIN_LOGIN);
    } else if (drawn < 62) {
      finishLogin();
    } else {
      happensMeanwhile();
    }
  }

  /** What may also happen between the requests of one browser. */
  private void happensMeanwhile() {
    int drawn = random.nextInt(100);
    if (drawn < 35) {
      failOver();
    } else if (drawn < 75) {
      steal();
    } else if (drawn < 86) {
      logOut();
    } else if (drawn < 93) {
      changePassword();
    } else {
      endOthers();
    }
  }

  private void pass() {
    int drawn = random.nextInt(100);
    int seconds = drawn < 50 ? 4 : drawn < 80 ? 30 : drawn < 95 ? 600 : 3_000;
    clock.advance(Duration.ofMillis(random.nextInt(seconds * 1_000)));
  }

  private Login begin(ModelUser user) {
    return new Login(user, store.epoch(user.id), user.ends, clock.now());
  }

  private void finishLogin() {
    logins.removeIf(login -> login.at().plus(LONGEST_LOGIN).isBefore(clock.now()));
    if (!logins.isEmpty()) {
      finish(logins.remove(random.nextInt(logins.size())));
      count(Event.FINISH_LOGIN);
    }
  }

  private void finish(Login login) {
    ModelUser user = login.user();
    RefreshToken first = TOKENS.first(uuid());
    NewSession session =
        new NewSession(
            first.sessionId(),
            user.id,
            first.hash(),
            "{}",
            clock.now(),
            options.lifetime(),
            options.idle().orElse(null));
    List<ModelSession> live = live(user);
    SessionCreation creation = store.create(session, login.epoch(), MOST);
    if (login.ends() != user.ends) {
      assertThat(creation)
          .as("a login loses against an end of all")
          .isEqualTo(new SessionCreation.Overtaken());
      return;
    }
    List<ModelSession> oldest = live.subList(0, Math.max(0, live.size() + 1 - MOST));
    assertThat(creation)
        .as("the oldest make place")
        .isEqualTo(new SessionCreation.Created(oldest.stream().map(ModelSession::id).toList()));
    oldest.forEach(ModelSession::end);
    ModelSession made = new ModelSession(session, first, options, clock.now(), store.writes() - 1);
    browsers.add(new ModelBrowser(made, first, options));
  }

  /** Some tabs present one token, all within its grace period; some get no reply. */
  private void refreshInTabs() {
    ModelBrowser browser = anyBrowser();
    RefreshToken token = browser == null ? null : browser.token();
    if (browser == null || token == null) {
      return;
    }
    RefreshToken received = null;
    int tabs = 1 + random.nextInt(3);
    for (int tab = 0; tab < tabs; tab++) {
      if (received != null && browser.isLate(clock.now())) {
        break; // a tab that did not come through finds the new token
      }
      browser.asks(clock.now());
      boolean entitled = isEntitled(browser);
      RefreshOutcome outcome = present(browser.session(), token);
      count(Event.REFRESH);
      if (!(outcome instanceof RefreshOutcome.Refreshed refreshed)) {
        assertThat(entitled).as("an honest user is logged out: %s", outcome).isFalse();
        browser.loggedOut();
        return;
      }
      if (random.nextInt(100) < lostPercent) {
        count(Event.LOSE_REPLY);
      } else {
        received = refreshed.successor();
      }
      clock.advance(Duration.ofMillis(random.nextInt(3_000)));
      if (random.nextInt(100) < 15) {
        happensMeanwhile();
      }
    }
    if (received != null) {
      browser.receives(received);
    }
  }

  private boolean isEntitled(ModelBrowser browser) {
    Instant validAfter = user(browser.session()).validAfter;
    return browser.isEntitled(clock.now()) && !browser.session().createdAt().isBefore(validAfter);
  }

  /** As the service does: whatever the store says, the user's row decides. */
  private RefreshOutcome present(ModelSession session, RefreshToken token) {
    Instant now = clock.now();
    RefreshOutcome outcome = refresh.refresh(token.value());
    session.check(token, outcome, now, store.writes() - 1);
    if (outcome instanceof RefreshOutcome.Refreshed refreshed) {
      if (refreshed.successor().generation() > token.generation() + 1) {
        count(Event.REPLACE);
      }
      if (refreshed.createdAt().isBefore(user(session).validAfter)) {
        end(session);
        return new RefreshOutcome.Gone(session.id());
      }
    } else {
      boolean reused = outcome instanceof RefreshOutcome.Reused;
      count(reused ? Event.END_FOR_REUSE : Event.COME_AFTER_THE_END);
    }
    return outcome;
  }

  /** Somebody has copied tokens: the newest, older ones, or some that never arrived. */
  private void steal() {
    ModelBrowser browser = hasThief ? anyBrowser() : null;
    if (browser == null) {
      return;
    }
    browser.robbed();
    count(Event.STEAL);
    for (int i = random.nextInt(3); i >= 0; i--) {
      List<RefreshToken> known = browser.session().known();
      int from = random.nextBoolean() ? 0 : Math.max(0, known.size() - 4);
      present(browser.session(), known.get(from + random.nextInt(known.size() - from)));
      clock.advance(Duration.ofMillis(random.nextInt(12_000)));
    }
  }

  private void logOut() {
    ModelBrowser browser = anyBrowser();
    if (browser != null) {
      end(browser.session());
      count(Event.LOG_OUT);
    }
  }

  private void end(ModelSession session) {
    boolean live = session.isLive(clock.now());
    assertThat(store.end(session.userId(), session.id())).as("was there").isEqualTo(live);
    session.end();
  }

  /** The row is changed first, and the sessions end then, or only with the next change. */
  private void changePassword() {
    ModelUser user = anyUser();
    user.validAfter = clock.now();
    if (!user.endsLater && random.nextInt(3) == 0) {
      user.endsLater = true;
    } else {
      user.endsLater = false;
      endAll(user, null);
    }
    count(Event.CHANGE_PASSWORD);
  }

  private void endOthers() {
    ModelBrowser browser = anyBrowser();
    if (browser != null) {
      endAll(user(browser.session()), browser.session());
      count(Event.END_OTHERS);
    }
  }

  private void endAll(ModelUser user, @Nullable ModelSession except) {
    List<ModelSession> live = new ArrayList<>(live(user));
    live.remove(except);
    List<UUID> ended = store.endAll(user.id, except == null ? null : except.id());
    assertThat(ended)
        .as("all sessions end")
        .containsExactlyInAnyOrderElementsOf(live.stream().map(ModelSession::id).toList());
    live.forEach(ModelSession::end);
    user.ends++;
  }

  private void failOver() {
    int unconfirmed = store.unconfirmed();
    store.failOver(unconfirmed == 0 ? 0 : random.nextInt(unconfirmed + 1));
    browsers.forEach(browser -> browser.session().lose(store.writes()));
    count(Event.FAIL_OVER);
  }

  private void checkList(ModelUser user) {
    assertThat(store.list(user.id).stream().map(Session::id))
        .as("the list has the live sessions, the oldest first")
        .containsExactlyElementsOf(live(user).stream().map(ModelSession::id).toList());
  }

  private List<ModelSession> live(ModelUser user) {
    return browsers.stream()
        .map(ModelBrowser::session)
        .filter(session -> session.userId().equals(user.id) && session.isLive(clock.now()))
        .toList();
  }

  private ModelUser user(ModelSession session) {
    return users.stream()
        .filter(user -> user.id.equals(session.userId()))
        .findFirst()
        .orElseThrow();
  }

  private ModelUser anyUser() {
    return users.get(random.nextInt(users.size()));
  }

  /** One of the latest, also if its session has ended. */
  private @Nullable ModelBrowser anyBrowser() {
    if (browsers.isEmpty()) {
      return null;
    }
    int from = Math.max(0, browsers.size() - 2 * MOST);
    return browsers.get(from + random.nextInt(browsers.size() - from));
  }

  private void count(Event event) {
    counts.merge(event, 1, Integer::sum);
  }
}
