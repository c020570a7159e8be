package com.techcorp.saga.internal;

import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.internal.ExecutionState.Deciding;
import com.techcorp.saga.internal.Transition.Then;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the calls of sagas' steps: which of a step's calls it is, and whether it may still be sent.
 * Thread-safe.
 */
final class StepCalls implements CallMaker {
  private static final Logger log = LoggerFactory.getLogger(StepCalls.class);

  /** How soon it looks again whether a late heartbeat has come. */
  private static final Duration HEARTBEAT_WAIT = Duration.ofMillis(20);

  private final RemoteCalls calls;
  private final EngineParts parts;

  StepCalls(RemoteCalls calls, EngineParts parts) {
    this.calls = calls;
    this.parts = parts;
  }

  /** Makes the call that a transition asks for, while this process surely has its lease. */
  <D> void makeWhileLeased(HeldSaga<D> held, LiveSaga<D> saga, Then then) {
    whileLeased(held, () -> make(held, saga, then));
  }

  @Override
  public <D> void sendWhileLeased(HeldSaga<D> held, LiveSaga<D> saga, long sendBy) {
    whileLeased(held, () -> send(held, saga, sendBy));
  }

  /** A late heartbeat is waited for. */
  private void whileLeased(HeldSaga<?> held, Runnable call) {
    Fence mine = held.fence();
    if (held.hasLeft()) {
      log.debug("Saga {} was taken from this process", held.id());
    } else if (mine == null || !parts.ownership().holds(mine)) {
      held.leave(); // the node that has it next asks first what became of the call
    } else if (parts.ownership().mayCall(mine)) {
      call.run();
    } else {
      parts.pauses().after(HEARTBEAT_WAIT, () -> held.safely(() -> whileLeased(held, call)));
    }
  }

  private <D> void make(HeldSaga<D> held, LiveSaga<D> saga, Then then) {
    RemoteStep<D> step = (RemoteStep<D>) saga.current();
    long sendBy = calls.sendBy(step.timeout());
    RemoteCall<D> byHand = step.byHand();
    RemoteCall<D> inquiry = step.inquiry();
    if (then == Then.SEND) {
      make(held, saga, step.call(), CallPurpose.FORWARD, sendBy);
    } else if (then == Then.UNDO) {
      make(held, saga, Objects.requireNonNull(step.undo()), CallPurpose.UNDO, sendBy);
    } else if (then == Then.FORCE && byHand != null) {
      make(held, saga, byHand, CallPurpose.BY_HAND, sendBy);
    } else if (saga.undecided() && inquiry != null) {
      make(held, saga, inquiry, CallPurpose.INQUIRY, sendBy);
    } else {
      send(held, saga, sendBy);
    }
  }

  /** Many sagas that were claimed write their notes in one batch; the call follows. */
  private <D> void send(HeldSaga<D> held, LiveSaga<D> saga, long sendBy) {
    RemoteStep<D> step = (RemoteStep<D>) saga.current();
    if (step.notes()) {
      Decision<D> note =
          parts.transitions().heeding(s -> parts.transitions().noted(s, StepCall.context(s)));
      held.decide(saga, List.of(), note, true);
    } else {
      make(held, saga, step.call(), CallPurpose.FORWARD, sendBy);
    }
  }

  private <D> void make(
      HeldSaga<D> held, LiveSaga<D> saga, RemoteCall<D> call, CallPurpose purpose, long sendBy) {
    Deciding<D> deciding = held.state().deciding();
    if (deciding != null && held.state().move(deciding, deciding.calls())) {
      StepCall<D> made = new StepCall<>(this, held, saga, call, purpose, sendBy);
      waitsForThread(held, (RemoteStep<D>) saga.current());
      calls.make(made.request(), made);
    }
  }

  @Override
  public boolean maySend(HeldSaga<?> held) {
    Fence mine = held.fence();
    return !held.hasLeft()
        && mine != null
        && parts.ownership().mayCall(mine)
        && parts.watchdog().times().keepsOthersAway(held.whereabouts());
  }

  /**
   * Records that the call waits for a thread: up to its time-out, and then it may run as long
   * again.
   */
  private void waitsForThread(HeldSaga<?> held, RemoteStep<?> step) {
    held.whereabouts()
        .waitsFor(
            "waiting for a thread to call", step.name(), parts.watchdog().times().callFrom(step));
  }

  @Override
  public void isCalling(HeldSaga<?> held, RemoteStep<?> step) {
    held.whereabouts().isAt("calling", step.name(), parts.watchdog().times().callFrom(step));
  }
}
