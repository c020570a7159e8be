package com.techcorp.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.AccessToken;
import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.TokenVerifier;
import com.techcorp.auth.memory.MemoryRevocations;
import com.techcorp.auth.spi.RevocationPage;
import com.techcorp.auth.spi.Revocations;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.testkit.SteppedClock;
import com.techcorp.testkit.SteppedThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RevocationViewTest {
  private static final Duration KEEP = Duration.ofMinutes(31);
  private static final TokenVerdict REVOKED = new TokenVerdict.Refused(TokenRefusal.REVOKED);
  private static final TokenVerdict TOO_OLD =
      new TokenVerdict.Refused(TokenRefusal.REVOCATIONS_TOO_OLD);

  private final SteppedClock clock = TestTokens.clock();
  private final SteppedThreads threads = SteppedThreads.on(clock);
  private final Store store = new Store();
  private final AccessTokens issuer =
      AccessTokens.of(TokenKeys.of(TestTokens.KEY), TokenOptions.DEFAULT, clock);
  private RevocationView view = view(RevocationOptions.DEFAULT);

  /** Counts how often it is read, and can be away. */
  private final class Store implements Revocations {
    private final MemoryRevocations revocations = MemoryRevocations.create(100_000, clock);
    private int reads;
    private boolean away;

    @Override
    public void revokeSession(UUID sessionId, Duration keep) {
      revocations.revokeSession(sessionId, keep);
    }

    @Override
    public void revokeUser(UUID userId, Instant before, Duration keep) {
      revocations.revokeUser(userId, before, keep);
    }

    @Override
    public RevocationPage since(@Nullable String cursor, int limit) {
      reads++;
      if (away) {
        throw new UnavailableException("Redis is away");
      }
      return revocations.since(cursor, limit);
    }
  }

  @AfterEach
  void close() {
    view.close();
  }

  private RevocationView view(RevocationOptions options) {
    return RevocationView.start(store, options, clock, threads);
  }

  private TokenVerifier verifier() {
    return AccessTokens.verifier(TokenKeys.of(TestTokens.KEY), TokenOptions.DEFAULT, view, clock);
  }

  private AccessToken issued() {
    return issuer.issue(TestTokens.USER, TestTokens.EMAIL, TestTokens.SESSION);
  }

  private void pass(Duration time) {
    clock.advance(time);
    threads.run();
  }

  @Test
  @Tag("T33")
  void aTokenOfAnEndedSessionIsRefusedWithinASecondAlsoIfItIsRemembered() {
    // given
    TokenVerifier verifier = verifier();
    AccessToken token = issued();
    AccessToken other = issuer.issue(TestTokens.USER, TestTokens.EMAIL, UUID.randomUUID());
    assertThat(verifier.verify(token.value())).isInstanceOf(TokenVerdict.Valid.class);

    // when
    store.revokeSession(TestTokens.SESSION, KEEP);
    pass(Duration.ofSeconds(1));

    // then
    assertThat(verifier.verify(token.value())).isEqualTo(REVOKED);
    assertThat(verifier().verify(token.value())).isEqualTo(REVOKED);
    assertThat(verifier.verify(other.value())).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void whatWasRevokedBeforeTheStartIsKnownAtOnce() {
    // given
    store.revokeSession(TestTokens.SESSION, KEEP);
    view.close();

    // when
    view = view(RevocationOptions.DEFAULT);

    // then
    assertThat(verifier().verify(issued().value())).isEqualTo(REVOKED);
  }

  @Test
  @Tag("T31")
  void tokensOfAUserAreComparedByTheMillisecond() {
    // given
    AccessToken before = issued();
    clock.advance(Duration.ofMillis(1));
    Instant cut = clock.now();
    AccessToken at = issued();
    clock.advance(Duration.ofMillis(1));
    AccessToken after = issued();
    assertThat(before.claims().issuedAt().getEpochSecond())
        .as("all in one second")
        .isEqualTo(after.claims().issuedAt().getEpochSecond());

    // when
    store.revokeUser(TestTokens.USER, cut, KEEP);
    pass(Duration.ofSeconds(1));

    // then
    assertThat(verifier().verify(before.value())).isEqualTo(REVOKED);
    assertThat(verifier().verify(at.value())).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(verifier().verify(after.value())).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void theLatestOfTwoRevocationsOfAUserCounts() {
    // given
    AccessToken token = issued();
    Instant later = clock.advance(Duration.ofSeconds(10));
    store.revokeUser(TestTokens.USER, later, KEEP);
    store.revokeUser(TestTokens.USER, later.minusSeconds(60), KEEP);

    // when
    pass(Duration.ofSeconds(1));

    // then
    assertThat(verifier().verify(token.value())).isEqualTo(REVOKED);
  }

  @Test
  void revocationsAreReadOnceASecondHoweverManyRequestsThereAre() {
    // given
    TokenVerifier verifier = verifier();
    String token = issued().value();
    int before = store.reads;

    // when
    for (int second = 0; second < 10; second++) {
      for (int i = 0; i < 100; i++) {
        verifier.verify(token);
      }
      pass(Duration.ofSeconds(1));
    }

    // then
    assertThat(store.reads - before).isEqualTo(10);
  }

  @Test
  void moreThanAPageIsReadAtOnce() {
    // given
    List<UUID> sessions = new ArrayList<>();
    for (int i = 0; i < 25_000; i++) {
      UUID session = UUID.randomUUID();
      sessions.add(session);
      store.revokeSession(session, KEEP);
    }

    // when
    pass(Duration.ofSeconds(1));

    // then
    assertThat(view.size()).isEqualTo(25_000);
    AccessToken last =
        issuer.issue(TestTokens.USER, TestTokens.EMAIL, sessions.get(sessions.size() - 1));
    assertThat(verifier().verify(last.value())).isEqualTo(REVOKED);
  }

  @Test
  void whatCannotConcernATokenAnyMoreIsForgotten() {
    // given
    store.revokeSession(TestTokens.SESSION, KEEP);
    pass(Duration.ofSeconds(1));
    assertThat(view.size()).isEqualTo(1);

    // when
    pass(KEEP);
    pass(Duration.ofMinutes(2));

    // then
    assertThat(view.size()).isZero();
  }

  @Test
  void tooManyRevocationsRefuseTooMuchAndNeverTooLittle() {
    // given
    view.close();
    view = view(RevocationOptions.DEFAULT.withRemembered(100));
    List<AccessToken> revoked = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      AccessToken token = issuer.issue(TestTokens.USER, TestTokens.EMAIL, UUID.randomUUID());
      revoked.add(token);
      store.revokeSession(token.claims().sessionId(), KEEP);
      pass(Duration.ofSeconds(1));
    }

    // then
    assertThat(view.size()).isLessThanOrEqualTo(100);
    assertThat(revoked)
        .allSatisfy(token -> assertThat(verifier().verify(token.value())).isEqualTo(REVOKED));
    clock.advance(Duration.ofSeconds(70)); // a token of now expires behind all that was forgotten
    assertThat(verifier().verify(issued().value())).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  @Tag("T52")
  void aStoreThatIsAwayStopsNoVerificationAndTheAgeSaysSo() {
    // given
    store.revokeSession(TestTokens.SESSION, KEEP);
    pass(Duration.ofSeconds(1));
    assertThat(view.age()).isZero();
    store.away = true;

    // when
    for (int second = 0; second < 60; second++) {
      pass(Duration.ofSeconds(1));
    }

    // then
    assertThat(view.age()).isEqualTo(Duration.ofSeconds(60));
    AccessToken other = issuer.issue(TestTokens.USER, TestTokens.EMAIL, UUID.randomUUID());
    assertThat(verifier().verify(other.value())).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(verifier().verify(issued().value())).isEqualTo(REVOKED);
    store.away = false;
    pass(Duration.ofSeconds(1));
    assertThat(view.age()).isZero();
  }

  @Test
  void aHostCanChooseToRefuseWhatMayHaveBeenRevoked() {
    // given
    view.close();
    view = view(RevocationOptions.DEFAULT.withMostAge(Optional.of(Duration.ofSeconds(10))));
    AccessToken token = issued();
    store.away = true;
    pass(Duration.ofSeconds(10));
    assertThat(verifier().verify(token.value())).isInstanceOf(TokenVerdict.Valid.class);

    // when
    pass(Duration.ofSeconds(1));

    // then
    assertThat(verifier().verify(token.value())).isEqualTo(TOO_OLD);
    store.away = false;
    pass(Duration.ofSeconds(1));
    assertThat(verifier().verify(token.value())).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void aViewThatWasNeverReadIsTooOldForSuchAHost() {
    // given
    view.close();
    store.away = true;

    // when
    view = view(RevocationOptions.DEFAULT.withMostAge(Optional.of(Duration.ofSeconds(10))));

    // then
    assertThat(verifier().verify(issued().value())).isEqualTo(TOO_OLD);
  }

  @Test
  void anExpiredTokenIsExpiredAndNotRevoked() {
    // given
    AccessToken token = issued();
    store.revokeSession(TestTokens.SESSION, Duration.ofHours(2));
    pass(Duration.ofHours(1));

    // then
    assertThat(verifier().verify(token.value()))
        .isEqualTo(new TokenVerdict.Refused(TokenRefusal.EXPIRED));
  }

  @Test
  void theAgeMustBeLongerThanTheTimeBetweenTwoReadings() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> RevocationOptions.DEFAULT.withMostAge(Optional.of(Duration.ofSeconds(1))))
        .withMessageContaining("RevocationOptions.mostAge must be longer than");
  }

  @Test
  void afterItsCloseItReadsNoMore() {
    // given
    view.close();
    int before = store.reads;

    // when
    pass(Duration.ofSeconds(10));

    // then
    assertThat(store.reads).isEqualTo(before);
    assertThat(view).hasToString("RevocationView[0]");
  }
}
