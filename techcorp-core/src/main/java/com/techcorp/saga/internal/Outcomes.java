package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.spi.SagaJournal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The callers in this process that wait for a saga's end. An end here wakes them at once; an end in
 * another process is found by one batched look for all of them.
 */
final class Outcomes {
  private static final Logger log = LoggerFactory.getLogger(Outcomes.class);
  private static final int LOOK_LIMIT = 1_000;

  private final SagaJournal journal;
  private final FaultBoundary faults;
  private final Map<UUID, Waiting> waiting = new ConcurrentHashMap<>();
  private final Map<UUID, SagaOutcome> recent = Collections.synchronizedMap(new Recent());

  private record Waiting(SagaDefinition<?> definition, CompletableFuture<SagaOutcome> outcome) {}

  /** Recent outcomes, so that callers who ask just afterwards need not wait for the next poll. */
  private static final class Recent extends LinkedHashMap<UUID, SagaOutcome> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<UUID, SagaOutcome> eldest) {
      return size() > 10_000;
    }
  }

  Outcomes(SagaJournal journal, FaultBoundary faults) {
    this.journal = journal;
    this.faults = faults;
  }

  void start(ScheduledExecutorService timer) {
    timer.scheduleWithFixedDelay(this::look, 500, 500, TimeUnit.MILLISECONDS);
  }

  CompletableFuture<SagaOutcome> await(SagaDefinition<?> definition, UUID id) {
    CompletableFuture<SagaOutcome> shared =
        waiting
            .computeIfAbsent(id, key -> new Waiting(definition, new CompletableFuture<>()))
            .outcome();
    SagaOutcome already = recent.get(id);
    if (already != null) {
      ended(definition, id, already);
    }
    // Each caller has a future of its own: cancelling one does not cancel the others'.
    return shared.copy();
  }

  void ended(SagaDefinition<?> definition, UUID id, SagaOutcome outcome) {
    recent.put(id, outcome);
    Waiting who = waiting.remove(id);
    if (who != null) {
      who.outcome().complete(outcome);
    }
  }

  void close() {
    UnavailableException gone =
        new UnavailableException("the engine is shut down; another process carries on");
    waiting.values().forEach(who -> who.outcome().completeExceptionally(gone));
    waiting.clear();
  }

  private void look() {
    Map<SagaDefinition<?>, List<UUID>> byDefinition = new HashMap<>();
    waiting.forEach(
        (id, who) ->
            byDefinition.computeIfAbsent(who.definition(), d -> new ArrayList<>()).add(id));
    byDefinition.forEach(
        (definition, ids) -> {
          for (int from = 0; from < ids.size(); from += LOOK_LIMIT) {
            look(definition, ids.subList(from, Math.min(ids.size(), from + LOOK_LIMIT)));
          }
        });
  }

  private void look(SagaDefinition<?> definition, List<UUID> ids) {
    Function<Collection<UUID>, Map<UUID, SagaOutcome>> history =
        definition.history() == null ? journal::ended : definition.history();
    try {
      history.apply(ids).forEach((id, outcome) -> ended(definition, id, outcome));
    } catch (TechCorpException e) {
      log.warn("Looking for outcomes failed, will be repeated: {}", e.getMessage());
    } catch (Throwable e) {
      log.error("Looking for outcomes failed, will be repeated", e);
      faults.caught(e);
    }
  }
}
