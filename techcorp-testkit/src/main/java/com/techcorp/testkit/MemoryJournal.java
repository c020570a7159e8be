package com.techcorp.testkit;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.techcorp.error.Failure;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.Signal;
import com.techcorp.saga.spi.JournalRules;
import com.techcorp.saga.spi.JournalState;
import com.techcorp.saga.spi.JournalState.Live;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Live sagas, their signals and the history of finished ones, in memory. */
final class MemoryJournal implements SagaJournal {
  private final MemoryDatabase database;
  private final MemoryNodes nodes;
  private final MemoryTable<UUID, MemorySaga> sagas;
  private final MemoryTable<UUID, List<Signal>> signals;
  private final MemoryTable<UUID, SagaOutcome> history;

  MemoryJournal(MemoryDatabase database, MemoryNodes nodes) {
    this.database = database;
    this.nodes = nodes;
    this.sagas = new MemoryTable<>(database);
    this.signals = new MemoryTable<>(database);
    this.history = new MemoryTable<>(database);
    nodes.whenEnded(this::free);
  }

  @Nullable Failure apply(SagaEffect effect, @Nullable Fence fence) {
    return JournalRules.decide(effect, stateOf(effect.id()), fence)
        .ifAccepted(after -> store(effect, fence));
  }

  private JournalState stateOf(UUID id) {
    MemorySaga saga = sagas.get(id);
    return new JournalState(
        saga == null ? null : new Live(saga.owner(), saga.revision(), saga.signals()),
        history.has(id));
  }

  private void store(SagaEffect effect, @Nullable Fence fence) {
    if (effect instanceof SagaEffect.Create create) {
      put(MemorySaga.created(create, fence, database.now()));
    } else if (effect instanceof SagaEffect.Advance advance) {
      MemorySaga saga = Objects.requireNonNull(sagas.get(advance.id()));
      put(saga.advanced(advance.position(), advance.handled(), database.now()));
    } else if (effect instanceof SagaEffect.Finish finish) {
      sagas.remove(finish.id());
      signals.remove(finish.id());
    } else {
      SagaEffect.Archive archive = (SagaEffect.Archive) effect;
      history.put(archive.id(), new SagaOutcome(archive.failure()));
    }
  }

  private void put(MemorySaga saga) {
    sagas.put(saga.id(), saga);
  }

  /** Makes the sagas of a lost epoch due, for anyone. */
  private int free(Fence lost) {
    List<MemorySaga> orphans = sagas.rows().filter(saga -> lost.equals(saga.owner())).toList();
    orphans.forEach(saga -> put(saga.freed(database.now())));
    return orphans.size();
  }

  @Override
  public Optional<SagaInstance> find(UUID id) {
    return database.transaction(
        () -> Optional.ofNullable(sagas.get(id)).map(saga -> saga.instance(database.now())));
  }

  @Override
  public List<SagaInstance> list(SagaFilter filter) {
    return database.transaction(
        () ->
            sagas
                .rows()
                .filter(
                    saga ->
                        filter.definition() == null
                            || filter.definition().equals(saga.definition()))
                .filter(saga -> filter.state() == null || filter.state() == saga.position().state())
                .sorted(Comparator.comparing(MemorySaga::updatedAt))
                .limit(filter.limit())
                .map(saga -> saga.instance(database.now()))
                .toList());
  }

  @Override
  public List<SagaInstance> claimDue(
      Fence fence, Collection<Claimable> runnable, int limit, Set<UUID> except) {
    return database.transaction(
        () -> {
          nodes.requireLease(fence);
          Instant now = database.now();
          Map<Needed, Duration> moveWithin = new HashMap<>();
          runnable.forEach(
              known ->
                  moveWithin.put(
                      new Needed(known.definition(), known.version(), ""), known.moveWithin()));
          List<MemorySaga> due =
              sagas
                  .rows()
                  .filter(saga -> saga.dueAt(now) && !except.contains(saga.id()))
                  .filter(saga -> moveWithin.containsKey(definitionOf(saga)))
                  .sorted(MemorySaga.BY_NEXT_RUN)
                  .limit(limit)
                  .toList();
          List<SagaInstance> claimed = new ArrayList<>();
          for (MemorySaga before : due) {
            Duration within = Objects.requireNonNull(moveWithin.get(definitionOf(before)));
            MemorySaga after = before.claimed(fence, within, now);
            put(after);
            claimed.add(after.claimedFrom(before, now));
          }
          return claimed;
        });
  }

  private static Needed definitionOf(MemorySaga saga) {
    return new Needed(saga.definition(), saga.version(), "");
  }

  @Override
  public List<UUID> release(Fence owner, Collection<UUID> ids) {
    return database.transaction(
        () ->
            released(
                sagas.rows().filter(saga -> ids.contains(saga.id()) && owner.equals(saga.owner())),
                Integer.MAX_VALUE));
  }

  @Override
  public List<UUID> handOver(Fence owner, Collection<UUID> ids) {
    return database.transaction(
        () -> {
          Instant now = database.now();
          List<MemorySaga> mine =
              sagas
                  .rows()
                  .filter(saga -> ids.contains(saga.id()) && owner.equals(saga.owner()))
                  .toList();
          mine.forEach(saga -> put(saga.freed(now)));
          return mine.stream().map(MemorySaga::id).toList();
        });
  }

  @Override
  public List<UUID> releaseStuck(int limit) {
    return database.transaction(() -> released(sagas.rows(), limit));
  }

  private List<UUID> released(Stream<MemorySaga> of, int limit) {
    Instant now = database.now();
    List<MemorySaga> stuck =
        of.filter(saga -> saga.stuckAt(now)).sorted(MemorySaga.BY_MOVE).limit(limit).toList();
    stuck.forEach(saga -> put(saga.freed(now)));
    return stuck.stream().map(MemorySaga::id).toList();
  }

  @Override
  public List<UUID> extend(Fence owner, Collection<UUID> ids, Duration moveWithin) {
    return database.transaction(
        () -> {
          Instant until = database.now().plus(moveWithin);
          List<MemorySaga> mine =
              sagas
                  .rows()
                  .filter(saga -> ids.contains(saga.id()) && owner.equals(saga.owner()))
                  .toList();
          mine.forEach(saga -> put(saga.extended(until)));
          return mine.stream().map(MemorySaga::id).toList();
        });
  }

  @Override
  public boolean signal(UUID id, Signal signal) {
    return database.transaction(
        () -> {
          MemorySaga saga = sagas.get(id);
          if (saga == null) {
            return false;
          }
          List<Signal> all = new ArrayList<>(sent(id));
          all.add(signal);
          signals.put(id, List.copyOf(all));
          put(saga.signalled(database.now()));
          return true;
        });
  }

  private List<Signal> sent(UUID id) {
    List<Signal> sent = signals.get(id);
    return sent == null ? List.of() : sent;
  }

  @Override
  public List<Signal> signals(UUID id) {
    return database.transaction(() -> sent(id));
  }

  @Override
  public Map<UUID, SagaOutcome> ended(Collection<UUID> ids) {
    return database.transaction(
        () -> {
          Map<UUID, SagaOutcome> ended = new HashMap<>();
          for (UUID id : ids) {
            SagaOutcome outcome = history.get(id);
            if (outcome != null) {
              ended.put(id, outcome);
            }
          }
          return ended;
        });
  }

  @Override
  public Map<Needed, Long> needed() {
    return database.transaction(
        () ->
            sagas
                .rows()
                .collect(
                    groupingBy(
                        saga ->
                            new Needed(saga.definition(), saga.version(), saga.position().step()),
                        counting())));
  }
}
