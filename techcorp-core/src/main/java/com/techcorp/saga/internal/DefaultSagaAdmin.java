package com.techcorp.saga.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.IllegalTransitionException;
import com.techcorp.error.NotFoundException;
import com.techcorp.error.internal.Texts;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthSource;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaAdmin;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.saga.spi.SagaJournal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Writes signals and reads the journal; never drives a saga itself. */
final class DefaultSagaAdmin implements SagaAdmin {
  private final SagaJournal journal;
  private final DueSagaPoller recovery;
  private final Definitions definitions;
  private final Watchdog watchdog;
  private final HealthSource engine;

  DefaultSagaAdmin(
      SagaJournal journal,
      DueSagaPoller recovery,
      Definitions definitions,
      Watchdog watchdog,
      HealthSource engine) {
    this.journal = journal;
    this.recovery = recovery;
    this.definitions = definitions;
    this.watchdog = watchdog;
    this.engine = engine;
  }

  @Override
  public List<SagaInstance> list(SagaFilter filter) {
    return journal.list(filter).stream().map(DefaultSagaAdmin::withoutData).toList();
  }

  @Override
  public Explanation explain(UUID id) {
    SagaInstance saga = journal.find(id).orElseThrow(() -> notLive(id));
    List<Signal> signals = journal.signals(id);
    List<Finding> findings =
        engine.findings().stream()
            .filter(finding -> finding.subject() == null || finding.subject().equals(id))
            .toList();
    return new Explanation(withoutData(saga), text(saga), signals, findings, engine.counters());
  }

  @Override
  public void retry(UUID id, String actor, String reason) {
    send(id, Signal.Kind.RETRY, actor, reason);
  }

  @Override
  public void cancel(UUID id, String actor, String reason) {
    send(id, Signal.Kind.CANCEL, actor, reason);
  }

  @Override
  public void compensate(UUID id, String actor, String reason) {
    send(id, Signal.Kind.COMPENSATE, actor, reason);
  }

  @Override
  public void forceComplete(UUID id, String actor, String reason) {
    send(id, Signal.Kind.FORCE_COMPLETE, actor, reason);
  }

  private void send(UUID id, Signal.Kind kind, String actor, String reason) {
    Texts.kept("actor", actor);
    Texts.kept("reason", reason);
    if (kind != Signal.Kind.RETRY) {
      revocable(journal.find(id).orElseThrow(() -> notLive(id)), kind);
    }
    if (!journal.signal(id, new Signal(kind, reason, actor))) {
      throw notLive(id);
    }
    recovery.wakeUp();
  }

  private void revocable(SagaInstance saga, Signal.Kind kind) {
    SagaDefinition<?> definition = definitions.find(saga.definition(), saga.version()).orElse(null);
    if (definition == null || !definition.isIrrevocable()) {
      return;
    }
    int index = definition.indexOf(saga.position().step());
    boolean verifiable =
        index >= 0
            && definition.steps().get(index) instanceof RemoteStep<?> remote
            && remote.byHand() != null;
    if (kind != Signal.Kind.FORCE_COMPLETE || !verifiable) {
      throw new IllegalTransitionException(
          "saga "
              + saga.id()
              + " ("
              + saga.definition()
              + ") must come to its end: "
              + kind
              + " is not possible at step "
              + saga.position().step()
              + ", retry it");
    }
  }

  private static NotFoundException notLive(UUID id) {
    return new NotFoundException("no live saga " + id + ": it never was, or it has ended");
  }

  /** Saga data may hold what must not be shown, such as a card token. */
  private static SagaInstance withoutData(SagaInstance saga) {
    return saga.withPosition(saga.position().withData("{}"));
  }

  private String text(SagaInstance saga) {
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
