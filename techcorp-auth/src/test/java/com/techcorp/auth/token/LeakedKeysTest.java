package com.techcorp.auth.token;

import static com.techcorp.auth.token.TestIssuers.keyOf;
import static com.techcorp.auth.token.TestIssuers.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.AccessToken;
import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.auth.spi.KeyChange;
import com.techcorp.auth.spi.KeySnapshot;
import com.techcorp.auth.spi.KeyState;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.auth.spi.StoredKey;
import com.techcorp.error.UnavailableException;
import com.techcorp.testkit.SteppedClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that are taken out by hand. */
class LeakedKeysTest {
  private final TestIssuers issuers = new TestIssuers();
  private final SteppedClock clock = issuers.clock();
  private final SigningKeyStore store = issuers.store();

  @AfterEach
  void close() {
    issuers.close();
  }

  @Test
  void aLeakedKeyTakesWithItWhatIsRememberedAndTheNextOneSigns() {
    // given
    SharedKeys one = issuers.process();
    SharedKeys other = issuers.process();
    AccessTokens verifier = issuers.tokens(one);
    AccessTokens others = issuers.tokens(other);
    AccessToken token = issuers.issued(one);
    assertThat(verifier.verify(token.value())).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(others.verify(token.value())).isInstanceOf(TokenVerdict.Valid.class);
    String leaked = issuers.active();

    // when
    boolean removed = one.remove(leaked);

    // then
    TokenVerdict refused = new TokenVerdict.Refused(TokenRefusal.UNKNOWN_KEY);
    assertThat(removed).isTrue();
    assertThat(verifier.verify(token.value())).isEqualTo(refused);
    assertThat(keyOf(issuers.issued(one))).isNotEqualTo(leaked);
    assertThat(others.verify(issuers.issued(one).value())).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(published(one)).doesNotContain(leaked);
    assertThat(store.ended(1).get(0).state()).isEqualTo(KeyState.REMOVED);
    other.refresh();
    assertThat(others.verify(token.value())).isEqualTo(refused);
    assertThat(keyOf(issuers.issued(other))).isNotEqualTo(leaked);
    assertThat(one.remove(leaked)).as("again").isFalse();
  }

  @Test
  void aLeakedKeyGoesEvenIfTheStoreFailsRightAfter() {
    // given
    SharedKeys keys = issuers.process();
    AccessToken token = issuers.issued(keys);
    SharedKeys failing =
        SharedKeys.builder(new FailsAfterAChange(store), TestIssuers.WRAPPING)
            .clock(clock)
            .build(issuers.pool());
    issuers.closeLater(failing);
    failing.refresh();

    // when
    failing.remove(issuers.active());

    // then
    assertThat(failing.find(keyOf(token))).isEmpty();
    assertThatExceptionOfType(UnavailableException.class).isThrownBy(failing::signing);
  }

  @Test
  void withoutAnyKeyNothingIsSignedOrPublished() {
    // given
    SharedKeys keys = issuers.process();
    issuers.ids().forEach(id -> store.change(new KeyChange.Remove(id)));
    SharedKeys files =
        SharedKeys.builder(store, TestIssuers.WRAPPING)
            .clock(clock)
            .loading(TestTokens.KEY)
            .build(issuers.pool());
    issuers.closeLater(files);
    files.refresh();

    // then
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(files::signing)
        .withMessage("there is no key to sign tokens with");
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(files::jwks)
        .withMessage("there is no key to publish");
    keys.refresh();
    assertThat(issuers.states()).containsExactly("ACTIVE", "NEXT");
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
