package com.techcorp.saga.internal;

import static com.techcorp.saga.internal.Trips.ID;
import static com.techcorp.saga.internal.Trips.UNPAID;
import static com.techcorp.saga.internal.Trips.pay;
import static com.techcorp.saga.internal.Trips.paying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.internal.ExecutionState.Answer;
import com.techcorp.saga.internal.ExecutionState.Calling;
import com.techcorp.saga.internal.ExecutionState.Committing;
import com.techcorp.saga.internal.ExecutionState.Deciding;
import com.techcorp.saga.internal.Trips.Trip;
import com.techcorp.storage.Fence;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An answer is written, or somebody gets it to report: no way through the states loses it. */
class ExecutionCellTest {
  private static final Fence FENCE = new Fence(1, 7);

  private final ExecutionCell<Trip> cell = new ExecutionCell<>(ID, ExecutionState.fresh());

  private static Answer<Trip> answer() {
    RemoteStep<Trip> pay = pay();
    return new Answer<>(paying(pay), pay, StepResult.done(UNPAID));
  }

  private void commits() {
    Deciding<Trip> deciding = cell.deciding();
    cell.move(deciding, deciding.commits());
  }

  private void writes() {
    Committing<Trip> committing = cell.committing();
    cell.move(committing, committing.written(FENCE));
  }

  private void fails() {
    Committing<Trip> committing = cell.committing();
    cell.move(committing, committing.notWritten().failedAgain());
  }

  private void calls() {
    Deciding<Trip> deciding = cell.deciding();
    cell.move(deciding, deciding.calls());
  }

  private void answers(Answer<Trip> answer) {
    Calling<Trip> calling = cell.calling();
    cell.move(calling, calling.answered(answer));
  }

  private void answersAfterItsFirstCall(Answer<Trip> answer) {
    commits();
    writes();
    calls();
    answers(answer);
  }

  @Test
  void anAnswerIsInHandUntilACommitWritesIt() {
    // given
    Answer<Trip> answer = answer();
    answersAfterItsFirstCall(answer);

    // when, then
    commits();
    assertThat(cell.unwritten()).isSameAs(answer);
    fails();
    assertThat(cell.unwritten()).as("the commit failed").isSameAs(answer);
    assertThat(cell.deciding().failures()).isOne();
    commits();
    writes();
    assertThat(cell.unwritten()).as("written").isNull();
    assertThat(cell.deciding().failures()).isZero();
  }

  @Test
  void whoEndsItGetsTheAnswerAndNobodyElseDoes() {
    Answer<Trip> answer = answer();
    answersAfterItsFirstCall(answer);

    assertThat(cell.leave().unwritten()).isSameAs(answer);
    assertThat(cell.leave()).as("it has left already").isNull();
    assertThat(cell.unwritten()).isNull();
    assertThat(cell.fence()).as("to hand over what it still owns").isEqualTo(FENCE);
  }

  @Test
  void whatHasLeftIsNotMovedAnyMore() {
    // given
    Deciding<Trip> deciding = cell.deciding();
    cell.leave();

    // then
    assertThat(cell.deciding()).isNull();
    assertThat(cell.committing()).isNull();
    assertThat(cell.calling()).isNull();
    assertThat(cell.move(deciding, deciding.commits())).isFalse();
    assertThat(cell.hasLeft()).isTrue();
  }

  @Test
  void anEventThatItsStateDoesNotHaveIsAFaultThatNamesSagaAndState() {
    commits();

    assertThatThrownBy(cell::deciding)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("saga %s decides while it is Committing", ID);
    assertThatThrownBy(cell::calling).hasMessage("saga %s has a call while it is Committing", ID);
  }

  @Test
  void twoWhoDriveOneSagaAreAFault() {
    Deciding<Trip> deciding = cell.deciding();
    commits();

    assertThatThrownBy(() -> cell.move(deciding, deciding.commits()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is driven twice");
  }

  @Test
  void nothingIsCalledBeforeTheFirstWrite() {
    assertThatThrownBy(() -> cell.deciding().calls())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before the saga's first write");
  }

  @Test
  void theTextOfAnAnswerDoesNotShowTheSagasData() {
    assertThat(answer()).hasToString("the answer of pay to saga " + ID);
  }

  @Test
  void noWayThroughTheStatesLosesAnAnswer() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      walk(random, "seed " + seed + ", walk " + i);
    }
  }

  /** Counts what was answered, and what was written or given to somebody to report. */
  private static void walk(Random random, String name) {
    ExecutionCell<Trip> cell = new ExecutionCell<>(ID, ExecutionState.claimed(FENCE));
    int answered = 0;
    int accounted = 0;
    for (int step = 0; step < 30 && !cell.hasLeft(); step++) {
      ExecutionState<Trip> now = now(cell);
      ExecutionState<Trip> next;
      if (now instanceof Calling<Trip> calling) {
        boolean answers = random.nextBoolean();
        next = answers ? calling.answered(answer()) : calling.returned();
        answered += answers ? 1 : 0;
      } else if (now instanceof Committing<Trip> committing) {
        boolean written = random.nextBoolean();
        next = written ? committing.written(FENCE) : committing.notWritten();
        accounted += written && now.unwritten() != null ? 1 : 0;
      } else {
        Deciding<Trip> deciding = (Deciding<Trip>) now;
        boolean reports = random.nextInt(4) == 0;
        accounted += reports && now.unwritten() != null ? 1 : 0;
        boolean mayCall = deciding.unwritten() == null && random.nextBoolean();
        next = reports ? deciding.withoutAnswer() : mayCall ? deciding.calls() : deciding.commits();
      }
      assertThat(cell.move(now, next)).as(name).isTrue();
      if (random.nextInt(10) == 0) {
        accounted += cell.leave().unwritten() == null ? 0 : 1;
      }
    }
    accounted += cell.unwritten() == null ? 0 : 1;
    assertThat(accounted).as(name).isEqualTo(answered);
  }

  private static ExecutionState<Trip> now(ExecutionCell<Trip> cell) {
    try {
      return cell.deciding();
    } catch (IllegalStateException e) {
      return e.getMessage().endsWith("Calling") ? cell.calling() : cell.committing();
    }
  }
}
