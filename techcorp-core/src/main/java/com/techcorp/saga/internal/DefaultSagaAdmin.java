package com.techcorp.saga.internal;

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
import com.techcorp.saga.Signal;
import com.techcorp.saga.spi.SagaJournal;
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
    return new Explanation(
        withoutData(saga),
        new ExplanationText(definitions, watchdog).of(saga),
        signals,
        findings,
        engine.counters());
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
}
