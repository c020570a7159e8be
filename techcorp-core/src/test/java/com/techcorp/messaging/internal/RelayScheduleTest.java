package com.techcorp.messaging.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.internal.RelaySchedule.Ended;
import com.techcorp.messaging.internal.RelaySchedule.Ending;
import com.techcorp.messaging.internal.RelaySchedule.Pass;
import com.techcorp.messaging.internal.RelaySchedule.Pause;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When the relay reads, from where, and whether it claims: plain states in, decisions out. */
class RelayScheduleTest {
  private static final long NOW = 5_000;
  private static final long POLL = RelayOptions.DEFAULT.pollInterval().toNanos();
  private static final int BATCH = RelayOptions.DEFAULT.batch();
  private static final EventStream STREAM = stream(1);

  private final RelaySchedule first = RelaySchedule.first(RelayOptions.DEFAULT, NOW);

  private static EventStream stream(int number) {
    return new EventStream("order", new UUID(0, number));
  }

  @Test
  void theFirstPassIsDueAtOnceAndClaimsAndBeginsAtTheStart() {
    assertThat(first.begins(NOW, false, 0)).isTrue();
    assertThat(first.restFrom(NOW)).isZero();

    Pass pass = first.begin(NOW, 0);

    assertThat(pass.claims()).isTrue();
    assertThat(pass.from()).isNull();
  }

  @Test
  void aPassThatReadEverythingRestsForThePollInterval() {
    Ended ended = first.begin(NOW, 0).reachedEnd(BATCH - 1, NOW + 10);

    assertThat(ended.ending()).isEqualTo(Ending.CLEAR);
    assertThat(ended.schedule().restFrom(NOW + 10)).isEqualTo(POLL);
    assertThat(ended.schedule().begins(NOW + 10 + POLL - 1, false, 0)).isFalse();
    assertThat(ended.schedule().begins(NOW + 10 + POLL, false, 0)).isTrue();
  }

  @Test
  void aPassThatTookLongRestsForAsLong() {
    long end = NOW + 3 * POLL;

    assertThat(first.begin(NOW, 0).reachedEnd(0, end).schedule().restFrom(end)).isEqualTo(3 * POLL);
    assertThat(first.begin(NOW, 0).paused(STREAM, end).schedule().restFrom(end))
        .isEqualTo(3 * POLL);
  }

  @Test
  void aPassThatFoundNothingToDoWithTheBusOrStorageRestsForThePollIntervalHoweverLongItTook() {
    long end = NOW + 3 * POLL;

    assertThat(first.begin(NOW, 0).stopped(end).schedule().restFrom(end)).isEqualTo(POLL);
    assertThat(first.skip(end).restFrom(end)).isEqualTo(POLL);
  }

  @Test
  void afterAFullClaimThereMayBeMoreAndTheNextPassIsDueAtOnce() {
    Ended ended = first.begin(NOW, 0).reachedEnd(BATCH, NOW + 10);

    assertThat(ended.ending()).isEqualTo(Ending.MORE);
    assertThat(ended.schedule().begins(NOW + 10, false, 0)).isTrue();
  }

  @Test
  void aPausedPassGoesOnWhereItPausedAndReadsTheStartAgainAtOnceAfterTheEnd() {
    // given
    RelaySchedule paused = first.begin(NOW, 0).paused(STREAM, NOW + 10).schedule();

    // when
    Pass goesOn = paused.begin(NOW + 20, 0);
    Ended ended = goesOn.reachedEnd(0, NOW + 30);

    // then
    assertThat(goesOn.from()).isEqualTo(STREAM);
    assertThat(ended.ending()).as("what lies before that place").isEqualTo(Ending.MORE);
    assertThat(ended.schedule().begin(NOW + 30, 0).from()).isNull();
    assertThat(ended.schedule().begin(NOW + 30, 0).goesOn()).isNull();
  }

  @Test
  void aPassThatPausedBeforeItReadAnythingGoesOnToo() {
    RelaySchedule paused = first.begin(NOW, 0).paused(null, NOW + 10).schedule();

    Pass goesOn = paused.begin(NOW + 20, 0);

    assertThat(goesOn.goesOn()).isEqualTo(new Pause(null));
    assertThat(goesOn.from()).isNull();
  }

  @Test
  void aPassThatGoesOnClaimsOnlyOncePerPollInterval() {
    RelaySchedule paused = first.begin(NOW, 0).paused(STREAM, NOW + 10).schedule();

    assertThat(paused.begin(NOW + POLL - 1, 0).claims()).isFalse();
    assertThat(paused.begin(NOW + POLL, 0).claims()).isTrue();
  }

