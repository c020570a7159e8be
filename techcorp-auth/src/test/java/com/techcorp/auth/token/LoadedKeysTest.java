package com.techcorp.auth.token;

import static com.techcorp.auth.token.TestIssuers.PUBLISHED;
import static com.techcorp.auth.token.TestIssuers.id;
import static com.techcorp.auth.token.TestIssuers.keyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.WiringException;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys from files: an operator rotates them by loading the next one. */
class LoadedKeysTest {
  private final TestIssuers issuers = new TestIssuers();
  private final SteppedClock clock = issuers.clock();

  @AfterEach
  void close() {
    issuers.close();
  }

  @Test
  void aKeyFromAFileSignsAtOnceIfItIsTheFirstAndNoneIsMade() {
    // when
    SharedKeys keys = issuers.loading(TestTokens.KEY);

    // then
    assertThat(issuers.states()).containsExactly("ACTIVE");
    assertThat(issuers.active()).isEqualTo(id(TestTokens.KEY));
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(keys::rotate)
        .withMessage("no key follows the one that signs: load one");
  }

  @Test
  void keysFromFilesRotateByLoadingTheNextOne() {
    // given
    SharedKeys keys = issuers.loading(TestTokens.KEY);

    // when
    keys.load(TestTokens.OTHER_KEY);
    keys.load(TestTokens.OTHER_KEY);

    // then
    assertThat(issuers.states()).containsExactly("ACTIVE", "NEXT");
    clock.advance(PUBLISHED.minusMillis(1));
    keys.refresh();
    assertThat(issuers.active()).isEqualTo(id(TestTokens.KEY));
    clock.advance(Duration.ofMillis(1));
    keys.refresh();
    assertThat(issuers.active()).isEqualTo(id(TestTokens.OTHER_KEY));
    assertThat(issuers.states()).containsExactly("RETIRED", "ACTIVE");
  }

  @Test
  void aProcessThatStartsWithTheFileBeforeChangesNothing() {
    // given
    SharedKeys keys = issuers.loading(TestTokens.KEY);
    keys.load(TestTokens.OTHER_KEY);
    clock.advance(PUBLISHED);
    keys.refresh();

    // when
    SharedKeys late = issuers.loading(TestTokens.KEY);

    // then
    assertThat(issuers.states()).containsExactly("RETIRED", "ACTIVE");
    assertThat(keyOf(issuers.issued(late))).isEqualTo(id(TestTokens.OTHER_KEY));

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
    assertThat(issuers.states()).as("what waits still waits").containsExactly("ACTIVE", "NEXT");
  }

  @Test
  void aKeyFromAFileTakesThePlaceOfTheOneThatWaits() {
    // given keys that were made
    issuers.process();
    String first = issuers.active();
    SigningKey file = KeyPool.key(2);

    // when
    SharedKeys keys = issuers.loading(file);
    clock.advance(PUBLISHED);
    keys.refresh();

    // then
    assertThat(issuers.active()).isEqualTo(id(file));
    assertThat(keys.find(first)).isPresent();
    assertThat(issuers.states()).containsExactly("RETIRED", "ACTIVE");
  }
}
