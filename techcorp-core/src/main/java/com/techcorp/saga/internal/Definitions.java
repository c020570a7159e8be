package com.techcorp.saga.internal;

import com.techcorp.error.WiringException;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.Step;
import com.techcorp.saga.spi.SagaJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The definitions this build can run, by name and version. */
final class Definitions {
  private final Map<String, SagaDefinition<?>> byKey = new LinkedHashMap<>();

  Definitions(Collection<SagaDefinition<?>> definitions) {
    for (SagaDefinition<?> definition : definitions) {
      if (byKey.putIfAbsent(key(definition.name(), definition.version()), definition) != null) {
        throw new WiringException(
            "two definitions of saga "
                + definition.name()
                + " version "
                + definition.version()
                + ": give one another version");
      }
    }
  }

  Optional<SagaDefinition<?>> find(String name, int version) {
    return Optional.ofNullable(byKey.get(key(name, version)));
  }

  boolean has(SagaDefinition<?> definition) {
    return byKey.get(key(definition.name(), definition.version())) == definition;
  }

  /** Returns the services that the remote steps call. */
  Set<String> services() {
    Set<String> services = new TreeSet<>();
    for (SagaDefinition<?> definition : byKey.values()) {
      for (Step<?> step : definition.steps()) {
        if (step instanceof RemoteStep<?> remote) {
          services.add(service(definition, remote));
        }
      }
    }
    return services;
  }

  /** Returns the service that a step calls; a step without a name has a service of its own. */
  static String service(SagaDefinition<?> definition, RemoteStep<?> step) {
    String named = step.service();
    return named == null ? definition.name() + "." + step.name() : named;
  }

  /** All, with the time that the longest of their steps may take. */
  List<SagaJournal.Claimable> runnable(Duration lease) {
    return byKey.values().stream()
        .map(
            known ->
                new SagaJournal.Claimable(known.name(), known.version(), longest(known, lease)))
        .toList();
  }

  private static Duration longest(SagaDefinition<?> definition, Duration lease) {
    return definition.steps().stream()
        .map(step -> JournalEntries.moveWithin(step, lease))
        .max(Comparator.naturalOrder())
        .orElse(lease);
  }

  /**
   * Returns the definitions that live sagas need and this build lacks, in sentences that say what
   * to change.
   */
  List<String> missing(Map<SagaJournal.Needed, Long> needed) {
    List<String> problems = new ArrayList<>();
    needed.forEach(
        (need, count) -> {
          Optional<SagaDefinition<?>> found = find(need.definition(), need.version());
          String what =
              count
                  + " live saga(s) of "
                  + need.definition()
                  + " version "
                  + need.version()
                  + " at step "
                  + need.step();
          if (found.isEmpty()) {
            problems.add(
                what
                    + ": this build has no such version. Register it beside the new one until they"
                    + " are done; until then they are left to nodes that have it");
          } else if (found.get().indexOf(need.step()) < 0) {
            problems.add(
                what
                    + ": this build's definition has no such step. A definition whose steps change"
                    + " needs a new version");
          }
        });
    return problems;
  }

  private static String key(String name, int version) {
    return name + "#" + version;
  }
}
