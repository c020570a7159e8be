package com.techcorp.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.WiringException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrapped comes back under the right key only, and nothing shows it. */
class KeyWrappingTest {
  private static final byte[] SECRET = "planted-secret".getBytes(StandardCharsets.UTF_8);
  private static final byte[] FIRST = key(1);
  private static final byte[] SECOND = key(2);

  private final KeyWrapping wrapping = KeyWrapping.of("1", FIRST);

  @Test
  void whatIsWrappedComesBack() {
    assertThat(wrapping.unwrap("kid", wrapping.wrap("kid", SECRET))).isEqualTo(SECRET);
    assertThat(wrapping.unwrap("kid", wrapping.wrap("kid", new byte[0]))).isEmpty();
  }

  @Test
  void theSameSecretLooksDifferentEachTime() {
    Set<String> wrapped = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      wrapped.add(wrapping.wrap("kid", SECRET));
    }
    assertThat(wrapped).hasSize(1_000);
  }

  @Test
  void theKeyChangesWhileWhatWasWrappedBeforeIsKept() {
    // given
    String old = wrapping.wrap("kid", SECRET);

    // when all know the second key, and then wrap with it
    KeyWrapping both = wrapping.alsoUnwrapping("2", SECOND);
    KeyWrapping changed = KeyWrapping.of("2", SECOND).alsoUnwrapping("1", FIRST);
    String now = changed.wrap("kid", SECRET);

    // then
    assertThat(both.wrap("kid", SECRET)).startsWith("1.");
    assertThat(now).startsWith("2.");
    assertThat(both.unwrap("kid", now)).isEqualTo(SECRET);
    assertThat(changed.unwrap("kid", old)).isEqualTo(SECRET);
    refuses(() -> wrapping.unwrap("kid", now), "under the wrapping key 2, which was not given");
  }

  @Test
  void anotherKeyOfTheSameNameIsRefused() {
    String wrapped = wrapping.wrap("kid", SECRET);

    refuses(
        () -> KeyWrapping.of("1", SECOND).unwrap("kid", wrapped),
        "signing key kid cannot be unwrapped: the wrapping key 1 is another one");
  }

  @Test
  void whatWasWrappedForOneKeyCannotTakeThePlaceOfAnother() {
    String wrapped = wrapping.wrap("kid", SECRET);

    refuses(() -> wrapping.unwrap("other", wrapped), "signing key other cannot be unwrapped");
  }

  @Test
  void noChangedBitIsAccepted() {
    String wrapped = wrapping.wrap("kid", SECRET);
    byte[] bytes = Base64.getUrlDecoder().decode(wrapped.substring(2));
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      String text = "1." + Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      refuses(() -> wrapping.unwrap("kid", text), "cannot be unwrapped");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1",
        "1.",
        "1.=",
        "1.A",
        "1.AAAA",
        "1.AAAAAAAAAAAAAAAA",
        "a b.AAAA",
        "1.A.A"
      })
  void whatIsMalformedIsRefused(String wrapped) {
    refuses(() -> wrapping.unwrap("kid", wrapped), "signing key kid");
  }

  @Test
  void aKeyHas32BytesAndANameOfItsOwn() {
    refuses(() -> KeyWrapping.of("1", new byte[31]), "must have 32 bytes, has 31");
    refuses(() -> wrapping.alsoUnwrapping("2", new byte[33]), "must have 32 bytes, has 33");
    refuses(() -> wrapping.alsoUnwrapping("1", SECOND), "two wrapping keys have the same name");
    for (String name : new String[] {"", "a.b", "a b", "x".repeat(65), "é"}) {
      refuses(() -> KeyWrapping.of(name, FIRST), "name must be 1 to 64 characters");
    }
  }

  @Test
  void theGivenKeyIsCopied() {
    byte[] given = FIRST.clone();
    KeyWrapping copied = KeyWrapping.of("1", given);
    Arrays.fill(given, (byte) 0);

    assertThat(wrapping.unwrap("kid", copied.wrap("kid", SECRET))).isEqualTo(SECRET);
  }

  @Test
  void nothingShowsAKeyOrASecret() {
    assertThat(wrapping).hasToString("KeyWrapping[***]");
    assertThat(wrapping.wrap("kid", SECRET))
        .doesNotContain("planted", Base64.getUrlEncoder().withoutPadding().encodeToString(SECRET));
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(call)
        .withMessageContaining(message)
        .withMessageNotContaining("planted")
        .withNoCause();
  }

  static byte[] key(int number) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) number);
    return key;
  }
}
