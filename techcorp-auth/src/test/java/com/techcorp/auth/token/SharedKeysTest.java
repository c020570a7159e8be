package com.techcorp.auth.token;

import static com.techcorp.auth.token.TestIssuers.PUBLISHED;
import static com.techcorp.auth.token.TestIssuers.keyOf;
import static com.techcorp.auth.token.TestIssuers.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.AccessToken;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.auth.spi.StoredKey;
import com.techcorp.error.UnavailableException;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys of several processes on one store; the clock is stepped, and the test lets them be read. */
class SharedKeysTest {
  private static final Duration MONTH = Duration.ofDays(30);

  private final TestIssuers issuers = new TestIssuers();
  private final SteppedClock clock = issuers.clock();
  private final SigningKeyStore store = issuers.store();

  @AfterEach
  void close() {
    issuers.close();
  }

  @Test
  void theFirstProcessMakesAKeyThatSignsAndOneThatFollows() {
    // when
    SharedKeys keys = issuers.process();

    // then
    assertThat(issuers.states()).containsExactly("ACTIVE", "NEXT");
    assertThat(published(keys)).containsExactlyInAnyOrderElementsOf(issuers.ids());
    assertThat(keys.jwks().cacheControl()).isEqualTo("public, max-age=300");
    assertThat(keyOf(issuers.issued(keys))).isEqualTo(issuers.active());
    assertThat(keys).hasToString("SharedKeys[2]");
  }

  @Test
  void allProcessesSignWithOneKeyAndVerifyEachOthersTokens() {
    // given
    SharedKeys one = issuers.process();
    SharedKeys other = issuers.process();

    // then
    assertThat(issuers.states()).containsExactly("ACTIVE", "NEXT");
    assertThat(keyOf(issuers.issued(one))).isEqualTo(keyOf(issuers.issued(other)));
    assertThat(issuers.verdict(other, issuers.issued(one))).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(issuers.verdict(one, issuers.issued(other))).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  @Tag("T36")
  void aKeySignsForAMonthVerifiesUntilItsTokensAreOverAndGoes() {
    // given
    SharedKeys keys = issuers.process();
    String first = issuers.active();
    clock.advance(MONTH.minusSeconds(1));
    keys.refresh();
    AccessToken last = issuers.issued(keys);
    assertThat(keyOf(last)).isEqualTo(first);

    // when the month is over
    clock.advance(Duration.ofSeconds(1));
    keys.refresh();

    // then
    assertThat(issuers.states()).containsExactly("RETIRED", "ACTIVE", "NEXT");
    assertThat(keyOf(issuers.issued(keys))).isEqualTo(issuers.active()).isNotEqualTo(first);
    assertThat(issuers.verdict(keys, last)).isInstanceOf(TokenVerdict.Valid.class);

    // when all that could be signed with the first key is over: lifetime, skew twice, lag
    clock.advance(Duration.ofSeconds(1_800 + 10 + 60).minusMillis(1));
    keys.refresh();
    assertThat(published(keys)).contains(first);
    clock.advance(Duration.ofMillis(1));
    keys.refresh();

    // then
    assertThat(issuers.states()).containsExactly("ACTIVE", "NEXT");
    assertThat(published(keys)).doesNotContain(first);
    assertThat(keys.find(first)).isEmpty();
    assertThat(store.ended(10)).extracting(StoredKey::id).containsExactly(first);
  }

  @Test
  void byHandTheNextKeySignsOnceEveryVerifierCanHaveIt() {
    // given
    SharedKeys keys = issuers.process();
    String first = issuers.active();
    clock.advance(Duration.ofMinutes(2));

    // when
    assertThat(keys.rotate()).contains(Duration.ofMinutes(4));
    assertThat(keyOf(issuers.issued(keys))).isEqualTo(first);
    clock.advance(Duration.ofMinutes(4));
    assertThat(keys.rotate()).isEmpty();

    // then
    assertThat(keyOf(issuers.issued(keys))).isNotEqualTo(first).isEqualTo(issuers.active());
    assertThat(issuers.states()).containsExactly("RETIRED", "ACTIVE", "NEXT");
    assertThat(keys.rotate()).as("the one after is new").contains(PUBLISHED);
  }

  @Test
  void whileTheStoreIsAwayTokensAreVerifiedAndForAWhileSigned() {
    // given
    SharedKeys keys = issuers.process();
    AccessToken token = issuers.issued(keys);
    issuers.storeIsAway(true);

    // when
    clock.advance(Duration.ofSeconds(50));
    keys.refresh();
    assertThat(issuers.verdict(keys, issuers.issued(keys))).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(published(keys)).hasSize(2);
    clock.advance(Duration.ofMillis(1));
    keys.refresh();

    // then
    assertThat(issuers.verdict(keys, token)).isInstanceOf(TokenVerdict.Valid.class);
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(keys::signing)
        .withMessage("the signing keys could not be read for 50 s");
    assertThatExceptionOfType(UnavailableException.class).isThrownBy(keys::jwks);
    issuers.storeIsAway(false);
    clock.advance(Duration.ofSeconds(1));
    assertThat(issuers.verdict(keys, issuers.issued(keys))).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void aProcessThatStoodStillReadsTheKeysBeforeItSigns() {
    // given
    SharedKeys still = issuers.process();
    SharedKeys other = issuers.process();
    String first = issuers.active();
    clock.advance(PUBLISHED);
    other.rotate();

    // when
    AccessToken token = issuers.issued(still);

    // then
    assertThat(keyOf(token)).isNotEqualTo(first).isEqualTo(issuers.active());
  }

  @Test
  void aClockThatIsSetBackStopsNothing() {
    // given
    SharedKeys keys = issuers.process();

    // when
    clock.advance(Duration.ofDays(-1));

    // then
    assertThat(issuers.verdict(keys, issuers.issued(keys))).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void ofTwoProcessesThatRotateAtOnceOneDoes() throws InterruptedException, ExecutionException {
    // given
    SharedKeys one = issuers.process();
    SharedKeys other = issuers.process();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 1; round <= 4; round++) {
        clock.advance(PUBLISHED);
        CyclicBarrier start = new CyclicBarrier(2);

        // when
        List<Future<?>> rotating = new ArrayList<>();
        for (SharedKeys each : List.of(one, other)) {
          rotating.add(
              threads.submit(
                  () -> {
                    start.await();
                    return each.rotate();
                  }));
        }
        for (Future<?> each : rotating) {
          each.get();
        }

        // then
        assertThat(issuers.states()).filteredOn("ACTIVE"::equals).hasSize(1);
        assertThat(issuers.states()).filteredOn("NEXT"::equals).hasSize(1);
        assertThat(issuers.states()).filteredOn("RETIRED"::equals).hasSize(round);
        assertThat(keyOf(issuers.issued(one)))
            .isEqualTo(keyOf(issuers.issued(other)))
            .isEqualTo(issuers.active());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void startsWithKeysOfItsOwnAndGoesOnByItself() {
    // when
    try (SharedKeys keys =
        SharedKeys.builder(store, TestIssuers.WRAPPING)
            .options(SharedKeysOptions.DEFAULT.withBits(2_056))
            .tokens(TokenOptions.DEFAULT)
            .clock(clock)
            .start()) {
      // then
      assertThat(issuers.states()).containsExactly("ACTIVE", "NEXT");
      assertThat(keys.signing().verificationKey().publicKey().getModulus().bitLength())
          .isEqualTo(2_056);
    }
  }
}
