package com.techcorp.saga.internal;

import com.techcorp.error.Failure;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import java.util.List;
import java.util.Map;

/** How the signals that a saga was given change it. Pure. */
final class SignalRules {
  private SignalRules() {}

  /** Returns the saga after all requests since its last write. */
  static <D> LiveSaga<D> informed(LiveSaga<D> saga, List<Signal> asked) {
    LiveSaga<D> informed = saga;
    for (Signal signal : asked) {
      informed = heed(informed, signal);
    }
    return informed.signalsRead(saga.signals() + asked.size());
  }

  /** The later of two wishes counts: a cancellation after a force is not overridden by it. */
  private static <D> LiveSaga<D> heed(LiveSaga<D> saga, Signal signal) {
    return switch (signal.kind()) {
      case RETRY, ANSWER -> saga.tried(0, saga.undecided(), saga.lastError());
      case FORCE_COMPLETE -> {
        LiveSaga<D> willing = saga.tried(0, saga.undecided(), saga.lastError());
        yield saga.state() == SagaState.COMPENSATING ? willing : willing.failing(null);
      }
      case CANCEL, COMPENSATE ->
          saga.state() == SagaState.COMPENSATING
              ? saga.tried(0, saga.undecided(), saga.lastError())
              : saga.failing(
                  new Failure(
                      Failure.CANCELLED,
                      signal.reason(),
                      Map.of("detail", signal.reason(), "actor", signal.actor())));
    };
  }

  /** Returns whether the current call is to be taken as done by hand. */
  static boolean forces(List<Signal> asked) {
    return asked.stream().anyMatch(signal -> signal.kind() == Signal.Kind.FORCE_COMPLETE);
  }
}
