package com.techcorp.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.WiringException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refresh tokens are derived and recognised; nothing else is. */
class RefreshTokensTest {
  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \0\n\u00E9\uD800";

  private final RefreshTokens tokens = TestKeys.tokens(1);
  private final UUID session = UUID.randomUUID();

  @Test
  void recognisesWhatItDerived() {
    for (int generation : new int[] {1, 2, 3, 1_000_000, Integer.MAX_VALUE}) {
      RefreshToken token = tokens.derive(session, generation);
      assertThat(tokens.recognise(token.value())).contains(token);
      assertThat(token.sessionId()).isEqualTo(session);
      assertThat(token.generation()).isEqualTo(generation);
    }
    assertThat(tokens.first(session)).isEqualTo(tokens.derive(session, 1));
  }

  @Test
  void derivesTheSameTokenAgainAndNoOtherTwice() {
    // given
    Set<String> values = new HashSet<>();
    Set<String> hashes = new HashSet<>();

    // when
    for (int i = 0; i < 50; i++) {
      UUID id = UUID.randomUUID();
      for (int generation = 1; generation <= 10; generation++) {
        RefreshToken token = tokens.derive(id, generation);
        assertThat(TestKeys.tokens(1).derive(id, generation)).isEqualTo(token);
        values.add(token.value());
        hashes.add(token.hash());
        values.add(TestKeys.tokens(2).derive(id, generation).value());
      }
    }

    // then
    assertThat(values).hasSize(1_000).allMatch(value -> value.matches("[A-Za-z0-9_-]{76}"));
    assertThat(hashes).hasSize(500).allMatch(hash -> hash.matches("[A-Za-z0-9_-]{43}"));
  }

  @Test
  void acceptsWhatWasDerivedUnderThePreviousKey() {
    // given
    RefreshToken old = TestKeys.tokens(1).first(session);
    RefreshTokens both = TestKeys.tokens(2, 1);

    // when, then
    assertThat(both.recognise(old.value())).contains(old);
    assertThat(both.first(session)).isEqualTo(TestKeys.tokens(2).first(session)).isNotEqualTo(old);
    assertThat(both.derive(session, 1, old.hash())).contains(old);
    assertThat(both.derive(session, 1, both.first(session).hash())).contains(both.first(session));
    assertThat(both.derive(session, 2, old.hash())).isEmpty();
    assertThat(TestKeys.tokens(2).recognise(old.value())).isEmpty();
  }

  @Test
  void recognisesNoTokenWithOneCharacterChanged() {
    long seed = new Random().nextLong();
    System.out.println("RefreshTokensTest: seed " + seed);
    Random random = new Random(seed);
    String value = tokens.first(session).value();
    for (int at = 0; at < value.length(); at++) {
      for (int i = 0; i < 20; i++) {
        char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        if (other != value.charAt(at)) {
          String mutated = value.substring(0, at) + other + value.substring(at + 1);
          assertThat(tokens.recognise(mutated)).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "\0", " ", "\uD800", "null", "a.b.c", "====", "AAAA"})
  void recognisesNoOtherText(String text) {
    assertThat(tokens.recognise(text)).isEmpty();
  }

  @Test
  void recognisesNoTextOfAnotherLength() {
    String value = tokens.first(session).value();
    assertThat(tokens.recognise(value + "A")).isEmpty();
    assertThat(tokens.recognise(value + "\n")).isEmpty();
    assertThat(tokens.recognise(" " + value)).isEmpty();
    assertThat(tokens.recognise(value + value)).isEmpty();
    assertThat(tokens.recognise(value.substring(1))).isEmpty();
    assertThat(tokens.recognise("A".repeat(76))).isEmpty();
    assertThat(tokens.recognise("=".repeat(76))).isEmpty();
    assertThat(tokens.recognise("A".repeat(1_000_000))).isEmpty();
  }

  /** Whoever has the key could derive one; the service never does. */
  @Test
  void recognisesNoGenerationBelowTheFirst() {
    assertThat(tokens.recognise(tokens.derive(session, 0).value())).isEmpty();
    assertThat(tokens.recognise(tokens.derive(session, -1).value())).isEmpty();
  }

  @Test
  void recognisesNoTokenOfAnotherVersion() {
    byte[] bytes = Base64.getUrlDecoder().decode(tokens.first(session).value());
    byte[] head = ByteBuffer.wrap(bytes).put(0, (byte) 2).array();
    byte[] signed = Arrays.copyOf(head, 25);
    byte[] mac = TestKeys.key(1).mac(signed);
    String other =
        Base64.getUrlEncoder().encodeToString(ByteBuffer.allocate(57).put(signed).put(mac).array());
    assertThat(tokens.recognise(other)).isEmpty();
  }

  @Test
  void refusesAWeakKey() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> RefreshKey.of(new byte[31]))
        .withMessage("a refresh key must have at least 32 bytes, has 31");
  }

  @Test
  void refusesTheSameKeyTwice() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> RefreshKeys.of(TestKeys.key(1), TestKeys.key(1)))
        .withMessageContaining("are the same");
  }

  @Test
  void copiesTheSecret() {
    // given
    byte[] secret = new byte[32];
    RefreshTokens before = RefreshTokens.of(RefreshKeys.of(RefreshKey.of(secret)));
    String value = before.first(session).value();

    // when
    secret[0] = 1;

    // then
    assertThat(before.first(session).value()).isEqualTo(value);
  }

  @Test
  void showsNoTokenAndNoKey() {
    RefreshToken token = tokens.first(session);
    assertThat(token.toString()).isEqualTo("RefreshToken[***]");
    assertThat(TestKeys.key(1).toString()).isEqualTo("RefreshKey[***]");
    assertThat(RefreshKeys.of(TestKeys.key(1)).toString()).isEqualTo("RefreshKeys[1]");
    assertThat(tokens.toString()).isEqualTo("RefreshTokens[***]");
  }
}
