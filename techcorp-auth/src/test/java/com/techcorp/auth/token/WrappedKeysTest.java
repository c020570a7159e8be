package com.techcorp.auth.token;

import static com.techcorp.auth.token.TestIssuers.PUBLISHED;
import static com.techcorp.auth.token.TestIssuers.id;
import static com.techcorp.auth.token.TestIssuers.keyOf;
import static com.techcorp.auth.token.TestIssuers.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.AccessToken;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.spi.KeyChange;
import com.techcorp.auth.spi.KeyTerms;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.auth.spi.StoredKey;
import com.techcorp.error.WiringException;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Private keys are in the store under a wrapping key; what it did not wrap is not believed. */
class WrappedKeysTest {
  private static final Duration MONTH = Duration.ofDays(30);

  private final TestIssuers issuers = new TestIssuers();
  private final SteppedClock clock = issuers.clock();
  private final SigningKeyStore store = issuers.store();

  @AfterEach
  void close() {
    issuers.close();
  }

  @Test
  void anotherWrappingKeyStopsTheStart() {
    // given
    issuers.process();

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
    KeyWrapping both = TestIssuers.WRAPPING.alsoUnwrapping("2", KeyWrappingTest.key(2));
    KeyWrapping changed =
        KeyWrapping.of("2", KeyWrappingTest.key(2)).alsoUnwrapping("1", KeyWrappingTest.key(1));
    SharedKeys before = issuers.process(both);
    AccessToken token = issuers.issued(before);

    // when
    SharedKeys after = issuers.process(changed);
    for (int rotations = 0; rotations < 2; rotations++) {
      clock.advance(PUBLISHED);
      assertThat(after.rotate()).isEmpty();
      before.refresh();
      assertThat(issuers.verdict(before, issuers.issued(after)))
          .isInstanceOf(TokenVerdict.Valid.class);
      assertThat(issuers.verdict(after, issuers.issued(before)))
          .isInstanceOf(TokenVerdict.Valid.class);
    }

    // then
    assertThat(issuers.verdict(after, token)).isInstanceOf(TokenVerdict.Valid.class);
    clock.advance(Duration.ofHours(1));
    after.refresh();
    assertThat(store.read().keys())
        .extracting(StoredKey::wrappedKey)
        .allMatch(wrapped -> String.valueOf(wrapped).startsWith("2."));
  }

  @Test
  void whoOnlyWritesToTheStoreAddsNoKey() {
    // given
    SharedKeys keys = issuers.process();
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
    assertThat(published(keys)).containsExactly(issuers.active());
    clock.advance(MONTH);
    keys.refresh();
    assertThat(keyOf(issuers.issued(keys))).as("it signs nothing").isNotEqualTo(id(foreign));
    assertThatExceptionOfType(WiringException.class).isThrownBy(keys::rotate);
  }

  @Test
  void aPublicHalfOfAnotherKeyIsNotBelieved() {
    // given
    WrappedKeys wrapped = new WrappedKeys(TestIssuers.WRAPPING);
    KeyTerms terms = new KeyTerms(PUBLISHED, MONTH);
    KeyChange.Add own = wrapped.wrapped(TestTokens.KEY, terms);
    KeyChange.Add other = wrapped.wrapped(TestTokens.OTHER_KEY, terms);
    store.change(new KeyChange.Add(own.keyId(), other.publicKey(), own.wrappedKey(), terms));

    // then
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> started(TestIssuers.WRAPPING))
        .withMessage("signing key " + own.keyId() + " has the public half of another");
  }

  @Test
  void whatIsStoredAndShownHoldsNoPrivateKey() {
    // given
    SharedKeys keys = issuers.loading(TestTokens.KEY);
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
}
