package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.spi.KeyChange;
import com.techcorp.auth.spi.KeyChange.Activate;
import com.techcorp.auth.spi.KeyChange.Add;
import com.techcorp.auth.spi.KeyChange.Drop;
import com.techcorp.auth.spi.KeyChange.Remove;
import com.techcorp.auth.spi.KeyRules;
import com.techcorp.auth.spi.KeySchedule;
import com.techcorp.auth.spi.KeySnapshot;
import com.techcorp.auth.spi.KeyState;
import com.techcorp.auth.spi.KeyStep;
import com.techcorp.auth.spi.KeyTerms;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.auth.spi.StoredKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a store of signing keys promises. */
public abstract class SigningKeyStoreContracts extends ContractSuite<SigningKeyStoreUnderTest> {
  private static final KeyTerms TERMS =
      new KeyTerms(Duration.ofMinutes(6), Duration.ofSeconds(1_870));

  private static final KeySchedule SCHEDULE =
      new KeySchedule(TERMS, Optional.of(Duration.ofDays(30)));

  private static final int PROCESSES = 8;

  /** For subclasses. */
  protected SigningKeyStoreContracts() {}

  private SigningKeyStore store() {
    return adapter().store();
  }

  @Test
  void isEmptyAtFirstAndTellsItsTime() {
    assertThat(store().read()).isEqualTo(new KeySnapshot(List.of(), now()));
    assertThat(store().ended(10)).isEmpty();
    adapter().clock().advance(Duration.ofMillis(1));
    assertThat(store().read().readAt()).isEqualTo(now());
  }

  @Test
  void keepsWhatAKeyIsAndWhenItCameToItsStates() {
    // given
    Instant added = now();
    change(add("a"));
    pass();
    Instant activated = now();
    change(new Activate("a", null));
    pass();
    Instant second = now();
    change(add("b"));

    // then
    StoredKey.Times times = new StoredKey.Times(added, added, activated, null, null);
    assertThat(store().read())
        .isEqualTo(
            new KeySnapshot(
                List.of(
                    stored("a", KeyState.ACTIVE, times),
                    stored(
                        "b", KeyState.NEXT, new StoredKey.Times(second, second, null, null, null))),
                now()));
  }

  @Test
  void aKeyThatSignsTakesThePlaceOfTheOneBeforeAtTheSameInstant() {
    // given
    change(add("a"));
    change(new Activate("a", null));
    change(add("b"));
    pass();

    // when
    change(new Activate("b", "a"));

    // then
    assertThat(states()).containsExactly("a RETIRED", "b ACTIVE");
    assertThat(store().read().keys().get(0).times().retired()).isEqualTo(now());
    assertThat(store().read().active().orElseThrow().times().activated()).isEqualTo(now());
  }

  @Test
  void aKeyThatEndedIsKeptWithoutItsPrivateHalf() {
    // given
    change(add("a"));
    change(new Activate("a", null));
    change(add("b"));
    change(new Activate("b", "a"));
    change(add("c"));

    // when
    pass();
    change(new Drop("a"));
    pass();
    change(new Remove("b"));
    pass();
    change(new Remove("c"));

    // then
    assertThat(states()).isEmpty();
    assertThat(store().ended(10))
        .extracting(key -> key.id() + " " + key.state() + " " + key.wrappedKey())
        .containsExactly("c REMOVED null", "b REMOVED null", "a DROPPED null");
    assertThat(store().ended(2)).extracting(StoredKey::id).containsExactly("c", "b");
    assertThat(store().ended(1).get(0).times())
        .isEqualTo(
            new StoredKey.Times(now().minusSeconds(3), now().minusSeconds(3), null, now(), now()));
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
    refuses(new Activate("c", "a"));
    change(new Activate("b", "a"));
    refuses(new Activate("b", "a"), new Activate("a", "b"), new Drop("b"), add("a"));
    change(new Drop("a"));
    refuses(new Drop("a"), new Remove("a"), new Activate("a", "b"), add("a"));
    change(new Remove("b"));
    refuses(new Remove("b"), new Drop("b"), new Activate("b", null), add("b"));
  }

