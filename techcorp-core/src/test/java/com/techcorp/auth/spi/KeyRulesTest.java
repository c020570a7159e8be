package com.techcorp.auth.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.techcorp.auth.spi.KeyChange.Activate;
import com.techcorp.auth.spi.KeyChange.Add;
import com.techcorp.auth.spi.KeyChange.Drop;
import com.techcorp.auth.spi.KeyChange.Remove;
import com.techcorp.error.WiringException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A key from its publication to its end, by a schedule and by hand. */
class KeyRulesTest {
  private static final Instant START = Instant.parse("2024-06-15T12:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);

  /** 6 minutes until a key may sign, 30 minutes and 70 s until it may go. */
  private static final KeyTerms TERMS =
      KeyTerms.of(
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(30),
          Duration.ofSeconds(5));

  private static final KeySchedule LOADED = new KeySchedule(TERMS, Optional.empty());
  private static final KeySchedule MONTHLY = new KeySchedule(TERMS, Optional.of(MONTH));

  private List<StoredKey> keys = new ArrayList<>();
  private Instant now = START;

  @Test
  void theFirstKeySignsAtOnceAndItsSuccessorIsMadeInAdvance() {
    assertThat(due()).isEqualTo(new KeyStep.Generate());
    change(add("a"));

    assertThat(due()).isEqualTo(new KeyStep.Apply(new Activate("a", null)));
    change(new Activate("a", null));

    assertThat(due()).isEqualTo(new KeyStep.Generate());
    change(add("b"));
    assertThat(due()).isEqualTo(new KeyStep.Wait(START.plus(MONTH)));
    assertThat(states()).containsExactly("a ACTIVE", "b NEXT");
  }

  @Test
  void aKeySignsForItsTimeThenVerifiesUntilNoTokenOfItCanBeValidAndGoes() {
    change(add("a"));
    change(new Activate("a", null));
    change(add("b"));

    now = START.plus(MONTH).minusNanos(1);
    assertThat(due()).isEqualTo(new KeyStep.Wait(START.plus(MONTH)));
    now = START.plus(MONTH);
    assertThat(due()).isEqualTo(new KeyStep.Apply(new Activate("b", "a")));
    change(new Activate("b", "a"));
    change(add("c"));

    Instant end = now.plus(Duration.ofMinutes(30)).plusSeconds(60 + 10);
    assertThat(due()).isEqualTo(new KeyStep.Wait(end));
    now = end.minusNanos(1);
    assertThat(due()).isEqualTo(new KeyStep.Wait(end));
    now = end;
    assertThat(due()).isEqualTo(new KeyStep.Apply(new Drop("a")));
    change(new Drop("a"));
    assertThat(states()).containsExactly("a DROPPED", "b ACTIVE", "c NEXT");
    assertThat(due()).isEqualTo(new KeyStep.Wait(START.plus(MONTH).plus(MONTH)));
  }

  @Test
  void whatComesFirstIsWaitedFor() {
    change(add("a"));
    change(new Activate("a", null));
    change(add("b"));
    now = START.plus(MONTH).minusSeconds(1);
    change(new Activate("b", "a"));
    change(add("c"));
    now = now.plus(Duration.ofDays(29)).plus(Duration.ofHours(23)).plusSeconds(3_590);
    change(new Activate("c", "b"));

    assertThat(due()).as("nobody follows c").isEqualTo(new KeyStep.Apply(new Drop("a")));
    change(new Drop("a"));
    change(add("d"));
    assertThat(due()).isEqualTo(new KeyStep.Wait(now.plus(TERMS.verifyFor())));
  }

  @Test
  void aKeyNeverSignsBeforeEveryVerifierCanHaveItHoweverOldTheOneBeforeIs() {
    change(add("a"));
    change(new Activate("a", null));
    now = START.plus(MONTH.multipliedBy(2));
    change(add("b"));

    Instant from = now.plus(Duration.ofMinutes(6));
    assertThat(due()).isEqualTo(new KeyStep.Wait(from));
    assertThat(rotation()).as("not by hand either").isEqualTo(new KeyStep.Wait(from));
    now = from;
    assertThat(due()).isEqualTo(new KeyStep.Apply(new Activate("b", "a")));
  }

  @Test
  void byHandTheSuccessorSignsAsSoonAsItMay() {
    assertThat(rotation()).isEqualTo(new KeyStep.Generate());
    change(add("a"));
    assertThat(rotation()).isEqualTo(new KeyStep.Apply(new Activate("a", null)));
    change(new Activate("a", null));
    assertThat(rotation()).isEqualTo(new KeyStep.Generate());
    change(add("b"));

    assertThat(rotation()).isEqualTo(new KeyStep.Wait(START.plus(Duration.ofMinutes(6))));
    now = START.plus(Duration.ofMinutes(6));
    assertThat(rotation()).isEqualTo(new KeyStep.Apply(new Activate("b", "a")));
    assertThat(due()).isEqualTo(new KeyStep.Wait(START.plus(MONTH)));
  }

  @Test
  void whereKeysAreLoadedNoneIsMadeAndALoadedOneSignsAsSoonAsItMay() {
    assertThat(KeyRules.due(snapshot(), LOADED)).isEqualTo(new KeyStep.Wait(Instant.MAX));
    change(add("a"));
    assertThat(KeyRules.due(snapshot(), LOADED))
        .isEqualTo(new KeyStep.Apply(new Activate("a", null)));
    change(new Activate("a", null));
    assertThat(KeyRules.due(snapshot(), LOADED)).isEqualTo(new KeyStep.Wait(Instant.MAX));
    change(add("b"));

    Instant from = START.plus(Duration.ofMinutes(6));
    assertThat(KeyRules.due(snapshot(), LOADED)).isEqualTo(new KeyStep.Wait(from));
    now = from;
    assertThat(KeyRules.due(snapshot(), LOADED))
        .isEqualTo(new KeyStep.Apply(new Activate("b", "a")));
  }

  @Test
  void aKeyThatLeakedGoesAtOnceAndTheNextOneSigns() {
    change(add("a"));
    change(new Activate("a", null));
    change(add("b"));

    change(new Remove("a"));

    assertThat(states()).containsExactly("a REMOVED", "b NEXT");
    assertThat(due()).isEqualTo(new KeyStep.Apply(new Activate("b", null)));
  }

  @Test
  void anEndedKeyLosesItsPrivateHalf() {
    change(add("a"));
    change(new Activate("a", null));
    change(add("b"));
    change(new Activate("b", "a"));
    assertThat(keys).allMatch(key -> key.wrappedKey() != null);

    change(new Drop("a"));
    change(new Remove("b"));

    assertThat(keys).allMatch(key -> key.wrappedKey() == null);
    assertThat(keys).extracting(StoredKey::publicKey).containsExactly("public a", "public b");
  }

  @Test
  void eachTimeIsKept() {
    change(add("a"));
    now = now.plusSeconds(1);
    change(new Activate("a", null));
    now = now.plusSeconds(1);
    change(add("b"));
    now = now.plusSeconds(1);
    change(new Activate("b", "a"));
    now = now.plusSeconds(1);
    change(new Drop("a"));

    assertThat(keys)
        .extracting(StoredKey::times)
        .containsExactly(
            new StoredKey.Times(
                START, START, START.plusSeconds(1), START.plusSeconds(3), START.plusSeconds(4)),
            new StoredKey.Times(
                START.plusSeconds(2), START.plusSeconds(2), START.plusSeconds(3), null, null));
  }

  @Test
  void aChangeThatFindsTheKeysOtherwiseChangesNothing() {
    refuses(new Activate("a", null), new Drop("a"), new Remove("a"));
    change(add("a"));
    refuses(add("a"), add("b"), new Activate("a", "b"), new Activate("b", null), new Drop("a"));
    change(new Activate("a", null));
    refuses(add("a"), new Activate("a", null), new Activate("a", "a"), new Drop("a"));
    change(add("b"));
    refuses(new Activate("b", null), new Activate("b", "b"), new Activate("a", "b"));
    change(new Activate("b", "a"));
    refuses(new Activate("b", "a"), new Activate("a", "b"), new Drop("b"), add("a"));
    change(new Drop("a"));
    refuses(new Drop("a"), new Remove("a"), new Activate("a", "b"), add("a"));
    change(new Remove("b"));
    refuses(new Remove("b"), new Drop("b"), new Activate("b", null), add("b"));
  }

  @Test
  void theLongerTermsOfTheKeyAndOfTheProcessCount() {
    KeyTerms longer = new KeyTerms(Duration.ofHours(1), Duration.ofHours(2));
    KeyTerms shorter = new KeyTerms(Duration.ofSeconds(1), Duration.ofSeconds(1));
    change(new Add("a", "public", "wrapped", longer));
    change(new Activate("a", null));
    change(new Add("b", "public", "wrapped", longer));
    Instant from = START.plus(Duration.ofHours(1));
    assertThat(rotation()).isEqualTo(new KeyStep.Wait(from));
    now = from;
    change(new Activate("b", "a"));
    change(new Add("c", "public", "wrapped", shorter));

    assertThat(due()).isEqualTo(new KeyStep.Wait(from.plus(Duration.ofHours(2))));
    assertThat(rotation()).isEqualTo(new KeyStep.Wait(from.plus(Duration.ofMinutes(6))));
  }

  @Test
  void theTermsAreWholeSeconds() {
    assertThat(TERMS).isEqualTo(new KeyTerms(Duration.ofSeconds(360), Duration.ofSeconds(1_870)));
    assertThat(
            KeyTerms.of(
                Duration.ofMillis(1),
                Duration.ofMillis(1_000),
                Duration.ofMillis(999),
                Duration.ofMillis(1)))
        .isEqualTo(new KeyTerms(Duration.ofSeconds(2), Duration.ofSeconds(3)));
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> new KeyTerms(Duration.ofMillis(1_500), MONTH))
        .withMessage("KeyTerms.publishFor must be a whole number of seconds, was 1500 ms");
  }

