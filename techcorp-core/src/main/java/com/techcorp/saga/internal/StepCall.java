package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.TokenRedaction;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.internal.ExecutionState.Answer;
import com.techcorp.saga.internal.ExecutionState.Calling;

/** A call of a saga's current step, from the request to the reaction to its answer. */
final class StepCall<D> implements CallListener<D>, RemoteCall<D> {
  private final CallMaker maker;
  private final HeldSaga<D> held;
  private final LiveSaga<D> saga;
  private final RemoteStep<D> step;
  private final RemoteCall<D> call;
  private final CallPurpose purpose;
  private final long sendBy;

  StepCall(
      CallMaker maker,
      HeldSaga<D> held,
      LiveSaga<D> saga,
      RemoteCall<D> call,
      CallPurpose purpose,
      long sendBy) {
    this.maker = maker;
    this.held = held;
    this.saga = saga;
    this.step = (RemoteStep<D>) saga.current();
    this.call = call;
    this.purpose = purpose;
    this.sendBy = sendBy;
  }

  /** The context of the forward call of a saga's current step. */
  static RemoteCall.Context context(LiveSaga<?> saga) {
    return context(saga, CallPurpose.FORWARD);
  }

  /** The key is the same for each attempt of one call. */
  private static RemoteCall.Context context(LiveSaga<?> saga, CallPurpose purpose) {
    String key = saga.id() + ":" + saga.current().name() + purpose.keySuffix();
    return new RemoteCall.Context(saga.id(), key, saga.attempt() + 1, saga.age(), saga.undecided());
  }

  CallRequest<D> request() {
    return new CallRequest<>(
        Definitions.service(saga.definition(), step),
        this,
        saga.data(),
        context(saga, purpose),
        step.timeout(),
        sendBy,
        held.isClaimed());
  }

  @Override
  public StepResult<D> call(D data, Context context) throws Exception {
    maker.isCalling(held, step);
    return call.call(data, context);
  }

  @Override
  public boolean maySend() {
    return maker.maySend(held);
  }

  @Override
  public void notSent(String why) {
    held.safely(
        () -> {
          if (returns()) {
            held.decide(saga, s -> transitions().notMade(s, why));
          }
        });
  }

  /** The node hears of a fatal error once the saga is parked, and of any other now. */
  @Override
  public void threw(Throwable fault) {
    StepFaults faults = held.parts().faults();
    faults.threw(saga, step, fault);
    if (FaultBoundary.isFatal(fault)) {
      held.thrown().set(fault);
    } else {
      faults.caught(fault);
    }
  }

  @Override
  public void answered(StepResult<D> result) {
    held.safely(
        () -> {
          Throwable fatal = held.thrown().get();
          if (fatal == null) {
            follow(HostTexts.clean(saga, result));
          } else {
            park(fatal);
          }
        });
  }

  @Override
  public void late(StepResult<D> result) {
    if (purpose != CallPurpose.UNDO) { // what it undid is asked for again
      held.parts().late().report(new Answer<>(saga, step, result));
    }
  }

  private void follow(StepResult<D> result) {
    if (purpose == CallPurpose.UNDO) {
      if (returns()) {
        held.decide(saga, s -> transitions().undone(s, result));
      }
    } else if (holds(new Answer<>(saga, step, result))) {
      if (purpose == CallPurpose.INQUIRY && result instanceof StepResult.Retry<D> retry) {
        sendAgain(retry);
      } else {
        held.decide(saga, s -> transitions().answered(s, result));
      }
    }
  }

  /** A look said that the call never arrived: it is sent again at once, under the same key. */
  private void sendAgain(StepResult.Retry<D> retry) {
    if (saga.failure() != null || saga.deadlinePassed()) {
      StepResult<D> unknown = new StepResult.Unknown<>(retry.reason(), retry.effects());
      held.decide(saga, s -> transitions().answered(s, unknown));
    } else {
      // Within the same time: the journal has not been told that it goes on.
      maker.sendWhileLeased(held, saga, sendBy);
    }
  }

  /** A fatal error in the call: it may have been sent, and another node is to go on from here. */
  private void park(Throwable fatal) {
    if (returns()) {
      String why = "step " + step.name() + " failed: ";
      LiveSaga<D> sent = saga.tried(saga.attempt(), true, saga.lastError());
      TokenRedaction redaction = HostTexts.redaction(saga);
      held.decide(sent, s -> transitions().poisoned(s, why + redaction.reason(fatal)));
    } else {
      held.thrown().tell();
    }
  }

  /** False if the saga has left meanwhile: nothing follows. */
  private boolean returns() {
    Calling<D> calling = held.state().calling();
    return calling != null && held.state().move(calling, calling.returned());
  }

  /** Keeps the answer until it is written. False if the saga has left: it is reported instead. */
  private boolean holds(Answer<D> answer) {
    Calling<D> calling = held.state().calling();
    if (calling != null && held.state().move(calling, calling.answered(answer))) {
      return true;
    }
    held.parts().late().report(answer);
    return false;
  }

  private Transitions transitions() {
    return held.parts().transitions();
  }
}
