package com.techcorp.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.TokenVerifier;
import com.techcorp.error.WiringException;
import com.techcorp.testkit.SteppedClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys over HTTP, from a server that changes, fails and lies; the clock is stepped. */
class RemoteKeysTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The issuer is on this machine: half a minute is for a machine that is busy. */
  private static final RemoteKeysOptions OPTIONS =
      RemoteKeysOptions.DEFAULT.withPlainHttp(true).withTimeout(Duration.ofSeconds(30));

  private final SteppedClock clock = TestTokens.clock();
  private JwksServer issuer;
  private RemoteKeys keys;

  @BeforeEach
  void startsAnIssuer() throws IOException {
    issuer = new JwksServer();
    issuer.publish(TestTokens.KEY);
    keys = RemoteKeys.of(issuer.uri(), OPTIONS, clock);
  }

  @AfterEach
  void stopsIt() {
    issuer.close();
  }

  @Test
  void oneFetchServesAllTokens() {
    // given
    TokenVerifier verifier = verifier();
    assertThat(issuer.fetches()).isZero();

    // when
    for (int i = 0; i < 100; i++) {
      assertThat(verifier.verify(token(TestTokens.KEY))).isInstanceOf(TokenVerdict.Valid.class);
    }

    // then
    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  @Tag("T54")
  void randomIdsCauseOneFetchIn30SecondsWhileGoodTokensAreVerified()
      throws InterruptedException, ExecutionException {
    // given
    TokenVerifier verifier = verifier();
    String good = token(TestTokens.KEY);
    assertThat(verifier.verify(good)).isInstanceOf(TokenVerdict.Valid.class);
    clock.advance(Duration.ofSeconds(30));

    // when 1,000 a second come for 30 s, from 8 threads
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int second = 0; second < 30; second++) {
        List<Future<?>> second1000 = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
          second1000.add(
              threads.submit(
                  () -> {
                    for (int i = 0; i < 125; i++) {
                      assertThat(keys.find(UUID.randomUUID().toString())).isEmpty();
                    }
                    assertThat(verifier.verify(good)).isInstanceOf(TokenVerdict.Valid.class);
                    assertThat(verifier.verify(token(TestTokens.KEY)))
                        .isInstanceOf(TokenVerdict.Valid.class);
                  }));
        }
        for (Future<?> each : second1000) {
          each.get();
        }
        clock.advance(Duration.ofMillis(999));
      }
    } finally {
      threads.shutdownNow();
    }

    // then
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  @Tag("T36")
  void aNewKeyIsFoundByTheFirstTokenThatNamesIt() {
    // given
    TokenVerifier verifier = verifier();
    assertThat(verifier.verify(token(TestTokens.KEY))).isInstanceOf(TokenVerdict.Valid.class);
    issuer.publish(TestTokens.KEY, TestTokens.OTHER_KEY);
    String next = token(TestTokens.OTHER_KEY);

    // when it is too early, and when it is not
    clock.advance(Duration.ofMillis(29_999));
    TokenVerdict early = verifier.verify(next);
    clock.advance(Duration.ofMillis(1));
    TokenVerdict later = verifier.verify(next);

    // then
    assertThat(early).isEqualTo(new TokenVerdict.Refused(TokenRefusal.UNKNOWN_KEY));
    assertThat(later).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void allWhoAskAtOnceShareTheFetch() throws InterruptedException, ExecutionException {
    // given
    TokenVerifier verifier = verifier();
    CountDownLatch answer = issuer.hold();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      // when
      List<Future<TokenVerdict>> verdicts = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        verdicts.add(threads.submit(() -> verifier.verify(token(TestTokens.KEY))));
      }
      await().atMost(PATIENCE).until(() -> issuer.fetches() == 1);
      answer.countDown();

      // then
      for (Future<TokenVerdict> verdict : verdicts) {
        assertThat(verdict.get()).isInstanceOf(TokenVerdict.Valid.class);
      }
      assertThat(issuer.fetches()).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @Tag("T54")
  void aFetchForAnUnknownIdDropsNoKey() {
    // given an issuer whose document lacks a key for a moment
    assertThat(keys.find(id(TestTokens.KEY))).isPresent();
    issuer.publish(TestTokens.OTHER_KEY);
    clock.advance(Duration.ofSeconds(30));

    // when
    assertThat(keys.find(id(TestTokens.OTHER_KEY))).isPresent();

    // then
    assertThat(issuer.fetches()).isEqualTo(2);
    assertThat(keys.find(id(TestTokens.KEY))).isPresent();
  }

  @Test
  void aKeyThatIsNoLongerPublishedGoesWithTheNextRefreshAndWithItWhatItSigned() {
    // given
    TokenVerifier verifier = verifier();
    String token = token(TestTokens.KEY);
    assertThat(verifier.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    issuer.publish(TestTokens.OTHER_KEY);

    // when
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(verifier.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(issuer.fetches()).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(verifier.verify(token)).as("nobody waits").isInstanceOf(TokenVerdict.Valid.class);

    // then
    await().atMost(PATIENCE).until(() -> verifier.verify(token) instanceof TokenVerdict.Refused);
    assertThat(verifier.verify(token))
        .isEqualTo(new TokenVerdict.Refused(TokenRefusal.UNKNOWN_KEY));
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  @Tag("T54")
  void anIdWithoutAKeyIsRemembered() {
    // given
    assertThat(keys.find("no-key")).isEmpty();
    clock.advance(Duration.ofSeconds(30));

    // when
    assertThat(keys.find("no-key")).isEmpty();
    assertThat(issuer.fetches()).isEqualTo(1);
    assertThat(keys.find("another")).isEmpty();

    // then
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void onlySoManyIdsWithoutAKeyAreRemembered() {
    // given
    keys = RemoteKeys.of(issuer.uri(), OPTIONS.withUnknown(1), clock);
    for (String id : List.of("a", "b", "c", "d")) {
      assertThat(keys.find(id)).isEmpty();
      clock.advance(Duration.ofSeconds(30));
    }
    int before = issuer.fetches();

    // when
    for (String id : List.of("a", "b", "c", "d")) {
      assertThat(keys.find(id)).isEmpty();
      clock.advance(Duration.ofSeconds(30));
    }

    // then
    assertThat(before).isEqualTo(4);
    assertThat(issuer.fetches()).isGreaterThanOrEqualTo(before + 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "{\"keys\":[]}",
        "{\"keys\":[1]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
        "{\"keys\":[{\"kty\":\"EC\",\"kid\":\"a\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}]}"
      })
  @Tag("T54")
  void aDocumentWithoutKeysChangesNothing(String document) {
    // given
    assertThat(keys.find(id(TestTokens.KEY))).isPresent();
    issuer.answer(200, document);
    clock.advance(Duration.ofMinutes(5));

    // when
    assertThat(keys.find("unknown")).isEmpty();

    // then
    assertThat(issuer.fetches()).isEqualTo(2);
    assertThat(keys.find(id(TestTokens.KEY))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 302, 404, 429, 500, 503})
  void anotherStatusChangesNothing(int status) {
    // given
    assertThat(keys.find(id(TestTokens.KEY))).isPresent();
    issuer.answer(status, "");
    clock.advance(Duration.ofMinutes(5));

    // when
    assertThat(keys.find("unknown")).isEmpty();

    // then
    assertThat(issuer.fetches()).isEqualTo(2);
    assertThat(keys.find(id(TestTokens.KEY))).isPresent();
  }

  @Test
  void goesOnWithTheKeysItHasWhileTheIssuerIsAway() {
    // given
    TokenVerifier verifier = verifier();
    assertThat(verifier.verify(token(TestTokens.KEY))).isInstanceOf(TokenVerdict.Valid.class);
    issuer.close();

    for (int day = 0; day < 3; day++) {
      // when
      clock.advance(Duration.ofDays(1));
      assertThat(keys.find("unknown")).isEmpty();

      // then
      assertThat(verifier.verify(token(TestTokens.KEY))).isInstanceOf(TokenVerdict.Valid.class);
    }
  }

  @Test
  void anIssuerThatIsAwayAtFirstIsAskedAgain() {
    // given
    issuer.answer(503, "");
    TokenVerifier verifier = verifier();
    String token = token(TestTokens.KEY);
    assertThat(verifier.verify(token))
        .isEqualTo(new TokenVerdict.Refused(TokenRefusal.UNKNOWN_KEY));
    issuer.publish(TestTokens.KEY);

    // when
    clock.advance(Duration.ofSeconds(30));

    // then
    assertThat(verifier.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void anAnswerThatIsTooLongIsGivenUp() {
    // given
    issuer.answerWithoutEnd();

    // then
    assertThat(keys.find("unknown")).isEmpty();
    assertThat(keys.find(id(TestTokens.KEY))).isEmpty();
    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  void anAnswerThatTakesTooLongIsGivenUp() {
    // given
    CountDownLatch never = issuer.hold();
    keys = RemoteKeys.of(issuer.uri(), OPTIONS.withTimeout(Duration.ofMillis(100)), clock);

    // when
    assertThat(keys.find(id(TestTokens.KEY))).isEmpty();

    // then
    assertThat(never.getCount()).as("the issuer has not answered yet").isEqualTo(1);
  }

  @Test
  void keysForOtherUsesAreSkipped() {
    // given
    String json = Jwks.of(List.of(TestTokens.KEY.verificationKey()), Jwks.MAX_AGE).json();
    String ours = json.substring(json.indexOf('[') + 1, json.lastIndexOf(']'));
    String encrypts = ours.replace("\"sig\"", "\"enc\"").replace(id(TestTokens.KEY), "enc");
    String other = ours.replace("\"RS256\"", "\"PS256\"").replace(id(TestTokens.KEY), "ps256");
    String nameless = ours.replace("\"kid\"", "\"name\"");
    issuer.answer(
        200,
        "{\"keys\":["
            + String.join(",", "{}", encrypts, other, nameless, ours, "{\"n\":1}")
            + "]}");

    // then
    assertThat(keys.find(id(TestTokens.KEY))).isPresent();
    assertThat(keys.find("enc")).isEmpty();
    assertThat(keys.find("ps256")).isEmpty();
    assertThat(keys).hasToString("RemoteKeys[1]");
  }

  @Test
  void aClockThatIsSetBackStopsNothing() {
    // given
    assertThat(keys.find(id(TestTokens.KEY))).isPresent();
    issuer.publish(TestTokens.KEY, TestTokens.OTHER_KEY);

    // when
    clock.set(TestTokens.NOW.minus(Duration.ofDays(1)));

    // then
    assertThat(keys.find(id(TestTokens.OTHER_KEY))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://auth.example/jwks.json",
        "file:///etc/jwks.json",
        "/jwks.json",
        "https:///jwks.json",
        "https://user:planted@auth.example/jwks.json"
      })
  void anAddressThatCannotBeTrustedIsRefused(String address) {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> RemoteKeys.of(URI.create(address)))
        .withMessageNotContaining("planted");
  }

  private TokenVerifier verifier() {
    return AccessTokens.verifier(keys, TokenOptions.DEFAULT, clock);
  }

  private String token(SigningKey key) {
    return AccessTokens.of(TokenKeys.of(key), TokenOptions.DEFAULT, clock)
        .issue(TestTokens.USER, TestTokens.EMAIL, TestTokens.SESSION)
        .value();
  }

  private static String id(SigningKey key) {
    return key.verificationKey().id();
  }
}
