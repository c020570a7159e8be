package com.techcorp.saga.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.spi.JournalState.Live;
import com.techcorp.saga.spi.SagaEffect.Advance;
import com.techcorp.saga.spi.SagaEffect.Archive;
import com.techcorp.saga.spi.SagaEffect.Create;
import com.techcorp.saga.spi.SagaEffect.Finish;
import com.techcorp.storage.Decision;
import com.techcorp.storage.Decision.Refused;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalRulesTest {
  private static final UUID SAGA = new UUID(0, 1);
  private static final Fence OURS = new Fence(1, 5);
  private static final JournalState NOW = new JournalState(new Live(OURS, 3, 2), false);
  private static final JournalState ENDED = new JournalState(null, true);

  private static SagaPosition position(@Nullable Duration runIn) {
    return new SagaPosition("step", SagaState.RUNNING, 0, false, runIn, null, "{}", null, null);
  }

  private static void assertRefused(SagaEffect effect, JournalState now, String code) {
    assertRefused(effect, now, OURS, code);
  }

  private static void assertRefused(
      SagaEffect effect, JournalState now, @Nullable Fence fence, String code) {
    assertThat(JournalRules.decide(effect, now, fence))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.failure().code()).isEqualTo(code));
  }

  @Test
  void createsASagaOnce() {
    // given
    Create create = new Create(SAGA, "test", 1, false, position(null));

    // when, then
    assertThat(JournalRules.decide(create, JournalState.NONE, OURS))
        .isEqualTo(Decision.accept(new JournalState(new Live(OURS, 1, 0), false)));
    assertThat(JournalRules.decide(create, ENDED, OURS))
        .isEqualTo(Decision.accept(new JournalState(new Live(OURS, 1, 0), true)));
    assertRefused(create, NOW, SagaEffect.STALE);
  }

  @Test
  void createsNoSagaThatTheHistoryHas() {
    assertRefused(new Create(SAGA, "test", 1, true, position(null)), ENDED, SagaEffect.STALE);
  }

  @Test
  void leavesToNobodyWhatRunsLater() {
    // given
    SagaPosition later = position(Duration.ofSeconds(1));

    // when, then
    assertThat(
            JournalRules.decide(new Create(SAGA, "test", 1, true, later), JournalState.NONE, null))
        .isEqualTo(Decision.accept(new JournalState(new Live(null, 1, 0), false)));
    assertThat(JournalRules.decide(new Advance(SAGA, 3, 2, later), NOW, OURS))
        .isEqualTo(Decision.accept(new JournalState(new Live(null, 4, 2), false)));
  }

  @Test
  void advancesWhatIsAsTheOwnerKnowsIt() {
    // given
    Advance advance = new Advance(SAGA, 3, 2, position(null));

    // when, then
    assertThat(JournalRules.decide(advance, NOW, OURS))
        .isEqualTo(Decision.accept(new JournalState(new Live(OURS, 4, 2), false)));
    assertRefused(new Advance(SAGA, 2, 2, position(null)), NOW, SagaEffect.STALE);
    assertRefused(new Advance(SAGA, 3, 1, position(null)), NOW, SagaEffect.SIGNALLED);
    assertRefused(advance, JournalState.NONE, SagaEffect.STALE);
  }

  @Test
  void finishesWhatIsAsTheOwnerKnowsIt() {
    // given
    Finish finish = new Finish(SAGA, 3, 2);

    // when, then
    assertThat(JournalRules.decide(finish, NOW, OURS))
        .isEqualTo(Decision.accept(JournalState.NONE));
    assertRefused(new Finish(SAGA, 4, 2), NOW, SagaEffect.STALE);
    assertRefused(new Finish(SAGA, 3, 0), NOW, SagaEffect.SIGNALLED);
    assertRefused(finish, JournalState.NONE, SagaEffect.STALE);
  }

  @Test
  void changesNothingUnderAnotherLease() {
    for (Fence other : new Fence[] {null, new Fence(1, 4), new Fence(2, 5)}) {
      assertRefused(new Finish(SAGA, 3, 2), NOW, other, SagaEffect.STALE);
      assertRefused(new Advance(SAGA, 3, 2, position(null)), NOW, other, SagaEffect.STALE);
    }
  }

  @Test
  void archivesOnce() {
    // given
    Archive archive = new Archive(SAGA, "test", 1, null);

    // when, then
    assertThat(JournalRules.decide(archive, NOW, OURS))
        .isEqualTo(Decision.accept(new JournalState(NOW.live(), true)));
    assertRefused(archive, ENDED, SagaEffect.STALE);
  }
}
