package com.techcorp.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.order.IdempotencyKeys;
import com.techcorp.order.KeyEffect;
import com.techcorp.saga.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link IdempotencyKeys} and the key effects promise. */
public abstract class KeysContract extends StorageContract {
  private static final String BODY = "0123456789abcdef".repeat(4);
  private static final String OTHER_BODY = "fedcba9876543210".repeat(4);

  /** For subclasses. */
  protected KeysContract() {}

  @Test
  void tellsWhatAKeyStandsFor() {
    // given
    UUID caller = newId();
    UUID order = newId();

    // when
    write(new KeyEffect.Claim(caller, "key:a", BODY, order));

    // then
    assertThat(storage().keys().find(caller, "key:a"))
        .contains(new IdempotencyKeys.Used(BODY, order));
    assertThat(storage().keys().find(caller, "key:b")).isEmpty();
  }

  @Test
  void refusesAKeyThatWasUsed() {
    // given
    UUID caller = newId();
    UUID order = newId();
    write(new KeyEffect.Claim(caller, "k", BODY, order));

    // when: with the same body or another, at once or years later
    Verdict same = commit(new KeyEffect.Claim(caller, "k", BODY, newId()));
    Verdict other = commit(new KeyEffect.Claim(caller, "k", OTHER_BODY, newId()));
    advance(Duration.ofDays(1_000));
    Verdict later = commit(new KeyEffect.Claim(caller, "k", BODY, newId()));

    // then
    assertRefused(same, 0, KeyEffect.KEY_TAKEN);
    assertRefused(other, 0, KeyEffect.KEY_TAKEN);
    assertRefused(later, 0, KeyEffect.KEY_TAKEN);
    assertThat(storage().keys().find(caller, "k")).contains(new IdempotencyKeys.Used(BODY, order));
  }

  @Test
  void keepsTheKeysOfCallersApart() {
    // given
    UUID first = newId();
    UUID second = newId();

    // when
    List<Verdict> verdicts =
        commitAll(
            work(new KeyEffect.Claim(first, "k", BODY, newId())),
            work(new KeyEffect.Claim(second, "k", OTHER_BODY, newId())));

    // then
    assertThat(verdicts).allSatisfy(StorageContract::assertCommitted);
    assertThat(storage().keys().find(second, "k"))
        .hasValueSatisfying(used -> assertThat(used.bodyHash()).isEqualTo(OTHER_BODY));
  }

  @Test
  void freesAKeyForAnotherOrder() {
    // given
    UUID caller = newId();
    UUID cancelled = newId();
    UUID second = newId();
    write(new KeyEffect.Claim(caller, "cart:1", BODY, cancelled));

    // when
    write(new KeyEffect.Free(caller, "cart:1", cancelled));

    // then
    assertThat(storage().keys().find(caller, "cart:1")).isEmpty();
    write(new KeyEffect.Claim(caller, "cart:1", OTHER_BODY, second));
    assertThat(storage().keys().find(caller, "cart:1"))
        .contains(new IdempotencyKeys.Used(OTHER_BODY, second));
  }

  @Test
  void freesAKeyForItsOwnOrderOnly() {
    // given
    UUID caller = newId();
    UUID order = newId();
    write(new KeyEffect.Claim(caller, "k", BODY, order));

    // when: none of these is refused
    write(new KeyEffect.Free(caller, "k", newId()));
    write(new KeyEffect.Free(newId(), "k", order));
    write(new KeyEffect.Free(caller, "never used", order));

    // then
    assertThat(storage().keys().find(caller, "k")).contains(new IdempotencyKeys.Used(BODY, order));
  }

  @Test
  void passesAKeyOnWithinABatch() {
    // given
    UUID caller = newId();
    UUID first = newId();
    UUID second = newId();
    write(new KeyEffect.Claim(caller, "k", BODY, first));

    // when
    List<Verdict> verdicts =
        commitAll(
            work(new KeyEffect.Free(caller, "k", first)),
            work(new KeyEffect.Claim(caller, "k", OTHER_BODY, second)));

    // then
    assertThat(verdicts).allSatisfy(StorageContract::assertCommitted);
    assertThat(storage().keys().find(caller, "k"))
        .contains(new IdempotencyKeys.Used(OTHER_BODY, second));
  }

  @Test
  void givesAKeyToOneOfMany() throws Exception {
    // given
    UUID caller = newId();

    // when
    List<Verdict> verdicts =
        Threads.together(
            6, thread -> () -> commit(new KeyEffect.Claim(caller, "k", BODY, newId())));

    // then
    assertThat(verdicts).filteredOn(Verdict.Committed.class::isInstance).hasSize(1);
  }
}