  @Test
  void aNudgeEndsTheRest() {
    RelaySchedule resting = first.begin(NOW, 0).reachedEnd(0, NOW + 10).schedule();

    assertThat(resting.begins(NOW + 11, false, 0)).isFalse();
    assertThat(resting.begins(NOW + 11, true, 0)).isTrue();
  }

  @Test
  void whatTheBusRefusedIsNotOfferedAgainBeforeThePollHoweverOftenSomebodyNudges() {
    RelaySchedule resting = first.begin(NOW, 7).reachedEnd(0, NOW + 10).schedule();

    assertThat(resting.begins(NOW + 11, true, 7)).as("nothing was refused").isTrue();
    assertThat(resting.begins(NOW + 11, true, 8)).isFalse();
    assertThat(resting.begins(NOW + 10 + POLL, true, 8)).isTrue();
  }

  @Test
  void aNudgeHastensAPausedPassAlsoAfterARefusal() {
    RelaySchedule paused = first.begin(NOW, 7).paused(STREAM, NOW + 10).schedule();

    assertThat(paused.begins(NOW + 11, true, 8)).as("there is room again").isTrue();
  }

  @Test
  void withoutALeaseItKeepsItsPlaceAndWhatWasRefused() {
    RelaySchedule paused = first.begin(NOW, 7).paused(STREAM, NOW + 10).schedule();

    RelaySchedule skipped = paused.skip(NOW + 20);

    assertThat(skipped.paused()).isEqualTo(new Pause(STREAM));
    assertThat(skipped.refusals()).isEqualTo(7);
    assertThat(skipped.restFrom(NOW + 20)).isEqualTo(POLL);
  }

  @Test
  void aPassThatFailedBeginsAtTheStartNextTime() {
    RelaySchedule paused = first.begin(NOW, 0).paused(STREAM, NOW + 10).schedule();

    RelaySchedule failed = paused.begin(NOW + 20, 0).during().skip(NOW + 30);

    assertThat(failed.paused()).isNull();
    assertThat(failed.begin(NOW + 40, 0).claims()).isTrue();
  }

  @Test
  void aTimeAfterTheClockOverflowedIsLater() {
    RelaySchedule late = RelaySchedule.first(RelayOptions.DEFAULT, Long.MAX_VALUE - 1);

    RelaySchedule resting = late.begin(Long.MAX_VALUE - 1, 0).stopped(Long.MAX_VALUE).schedule();

    assertThat(resting.begins(Long.MAX_VALUE, false, 0)).isFalse();
    assertThat(resting.begins(Long.MAX_VALUE + POLL, false, 0)).isTrue();
  }

  @Test
  void aScheduleThatWouldNeverRestIsAFault() {
    assertThatThrownBy(() -> new RelaySchedule(0, BATCH, 0, 0, 0, null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("every 0 ns");
  }

  @Test
  void fromStartToEndEachStreamIsReadOnceWhereverPassesPause() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      readsAll(random, "seed " + seed + ", round " + round);
    }
  }

  /** Reads some streams, pausing at random places, until a pass reaches the end. */
  private void readsAll(Random random, String name) {
    int streams = random.nextInt(40);
    int page = 1 + random.nextInt(8);
    List<Integer> read = new ArrayList<>();
    RelaySchedule schedule = first;
    long now = NOW;
    long claimedAt = now - POLL;
    Ended ended;
    do {
      now += random.nextLong(2 * POLL);
      boolean goesOn = schedule.paused() != null;
      Pass pass = schedule.begin(now, 0);
      assertThat(pass.claims()).as(name).isEqualTo(!goesOn || now - claimedAt >= POLL);
      claimedAt = pass.claims() ? now : claimedAt;
      ended = passes(random, pass, streams, page, read, now);
      schedule = ended.schedule();
      assertThat(schedule.restFrom(now)).as(name).isBetween(0L, POLL);
    } while (ended.ending() == Ending.FULL);
    assertThat(read).as(name).isEqualTo(allUpTo(streams));
    assertThat(schedule.paused()).as(name).isNull();
  }

  private static Ended passes(
      Random random, Pass pass, int streams, int page, List<Integer> read, long now) {
    EventStream from = pass.from();
    while (true) {
      if (random.nextInt(4) == 0) {
        return pass.paused(from, now);
      }
      int next = from == null ? 0 : (int) from.id().getLeastSignificantBits() + 1;
      int end = Math.min(streams, next + page);
      for (int i = next; i < end; i++) {
        read.add(i);
      }
      if (end - next < page) {
        return pass.reachedEnd(0, now);
      }
      from = stream(end - 1);
    }
  }

  private static List<Integer> allUpTo(int streams) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      all.add(i);
    }
    return all;
  }
}