  private void refuses(KeyChange... changes) {
    List<StoredKey> before = all();
    pass();
    for (KeyChange change : changes) {
      assertThat(store().change(change)).as("%s of %s", change, before).isFalse();
      assertThat(all()).as("%s", change).isEqualTo(before);
    }
  }

  @Test
  void doesWhatTheRulesDo() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<StoredKey> expected = List.of();
    for (int i = 0; i < 300; i++) {
      // when
      KeyChange change = anyChange(random);
      Optional<List<StoredKey>> changed = KeyRules.applied(expected, change, now());
      boolean made = store().change(change);

      // then
      expected = changed.orElse(expected);
      assertThat(made)
          .as("seed %d, %s of %s", seed, change, expected)
          .isEqualTo(changed.isPresent());
      assertThat(all()).as("seed %d, %s", seed, change).hasSameElementsAs(expected);
      pass();
    }
  }

  /** Of few keys, so that most changes meet a key. */
  private static KeyChange anyChange(Random random) {
    String key = "k" + random.nextInt(30);
    return switch (random.nextInt(4)) {
      case 0 -> add(key);
      case 1 -> new Activate(key, random.nextInt(3) == 0 ? null : "k" + random.nextInt(30));
      case 2 -> new Drop(key);
      default -> new Remove(key);
    };
  }

  @Test
  void ofManyProcessesThatStartAtOnceOneMakesTheFirstKey() throws Exception {
    // when
    Threads.together(PROCESSES, process -> () -> Threads.patiently(() -> started(store())));

    // then
    assertThat(states()).hasSize(2);
    assertThat(states()).filteredOn(state -> state.endsWith(" ACTIVE")).hasSize(1);
    assertThat(states()).filteredOn(state -> state.endsWith(" NEXT")).hasSize(1);
    assertThat(store().ended(10)).isEmpty();
  }

  @Test
  void ofManyProcessesThatRotateAtOnceOneDoes() throws Exception {
    // given
    started(store());
    for (int round = 1; round <= 5; round++) {
      adapter().clock().advance(TERMS.publishFor());
      String before = store().read().active().orElseThrow().id();
      String next = store().read().next().orElseThrow().id();

      // when
      List<Boolean> made =
          Threads.together(
              PROCESSES,
              process -> {
                SigningKeyStore own = store();
                KeyStep step = KeyRules.rotation(own.read(), SCHEDULE);
                return () -> Threads.patiently(() -> own.change(change(step)));
              });

      // then
      assertThat(made).containsOnlyOnce(true);
      assertThat(store().read().active()).map(StoredKey::id).contains(next);
      assertThat(store().read().keys())
          .filteredOn(key -> key.state() == KeyState.RETIRED)
          .hasSize(round)
          .extracting(StoredKey::id)
          .contains(before);
      started(store());
    }
  }

  /** Does all that is due, and returns how many steps that took. */
  private static int started(SigningKeyStore store) {
    for (int steps = 0; ; steps++) {
      KeyStep due = KeyRules.due(store.read(), SCHEDULE);
      if (due instanceof KeyStep.Wait) {
        return steps;
      }
      store.change(change(due));
    }
  }

  private static KeyChange change(KeyStep step) {
    return step instanceof KeyStep.Apply apply ? apply.change() : add(UUID.randomUUID().toString());
  }

  private static Add add(String keyId) {
    return new Add(keyId, publicKey(keyId), "1." + keyId, TERMS);
  }

  private static String publicKey(String keyId) {
    return Base64.getEncoder().encodeToString(keyId.getBytes(StandardCharsets.UTF_8));
  }

  private static StoredKey stored(String keyId, KeyState state, StoredKey.Times times) {
    return new StoredKey(keyId, state, publicKey(keyId), "1." + keyId, TERMS, times);
  }

  private void change(KeyChange change) {
    assertThat(store().change(change)).as("%s", change).isTrue();
  }

  private List<String> states() {
    return store().read().keys().stream().map(key -> key.id() + " " + key.state()).toList();
  }

  private List<StoredKey> all() {
    return Stream.concat(store().read().keys().stream(), store().ended(1_000).stream()).toList();
  }

  private Instant now() {
    return adapter().clock().now();
  }

  private void pass() {
    adapter().clock().advance(Duration.ofSeconds(1));
  }
}