  @Test
  void timesMustBePositive() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> new KeyTerms(Duration.ZERO, MONTH))
        .withMessage("KeyTerms.publishFor must be positive, was 0 s");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> new KeyTerms(MONTH, Duration.ofSeconds(-1)))
        .withMessage("KeyTerms.verifyFor must be positive, was -1 s");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> new KeySchedule(TERMS, Optional.of(Duration.ZERO)))
        .withMessage("KeySchedule.rotateEvery must be positive, was 0 s");
  }

  @Test
  void nothingShowsAKey() {
    change(add("a"));

    assertThat(keys.get(0)).hasToString("StoredKey[a, NEXT]");
    assertThat(add("a")).hasToString("Add[a]");
    assertThat(snapshot().toString()).doesNotContain("wrapped", "public");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new StoredKey(
                    "a", KeyState.ACTIVE, "public", null, TERMS, StoredKey.Times.published(now)));
  }

  private static Add add(String keyId) {
    return new Add(keyId, "public " + keyId, "wrapped " + keyId, TERMS);
  }

  private void change(KeyChange change) {
    keys = KeyRules.applied(keys, change, now).orElseThrow();
  }

  private void refuses(KeyChange... changes) {
    for (KeyChange change : changes) {
      assertThat(KeyRules.applied(keys, change, now)).as("%s of %s", change, keys).isEmpty();
    }
  }

  private KeySnapshot snapshot() {
    return new KeySnapshot(keys.stream().filter(key -> key.state().isLive()).toList(), now);
  }

  private KeyStep due() {
    return KeyRules.due(snapshot(), MONTHLY);
  }

  private KeyStep rotation() {
    return KeyRules.rotation(snapshot(), MONTHLY);
  }

  private List<String> states() {
    return keys.stream().map(key -> key.id() + " " + key.state()).toList();
  }
}
