package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.order.CartContents;
import com.techcorp.order.spi.IdempotencyKeys;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.storage.CommitResult;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link IdempotencyKeys} and the key effects promise. */
public abstract class KeysContract extends StorageContract {
  private static final String BODY = "0123456789abcdef".repeat(4);
  static final CartContents CONTENTS = new CartContents("ab".repeat(32), null);
  private static final String OTHER_BODY = "fedcba9876543210".repeat(4);

  /** For subclasses. */
  protected KeysContract() {}

  @Test
  void tellsWhatAKeyStandsFor() {
    // given
    UUID caller = newId();
    UUID order = newId();

    // when
    write(new KeyEffect.Claim(caller, "key:a", BODY, CONTENTS, order));

    // then
    assertThat(storage().keys().find(caller, "key:a"))
        .contains(new IdempotencyKeys.Used(BODY, CONTENTS, order));
    assertThat(storage().keys().find(caller, "key:b")).isEmpty();
  }

  @Test
  void refusesAKeyThatWasUsed() {
    // given
    UUID caller = newId();
    UUID order = newId();
    write(new KeyEffect.Claim(caller, "k", BODY, CONTENTS, order));

    // when: with the same body or another, at once or years later
    CommitResult same = commit(new KeyEffect.Claim(caller, "k", BODY, CONTENTS, newId()));
    CommitResult other = commit(new KeyEffect.Claim(caller, "k", OTHER_BODY, CONTENTS, newId()));
    advance(Duration.ofDays(1_000));
    CommitResult later = commit(new KeyEffect.Claim(caller, "k", BODY, CONTENTS, newId()));

    // then
    assertRefused(same, 0, KeyEffect.KEY_TAKEN);
    assertRefused(other, 0, KeyEffect.KEY_TAKEN);
    assertRefused(later, 0, KeyEffect.KEY_TAKEN);
    assertThat(storage().keys().find(caller, "k"))
        .contains(new IdempotencyKeys.Used(BODY, CONTENTS, order));
  }

  @Test
  void keepsTheKeysOfCallersApart() {
    // given
    UUID first = newId();
    UUID second = newId();

    // when
    List<CommitResult> results =
        commitAll(
            writeSet(new KeyEffect.Claim(first, "k", BODY, CONTENTS, newId())),
            writeSet(new KeyEffect.Claim(second, "k", OTHER_BODY, CONTENTS, newId())));

    // then
    assertThat(results).allSatisfy(StorageContract::assertCommitted);
    assertThat(storage().keys().find(second, "k"))
        .hasValueSatisfying(used -> assertThat(used.bodyHash()).isEqualTo(OTHER_BODY));
  }

  @Test
  void freesAKeyForAnotherOrder() {
    // given
    UUID caller = newId();
    UUID cancelled = newId();
    UUID second = newId();
    write(new KeyEffect.Claim(caller, "cart:1", BODY, CONTENTS, cancelled));

    // when
    write(new KeyEffect.Free(caller, "cart:1", cancelled));

    // then
    assertThat(storage().keys().find(caller, "cart:1")).isEmpty();
    write(new KeyEffect.Claim(caller, "cart:1", OTHER_BODY, CONTENTS, second));
    assertThat(storage().keys().find(caller, "cart:1"))
        .contains(new IdempotencyKeys.Used(OTHER_BODY, CONTENTS, second));
  }

  @Test
  void freesAKeyForItsOwnOrderOnly() {
    // given
    UUID caller = newId();
    UUID order = newId();
    write(new KeyEffect.Claim(caller, "k", BODY, CONTENTS, order));

    // when: none of these is refused
    write(new KeyEffect.Free(caller, "k", newId()));
    write(new KeyEffect.Free(newId(), "k", order));
    write(new KeyEffect.Free(caller, "never used", order));

    // then
    assertThat(storage().keys().find(caller, "k"))
        .contains(new IdempotencyKeys.Used(BODY, CONTENTS, order));
  }

