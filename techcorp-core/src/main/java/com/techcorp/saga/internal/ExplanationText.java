package com.techcorp.saga.internal;

import com.techcorp.error.Failure;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import java.time.Duration;

/**
 * Says in sentences for operators where a saga stands, why it waits, and what comes next.
 *
 * @param definitions the sagas that this build can run
 * @param watchdog knows what this process drives
 */
record ExplanationText(Definitions definitions, Watchdog watchdog) {
  String of(SagaInstance saga) {
    SagaPosition at = saga.position();
    StringBuilder text = new StringBuilder();
    text.append("Saga ")
        .append(saga.id())
        .append(" (")
        .append(saga.definition())
        .append(" version ")
        .append(saga.version())
        .append(") is ")
        .append(at.state())
        .append(" at step ")
        .append(at.step())
        .append(", attempt ")
        .append(at.attempt())
        .append(".\n")
        .append(whyItWaits(saga));
    String here = watchdog.tell(saga.id());
    if (here != null) {
      text.append(here).append('\n');
    }
    Failure failure = at.failure();
    if (failure != null) {
      text.append("It goes back (or will) because of ")
          .append(failure.code())
          .append(": ")
          .append(failure.message())
          .append(".\n");
    }
    if (saga.firstError() != null && !saga.firstError().equals(at.lastError())) {
      text.append("First error: ").append(saga.firstError()).append(".\n");
    }
    if (at.lastError() != null) {
      text.append("Last error: ").append(at.lastError()).append(".\n");
    }
    return text.append(whatComesNext(saga)).toString();
  }

  private static String whyItWaits(SagaInstance saga) {
    if (saga.position().state() == SagaState.PARKED) {
      return "It is parked until an operator retries, compensates or force completes it.\n";
    }
    if (saga.owner() != null) {
      return ownersTime(saga);
    }
    String until = saga.deadline() == null ? "" : ", to be decided by " + saga.deadline();
    return "Nobody owns it; it is due at " + saga.nextRunAt() + until + ".\n";
  }

  private static String ownersTime(SagaInstance saga) {
    if (saga.moveBy() == null || !saga.isStuck()) {
      return "Node "
          + saga.owner()
          + " drives it while its lease stands, and must move it by "
          + saga.moveBy()
          + ".\n";
    }
    return "Node "
        + saga.owner()
        + " did not move it by "
        + saga.moveBy()
        + ", "
        + Duration.between(saga.moveBy(), saga.readAt()).toSeconds()
        + " s ago: it is about to be taken from there.\n";
  }

  private String whatComesNext(SagaInstance saga) {
    SagaDefinition<?> definition = definitions.find(saga.definition(), saga.version()).orElse(null);
    if (definition == null) {
      return "This build does not have its definition; a node that has it carries on.";
    }
    int index = definition.indexOf(saga.position().step());
    if (index < 0) {
      return "This build's definition does not have its step.";
    }
    boolean remote = definition.steps().get(index) instanceof RemoteStep<?>;
    String kind = remote ? "remote" : "local";
    if (saga.position().compensating()) {
      return "Next: the compensation of " + kind + " step " + saga.position().step() + ".";
    }
    String ask = remote && saga.position().undecided() ? ", asking first what became of it" : "";
    return "Next: " + kind + " step " + saga.position().step() + ask + ".";
  }
}
