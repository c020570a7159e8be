package com.techcorp.auth.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.spi.LoginLimits.Budget;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionEpoch;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.WiringException;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the stores within one process do when they are full, and what is theirs alone. */
class MemoryStoresTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final SteppedClock clock = SteppedClock.create();
  private final UUID user = UUID.randomUUID();

  @Test
  void aFullStoreRefusesALoginAndEndsNobodysSession() {
    // given
    MemorySessionStore store = MemorySessionStore.create(3, clock);
    for (int i = 0; i < 3; i++) {
      logIn(store, UUID.randomUUID(), 10);
    }

    // when, then
    assertThatExceptionOfType(OverloadedException.class)
        .isThrownBy(() -> logIn(store, user, 10))
        .withMessageContaining("3 sessions");
    clock.advance(HOUR);
    assertThat(logIn(store, user, 10)).isEqualTo(new SessionCreation.Created(List.of()));
  }

  @Test
  void aUserWithTooManySessionsFindsPlaceInAFullStore() {
    // given
    MemorySessionStore store = MemorySessionStore.create(2, clock);
    logIn(store, user, 2);
    logIn(store, user, 2);

    // when
    SessionCreation third = logIn(store, user, 2);

    // then
    assertThat(third)
        .isInstanceOfSatisfying(
            SessionCreation.Created.class, created -> assertThat(created.ended()).hasSize(1));
    assertThat(store.list(user)).hasSize(2);
  }

  /** Whoever's end was forgotten, no login that began before it succeeds. */
  @Test
  void aLoginLosesAlsoIfItsUsersEndIsForgotten() {
    // given
    MemorySessionStore store = MemorySessionStore.create(3, clock);
    SessionEpoch before = store.epoch(user);

    // when
    store.endAll(user, null);
    for (int i = 0; i < 1_000; i++) {
      store.endAll(UUID.randomUUID(), null);
    }

    // then
    assertThat(store.create(session(user), before, 10)).isEqualTo(new SessionCreation.Overtaken());
    assertThat(logIn(store, user, 10)).isInstanceOf(SessionCreation.Created.class);
  }

  private SessionCreation logIn(MemorySessionStore store, UUID owner, int most) {
    return store.create(session(owner), store.epoch(owner), most);
  }

  private NewSession session(UUID owner) {
    UUID id = UUID.randomUUID();
    return new NewSession(id, owner, "secret hash", "{\"secret\":1}", clock.now(), HOUR, null);
  }

  @Test
  void fullRevocationsForgetNone() {
    // given
    MemoryRevocations revocations = MemoryRevocations.create(2, clock);
    UUID first = UUID.randomUUID();
    revocations.revokeSession(first, HOUR);
    revocations.revokeUser(user, Instant.EPOCH, HOUR);

    // when, then
    assertThatExceptionOfType(OverloadedException.class)
        .isThrownBy(() -> revocations.revokeSession(user, HOUR))
        .withMessageContaining("2 revocations");
    revocations.revokeSession(first, HOUR.plusSeconds(1)); // it has its place
    assertThat(revocations.since(null, 10).revocations()).hasSize(2);
    clock.advance(HOUR);
    revocations.revokeSession(user, HOUR);
    assertThat(revocations.since(null, 10).revocations()).hasSize(2);
  }

  @Test
  void limitsHoldABoundedNumberOfKeys() {
    // given
    MemoryLoginLimits limits = MemoryLoginLimits.create(100, clock);

    // when
    for (int i = 0; i < 10_000; i++) {
      limits.take("key " + i, new Budget(3, HOUR));
    }

    // then
    assertThat(limits.keys()).isLessThanOrEqualTo(100);
  }

  @Test
  void limitsTellTheTimeExactly() {
    // given
    MemoryLoginLimits limits = MemoryLoginLimits.create(100, clock);
    Budget budget = new Budget(2, Duration.ofMinutes(10));

    // when
    limits.take("key", budget);
    clock.advance(Duration.ofMinutes(1));
    limits.take("key", budget);
    clock.advance(Duration.ofMinutes(1));

    // then
    assertThat(limits.take("key", budget)).contains(Duration.ofMinutes(8));
    clock.advance(Duration.ofMinutes(8).minusMillis(1));
    assertThat(limits.take("key", budget)).contains(Duration.ofMillis(1));
    clock.advance(Duration.ofMillis(1));
    assertThat(limits.take("key", budget)).isEqualTo(Optional.empty());
    assertThat(limits.take("key", budget)).contains(Duration.ofMinutes(10));
  }

  @Test
  void haveAPlaceForOneAtLeast() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> MemorySessionStore.create(0, clock))
        .withMessage("MemorySessionStore.most must be at least 1, was 0");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> MemoryRevocations.create(0, clock));
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> MemoryLoginLimits.create(0, clock));
  }

  @Test
  void showNoHashAndNoDevice() {
    HeldSession held = HeldSession.created(session(user), clock.now());
    assertThat(held.toString()).doesNotContain("secret");
    assertThat(held.current().toString()).doesNotContain("secret");
    assertThat(held.visible().toString()).doesNotContain("secret");
  }
}
