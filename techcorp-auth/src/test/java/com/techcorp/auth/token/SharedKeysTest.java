package com.techcorp.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.AccessToken;
import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.spi.KeyChange;
import com.techcorp.auth.spi.KeySnapshot;
import com.techcorp.auth.spi.KeyState;
import com.techcorp.auth.spi.KeyTerms;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.auth.spi.StoredKey;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.json.JsonObject;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
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
  private static final Duration PUBLISHED = Duration.ofMinutes(6);
  private static final KeyWrapping WRAPPING = KeyWrapping.of("1", KeyWrappingTest.key(1));

  private final SteppedClock clock = TestTokens.clock();
  private final SigningKeyStore store = MemoryStorage.create(clock).signingKeys();
  private final UnsteadyStore unsteady = new UnsteadyStore(store);
  private final KeyPool pool = new KeyPool();
  private final List<SharedKeys> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(SharedKeys::close);
  }

  @Test
  void theFirstProcessMakesAKeyThatSignsAndOneThatFollows() {
    // when
    SharedKeys keys = process();

    // then
    assertThat(states()).containsExactly("ACTIVE", "NEXT");
    assertThat(published(keys)).containsExactlyInAnyOrderElementsOf(ids());
    assertThat(keys.jwks().cacheControl()).isEqualTo("public, max-age=300");
    assertThat(keyOf(issued(keys))).isEqualTo(active());
    assertThat(keys).hasToString("SharedKeys[2]");
  }

  @Test
  void allProcessesSignWithOneKeyAndVerifyEachOthersTokens() {
    // given
    SharedKeys one = process();
    SharedKeys other = process();

    // then
    assertThat(states()).containsExactly("ACTIVE", "NEXT");
    assertThat(keyOf(issued(one))).isEqualTo(keyOf(issued(other)));
    assertThat(verdict(other, issued(one))).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(verdict(one, issued(other))).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  @Tag("T36")
  void aKeySignsForAMonthVerifiesUntilItsTokensAreOverAndGoes() {
    // given
    SharedKeys keys = process();
    String first = active();
    clock.advance(MONTH.minusSeconds(1));
    keys.refresh();
    AccessToken last = issued(keys);
    assertThat(keyOf(last)).isEqualTo(first);

    // when the month is over
    clock.advance(Duration.ofSeconds(1));
    keys.refresh();

    // then
    assertThat(states()).containsExactly("RETIRED", "ACTIVE", "NEXT");
    assertThat(keyOf(issued(keys))).isEqualTo(active()).isNotEqualTo(first);
    assertThat(verdict(keys, last)).isInstanceOf(TokenVerdict.Valid.class);

    // when all that could be signed with the first key is over: lifetime, skew twice, lag
    clock.advance(Duration.ofSeconds(1_800 + 10 + 60).minusMillis(1));
    keys.refresh();
    assertThat(published(keys)).contains(first);
    clock.advance(Duration.ofMillis(1));
    keys.refresh();

    // then
    assertThat(states()).containsExactly("ACTIVE", "NEXT");
    assertThat(published(keys)).doesNotContain(first);
    assertThat(keys.find(first)).isEmpty();
    assertThat(store.ended(10)).extracting(StoredKey::id).containsExactly(first);
  }

  @Test
  void byHandTheNextKeySignsOnceEveryVerifierCanHaveIt() {
    // given
    SharedKeys keys = process();
    String first = active();
    clock.advance(Duration.ofMinutes(2));

    // when
    assertThat(keys.rotate()).contains(Duration.ofMinutes(4));
    assertThat(keyOf(issued(keys))).isEqualTo(first);
    clock.advance(Duration.ofMinutes(4));
    assertThat(keys.rotate()).isEmpty();

    // then
    assertThat(keyOf(issued(keys))).isNotEqualTo(first).isEqualTo(active());
    assertThat(states()).containsExactly("RETIRED", "ACTIVE", "NEXT");
    assertThat(keys.rotate()).as("the one after is new").contains(PUBLISHED);
  }

  @Test
  void aLeakedKeyTakesWithItWhatIsRememberedAndTheNextOneSigns() {
    // given
    SharedKeys one = process();
    SharedKeys other = process();
    AccessTokens verifier = tokens(one);
    AccessTokens others = tokens(other);
    AccessToken token = issued(one);
    assertThat(verifier.verify(token.value())).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(others.verify(token.value())).isInstanceOf(TokenVerdict.Valid.class);
    String leaked = active();

    // when
    boolean removed = one.remove(leaked);

    // then
    TokenVerdict refused = new TokenVerdict.Refused(TokenRefusal.UNKNOWN_KEY);
    assertThat(removed).isTrue();
    assertThat(verifier.verify(token.value())).isEqualTo(refused);
    assertThat(keyOf(issued(one))).isNotEqualTo(leaked);
    assertThat(others.verify(issued(one).value())).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(published(one)).doesNotContain(leaked);
    assertThat(store.ended(1).get(0).state()).isEqualTo(KeyState.REMOVED);
    other.refresh();
    assertThat(others.verify(token.value())).isEqualTo(refused);
    assertThat(keyOf(issued(other))).isNotEqualTo(leaked);
    assertThat(one.remove(leaked)).as("again").isFalse();
  }

  @Test
  void aLeakedKeyGoesEvenIfTheStoreFailsRightAfter() {
    // given
    SharedKeys keys = process();
    AccessToken token = issued(keys);
    SharedKeys failing =
        SharedKeys.builder(new FailsAfterAChange(store), WRAPPING).clock(clock).build(pool);
    opened.add(failing);
    failing.refresh();

    // when
    failing.remove(active());

    // then
    assertThat(failing.find(keyOf(token))).isEmpty();
    assertThatExceptionOfType(UnavailableException.class).isThrownBy(failing::signing);
  }

  @Test
  void whileTheStoreIsAwayTokensAreVerifiedAndForAWhileSigned() {
    // given
    SharedKeys keys = process();
    AccessToken token = issued(keys);
    unsteady.away(true);

    // when
    clock.advance(Duration.ofSeconds(50));
    keys.refresh();
    assertThat(verdict(keys, issued(keys))).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(published(keys)).hasSize(2);
    clock.advance(Duration.ofMillis(1));
    keys.refresh();

    // then
    assertThat(verdict(keys, token)).isInstanceOf(TokenVerdict.Valid.class);
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(keys::signing)
        .withMessage("the signing keys could not be read for 50 s");
    assertThatExceptionOfType(UnavailableException.class).isThrownBy(keys::jwks);
    unsteady.away(false);
    clock.advance(Duration.ofSeconds(1));
    assertThat(verdict(keys, issued(keys))).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void aProcessThatStoodStillReadsTheKeysBeforeItSigns() {
    // given
    SharedKeys still = process();
    SharedKeys other = process();
    String first = active();
    clock.advance(PUBLISHED);
    other.rotate();

    // when
    AccessToken token = issued(still);

    // then
    assertThat(keyOf(token)).isNotEqualTo(first).isEqualTo(active());
  }

  @Test
  void aClockThatIsSetBackStopsNothing() {
    // given
    SharedKeys keys = process();

    // when
    clock.advance(Duration.ofDays(-1));

    // then
    assertThat(verdict(keys, issued(keys))).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void ofTwoProcessesThatRotateAtOnceOneDoes() throws InterruptedException, ExecutionException {
    // given
    SharedKeys one = process();
    SharedKeys other = process();
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
        assertThat(states()).filteredOn("ACTIVE"::equals).hasSize(1);
        assertThat(states()).filteredOn("NEXT"::equals).hasSize(1);
        assertThat(states()).filteredOn("RETIRED"::equals).hasSize(round);
        assertThat(keyOf(issued(one))).isEqualTo(keyOf(issued(other))).isEqualTo(active());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aKeyFromAFileSignsAtOnceIfItIsTheFirstAndNoneIsMade() {
    // when
    SharedKeys keys = loading(TestTokens.KEY);

    // then
    assertThat(states()).containsExactly("ACTIVE");
    assertThat(active()).isEqualTo(id(TestTokens.KEY));
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(keys::rotate)
        .withMessage("no key follows the one that signs: load one");
  }

  @Test
  void keysFromFilesRotateByLoadingTheNextOne() {
    // given
    SharedKeys keys = loading(TestTokens.KEY);

    // when
    keys.load(TestTokens.OTHER_KEY);
    keys.load(TestTokens.OTHER_KEY);

    // then
    assertThat(states()).containsExactly("ACTIVE", "NEXT");
    clock.advance(PUBLISHED.minusMillis(1));
    keys.refresh();
    assertThat(active()).isEqualTo(id(TestTokens.KEY));
    clock.advance(Duration.ofMillis(1));
    keys.refresh();
    assertThat(active()).isEqualTo(id(TestTokens.OTHER_KEY));
    assertThat(states()).containsExactly("RETIRED", "ACTIVE");
  }

  @Test
  void aProcessThatStartsWithTheFileBeforeChangesNothing() {
    // given
    SharedKeys keys = loading(TestTokens.KEY);
    keys.load(TestTokens.OTHER_KEY);
    clock.advance(PUBLISHED);
    keys.refresh();

    // when
    SharedKeys late = loading(TestTokens.KEY);

    // then
    assertThat(states()).containsExactly("RETIRED", "ACTIVE");
    assertThat(keyOf(issued(late))).isEqualTo(id(TestTokens.OTHER_KEY));

    // when the key has ended
    clock.advance(Duration.ofHours(1));
    late.refresh();
    SigningKey next = KeyPool.key(2);
    late.load(next);

    // then
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> late.load(TestTokens.KEY))
        .withMessage(
            "signing key "
                + id(TestTokens.KEY)
                + " was in use before and has ended: load another one");
    assertThat(states()).as("what waits still waits").containsExactly("ACTIVE", "NEXT");
  }

  @Test
  void aKeyFromAFileTakesThePlaceOfTheOneThatWaits() {
    // given keys that were made
    process();
    String first = active();
    SigningKey file = KeyPool.key(2);

    // when
    SharedKeys keys = loading(file);
    clock.advance(PUBLISHED);
    keys.refresh();

    // then
    assertThat(active()).isEqualTo(id(file));
    assertThat(keys.find(first)).isPresent();
    assertThat(states()).containsExactly("RETIRED", "ACTIVE");
  }

  @Test
  void anotherWrappingKeyStopsTheStart() {
    // given
    process();

    // then
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> started(KeyWrapping.of("1", KeyWrappingTest.key(2))))
        .withMessageContaining("the wrapping key 1 is another one than it was wrapped under")
        .withNoCause();
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> started(KeyWrapping.of("2", KeyWrappingTest.key(2))))
        .withMessageContaining("under the wrapping key 1, which was not given")
        .withNoCause();
  }

  private void started(KeyWrapping wrapping) {
    SharedKeys.builder(store, wrapping).clock(clock).start().close();
  }

  @Test
  void theWrappingKeyChangesWithoutAGap() {
    // given
    KeyWrapping both = WRAPPING.alsoUnwrapping("2", KeyWrappingTest.key(2));
    KeyWrapping changed =
        KeyWrapping.of("2", KeyWrappingTest.key(2)).alsoUnwrapping("1", KeyWrappingTest.key(1));
    SharedKeys before = process(both);
    AccessToken token = issued(before);

    // when
    SharedKeys after = process(changed);
    for (int rotations = 0; rotations < 2; rotations++) {
      clock.advance(PUBLISHED);
      assertThat(after.rotate()).isEmpty();
      before.refresh();
      assertThat(verdict(before, issued(after))).isInstanceOf(TokenVerdict.Valid.class);
      assertThat(verdict(after, issued(before))).isInstanceOf(TokenVerdict.Valid.class);
    }

    // then
    assertThat(verdict(after, token)).isInstanceOf(TokenVerdict.Valid.class);
    clock.advance(Duration.ofHours(1));
    after.refresh();
    assertThat(store.read().keys())
        .extracting(StoredKey::wrappedKey)
        .allMatch(wrapped -> String.valueOf(wrapped).startsWith("2."));
  }

  @Test
  void whoOnlyWritesToTheStoreAddsNoKey() {
    // given
    SharedKeys keys = process();
    SigningKey foreign = KeyPool.key(2);
    KeyTerms terms = new KeyTerms(PUBLISHED, MONTH);
    KeyChange.Add add =
        new WrappedKeys(KeyWrapping.of("1", KeyWrappingTest.key(9))).wrapped(foreign, terms);
    store.change(new KeyChange.Remove(store.read().next().orElseThrow().id()));

    // when
    assertThat(store.change(add)).isTrue();
    keys.refresh();

    // then
    assertThat(keys.find(id(foreign))).isEmpty();
    assertThat(published(keys)).containsExactly(active());
    clock.advance(MONTH);
    keys.refresh();
    assertThat(keyOf(issued(keys))).as("it signs nothing").isNotEqualTo(id(foreign));
    assertThatExceptionOfType(WiringException.class).isThrownBy(keys::rotate);
  }

  @Test
  void aPublicHalfOfAnotherKeyIsNotBelieved() {
    // given
    WrappedKeys wrapped = new WrappedKeys(WRAPPING);
    KeyTerms terms = new KeyTerms(PUBLISHED, MONTH);
    KeyChange.Add own = wrapped.wrapped(TestTokens.KEY, terms);
    KeyChange.Add other = wrapped.wrapped(TestTokens.OTHER_KEY, terms);
    store.change(new KeyChange.Add(own.keyId(), other.publicKey(), own.wrappedKey(), terms));

    // then
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> started(WRAPPING))
        .withMessage("signing key " + own.keyId() + " has the public half of another");
  }

  @Test
  void startsWithKeysOfItsOwnAndGoesOnByItself() {
    // when
    try (SharedKeys keys =
        SharedKeys.builder(store, WRAPPING)
            .options(SharedKeysOptions.DEFAULT.withBits(2_056))
            .tokens(TokenOptions.DEFAULT)
            .clock(clock)
            .start()) {
      // then
      assertThat(states()).containsExactly("ACTIVE", "NEXT");
      assertThat(keys.signing().verificationKey().publicKey().getModulus().bitLength())
          .isEqualTo(2_056);
    }
  }

  @Test
  void withoutAnyKeyNothingIsSignedOrPublished() {
    // given
    SharedKeys keys = process();
    ids().forEach(id -> store.change(new KeyChange.Remove(id)));
    SharedKeys files =
        SharedKeys.builder(store, WRAPPING).clock(clock).loading(TestTokens.KEY).build(pool);
    opened.add(files);
    files.refresh();

    // then
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(files::signing)
        .withMessage("there is no key to sign tokens with");
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(files::jwks)
        .withMessage("there is no key to publish");
    keys.refresh();
    assertThat(states()).containsExactly("ACTIVE", "NEXT");
  }

  @Test
  void whatIsStoredAndShownHoldsNoPrivateKey() {
    // given
    SharedKeys keys = loading(TestTokens.KEY);
    String secret = Base64.getEncoder().encodeToString(TestTokens.KEY.privateKey().getEncoded());
    String prime = TestTokens.KEY.privateKey().getPrivateExponent().toString();

    // then
    for (StoredKey key : store.read().keys()) {
      for (String shown :
          List.of(
              String.valueOf(key.wrappedKey()),
              key.publicKey(),
              key.toString(),
              keys.toString(),
              keys.jwks().json(),
              store.read().toString())) {
        assertThat(shown).doesNotContain(secret.substring(100, 140), prime);
      }
    }
  }

  private SharedKeys process() {
    return process(WRAPPING);
  }

  private SharedKeys process(KeyWrapping wrapping) {
    SharedKeys keys = SharedKeys.builder(unsteady, wrapping).clock(clock).build(pool);
    opened.add(keys);
    keys.refresh();
    return keys;
  }

  private SharedKeys loading(SigningKey key) {
    SharedKeys keys = SharedKeys.builder(unsteady, WRAPPING).clock(clock).loading(key).build(pool);
    opened.add(keys);
    keys.load(key);
    return keys;
  }

  private AccessTokens tokens(SharedKeys keys) {
    return AccessTokens.of(keys, TokenOptions.DEFAULT, clock);
  }

  private AccessToken issued(SharedKeys keys) {
    return tokens(keys).issue(TestTokens.USER, TestTokens.EMAIL, TestTokens.SESSION);
  }

  private TokenVerdict verdict(SharedKeys keys, AccessToken token) {
    return tokens(keys).verify(token.value());
  }

  static String keyOf(AccessToken token) {
    return JsonObject.parse(TestTokens.decoded(token.value(), 0)).text("kid");
  }

  private static List<String> published(SharedKeys keys) {
    return JsonObject.parse(keys.jwks().json()).objects("keys").stream()
        .map(key -> key.text("kid"))
        .toList();
  }

  private String active() {
    return store.read().active().orElseThrow().id();
  }

  private List<String> ids() {
    return store.read().keys().stream().map(StoredKey::id).toList();
  }

  private List<String> states() {
    return store.read().keys().stream().map(key -> key.state().name()).toList();
  }

  private static String id(SigningKey key) {
    return key.verificationKey().id();
  }

  /** Makes changes, and cannot be read once one was made. */
  private static final class FailsAfterAChange implements SigningKeyStore {
    private final SigningKeyStore store;
    private boolean changed;

    FailsAfterAChange(SigningKeyStore store) {
      this.store = store;
    }

    @Override
    public KeySnapshot read() {
      if (changed) {
        throw new UnavailableException("the store is away");
      }
      return store.read();
    }

    @Override
    public List<StoredKey> ended(int limit) {
      return store.ended(limit);
    }

    @Override
    public boolean change(KeyChange change) {
      changed = true;
      return store.change(change);
    }
  }
}
