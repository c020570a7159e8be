package com.techcorp.saga.internal;

import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.internal.ExecutionState.Answer;
import com.techcorp.saga.internal.ExecutionState.Deciding;
import com.techcorp.saga.internal.StepCall.Purpose;
import com.techcorp.saga.internal.Transition.Then;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the calls of sagas' steps: which of a step's calls it is, whether it may still be sent, and
 * where its answer goes that comes too late. Thread-safe.
 */
final class StepCalls {
  private static final Logger log = LoggerFactory.getLogger(StepCalls.class);

  /** How soon it looks again whether a late heartbeat has come. */
  private static final Duration HEARTBEAT_WAIT = Duration.ofMillis(20);

  private final RemoteCalls calls;
  private final LateAnswers late;
  private final Ownership ownership;
  private final Watchdog watchdog;
  private final Pauses pauses;

  StepCalls(
      RemoteCalls calls, LateAnswers late, Ownership ownership, Watchdog watchdog, Pauses pauses) {
    this.calls = calls;
    this.late = late;
    this.ownership = ownership;
    this.watchdog = watchdog;
    this.pauses = pauses;
  }

  /** Makes the call that a transition asks for, while this process surely has its lease. */
  <D> void makeWhileLeased(SagaExecution<D> execution, LiveSaga<D> saga, Then then) {
    whileLeased(execution, () -> make(execution, saga, then));
  }

  /**
   * Sends the step's forward call, while this process surely has its lease.
   *
   * @param sendBy by when; of a call that a look said never arrived, the time of that look
   */
  <D> void sendWhileLeased(SagaExecution<D> execution, LiveSaga<D> saga, long sendBy) {
    whileLeased(execution, () -> send(execution, saga, sendBy));
  }

  /** A late heartbeat is waited for. */
  private void whileLeased(SagaExecution<?> execution, Runnable call) {
    Fence mine = execution.fence();
    if (execution.hasLeft()) {
      log.debug("Saga {} was taken from this process", execution.id());
    } else if (mine == null || !ownership.holds(mine)) {
      execution.leave(); // the node that has it next asks first what became of the call
    } else if (ownership.mayCall(mine)) {
      call.run();
    } else {
      pauses.after(HEARTBEAT_WAIT, () -> execution.safely(() -> whileLeased(execution, call)));
    }
  }

  private <D> void make(SagaExecution<D> execution, LiveSaga<D> saga, Then then) {
    RemoteStep<D> step = (RemoteStep<D>) saga.current();
    long sendBy = calls.sendBy(step.timeout());
    RemoteCall<D> byHand = step.byHand();
    RemoteCall<D> inquiry = step.inquiry();
    if (then == Then.SEND) {
      make(execution, saga, step.call(), Purpose.FORWARD, sendBy);
    } else if (then == Then.UNDO) {
      make(execution, saga, Objects.requireNonNull(step.undo()), Purpose.UNDO, sendBy);
    } else if (then == Then.FORCE && byHand != null) {
      make(execution, saga, byHand, Purpose.BY_HAND, sendBy);
    } else if (saga.undecided() && inquiry != null) {
      make(execution, saga, inquiry, Purpose.INQUIRY, sendBy);
    } else {
      send(execution, saga, sendBy);
    }
  }

  /** Many sagas that were claimed write their notes in one batch; the call follows. */
  private <D> void send(SagaExecution<D> execution, LiveSaga<D> saga, long sendBy) {
    RemoteStep<D> step = (RemoteStep<D>) saga.current();
    if (step.notes()) {
      Decision<D> note =
          execution.heeding(s -> execution.runner().transitions().noted(s, StepCall.context(s)));
      execution.decide(saga, List.of(), note, true);
    } else {
      make(execution, saga, step.call(), Purpose.FORWARD, sendBy);
    }
  }

  private <D> void make(
      SagaExecution<D> execution,
      LiveSaga<D> saga,
      RemoteCall<D> call,
      Purpose purpose,
      long sendBy) {
    Deciding<D> deciding = execution.state().deciding();
    if (deciding != null && execution.state().move(deciding, deciding.calls())) {
      StepCall<D> made = new StepCall<>(this, execution, saga, call, purpose, sendBy);
      waitsForThread(execution, (RemoteStep<D>) saga.current());
      calls.make(made.request(), made);
    }
  }

  /**
   * Whether a call may be sent: it may have waited for longer than the lease, or its row, is sure.
   */
  boolean maySend(SagaExecution<?> execution) {
    Fence mine = execution.fence();
    return !execution.hasLeft()
        && mine != null
        && ownership.mayCall(mine)
        && watchdog.times().keepsOthersAway(execution.whereabouts());
  }

  /**
   * Records that the call waits for a thread: up to its time-out, and then it may run as long
   * again.
   */
  private void waitsForThread(SagaExecution<?> execution, RemoteStep<?> step) {
    execution
        .whereabouts()
        .waitsFor("waiting for a thread to call", step.name(), watchdog.times().callFrom(step));
  }

  void isCalling(SagaExecution<?> execution, RemoteStep<?> step) {
    execution.whereabouts().isAt("calling", step.name(), watchdog.times().callFrom(step));
  }

  /** Reports an answer of a saga that is no longer this process's own. Never throws or blocks. */
  <D> void report(@Nullable Answer<D> answer) {
    if (answer != null) {
      late.report(answer.saga(), answer.step(), answer.result());
    }
  }

  /** Reports an answer that cannot be written for now. Never throws or blocks. */
  <D> void reportUnwritten(@Nullable Answer<D> answer) {
    if (answer != null) {
      late.reportUnwritten(answer.saga(), answer.step(), answer.result());
    }
  }
}