  @Test
  void passesAKeyOnWithinABatch() {
    // given
    UUID caller = newId();
    UUID first = newId();
    UUID second = newId();
    write(new KeyEffect.Claim(caller, "k", BODY, CONTENTS, first));

    // when
    List<CommitResult> results =
        commitAll(
            writeSet(new KeyEffect.Free(caller, "k", first)),
            writeSet(new KeyEffect.Claim(caller, "k", OTHER_BODY, CONTENTS, second)));

    // then
    assertThat(results).allSatisfy(StorageContract::assertCommitted);
    assertThat(storage().keys().find(caller, "k"))
        .contains(new IdempotencyKeys.Used(OTHER_BODY, CONTENTS, second));
  }

  @Test
  void givesAKeyToOneOfMany() throws Exception {
    // given
    UUID caller = newId();

    // when
    List<CommitResult> results =
        Threads.together(
            6, thread -> () -> commit(new KeyEffect.Claim(caller, "k", BODY, CONTENTS, newId())));

    // then
    assertThat(results).filteredOn(CommitResult.Committed.class::isInstance).hasSize(1);
  }

  @Test
  void keepsWhatTheCartHeldWithAVersionAndWithout() {
    // given
    UUID caller = newId();
    UUID order = newId();
    CartContents versioned = new CartContents("cd".repeat(32), "ef".repeat(32));

    // when
    write(new KeyEffect.Claim(caller, "cart:1", BODY, versioned, order));
    write(new KeyEffect.Claim(caller, "cart:2", BODY, CONTENTS, order));

    // then
    assertThat(storage().keys().find(caller, "cart:1"))
        .contains(new IdempotencyKeys.Used(BODY, versioned, order));
    assertThat(storage().keys().find(caller, "cart:2"))
        .contains(new IdempotencyKeys.Used(BODY, CONTENTS, order));
  }

  @Test
  void givesTheKeyOfAnOrderToTheOneThatFollowsAndKeepsItAside() {
    // given
    UUID caller = newId();
    UUID first = newId();
    UUID second = newId();
    write(new KeyEffect.Claim(caller, "cart:1", BODY, CONTENTS, first));

    // when
    write(
        new KeyEffect.Retire(caller, "cart:1", first),
        new KeyEffect.Claim(caller, "cart:1", OTHER_BODY, CONTENTS, second));

    // then
    assertThat(storage().keys().find(caller, "cart:1"))
        .contains(new IdempotencyKeys.Used(OTHER_BODY, CONTENTS, second));
    assertThat(storage().keys().find(caller, KeyEffect.PAST + first))
        .contains(new IdempotencyKeys.Used(BODY, CONTENTS, first));
  }

  @Test
  void letsOneOfManyFollow() throws Exception {
    // given
    UUID caller = newId();
    UUID first = newId();
    write(new KeyEffect.Claim(caller, "cart:1", BODY, CONTENTS, first));

    // when
    List<CommitResult> results =
        Threads.together(
            6,
            thread ->
                () ->
                    commit(
                        new KeyEffect.Retire(caller, "cart:1", first),
                        new KeyEffect.Claim(caller, "cart:1", OTHER_BODY, CONTENTS, newId())));

    // then
    assertThat(results).filteredOn(CommitResult.Committed.class::isInstance).hasSize(1);
    results.stream()
        .filter(CommitResult.Refused.class::isInstance)
        .forEach(refused -> assertRefused(refused, 1, KeyEffect.KEY_TAKEN));
    assertThat(storage().keys().find(caller, KeyEffect.PAST + first)).isPresent();
  }

  @Test
  void letsOneOfABatchFollow() {
    // given
    UUID caller = newId();
    UUID first = newId();
    write(new KeyEffect.Claim(caller, "cart:1", BODY, CONTENTS, first));

    // when
    List<CommitResult> results =
        commitAll(
            writeSet(
                new KeyEffect.Retire(caller, "cart:1", first),
                new KeyEffect.Claim(caller, "cart:1", OTHER_BODY, CONTENTS, newId())),
            writeSet(
                new KeyEffect.Retire(caller, "cart:1", first),
                new KeyEffect.Claim(caller, "cart:1", OTHER_BODY, CONTENTS, newId())));

    // then
    assertCommitted(results.get(0));
    assertRefused(results.get(1), 1, KeyEffect.KEY_TAKEN);
  }
}
