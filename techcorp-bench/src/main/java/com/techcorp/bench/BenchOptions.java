package com.techcorp.bench;

import com.techcorp.saga.EngineOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The benchmark's command line. */
final class BenchOptions {
  private static final int MOST_CLIENTS = 1_000;
  private static final int ROUNDS = 3;
  private static final int LONGER = 3;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODE",
      defaultValue = "quick",
      description =
          "quick: a quarter of an hour; full: an hour and a half. Default: ${DEFAULT-VALUE}")
  Mode mode = Mode.QUICK;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}")
  List<Scenario> scenarios = new ArrayList<>();

  @Option(
      names = "--tables",
      paramLabel = "STATE",
      split = ",",
      description = "Only on these tables: ${COMPLETION-CANDIDATES}")
  List<Tables> tables = new ArrayList<>();

  @Option(
      names = "--clients",
      paramLabel = "N",
      split = ",",
      description = "Only with so many clients, each waiting for its order: 1,16,64,256")
  List<Integer> clients = new ArrayList<>();

  @Option(
      names = "--provider",
      paramLabel = "MS",
      split = ",",
      description = "Only with a payment provider that takes so many milliseconds: 0,20")
  List<Integer> provider = new ArrayList<>();

  @Option(
      names = "--contenders",
      paramLabel = "NAME",
      split = ",",
      converter = ContenderText.class,
      description = "Only these: engine, two-commit, commit-a-step")
  List<Contender> contenders = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "" + ROUNDS,
      description = "Default: ${DEFAULT-VALUE}")
  int rounds = ROUNDS;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "Measured seconds of each slice, after a warm-up of half of it. Default: quick 2, full 5")
  @Nullable Double seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description =
          "Seconds that each contender runs before anything is measured, for the JVM to compile what"
              + " is hot. Default: quick 30, full 60")
  @Nullable Double warmUp;

  @Option(
      names = "--pool",
      paramLabel = "N",
      description = "Connections of a floor. Default: the best of 4, 8, 16, 32, 64")
  @Nullable Integer pool;

  @Option(
      names = "--commit-threads",
      paramLabel = "N",
      description = "Of the engine. Default: its own")
  @Nullable Integer commitThreads;

  @Option(names = "--max-batch", paramLabel = "N", description = "Of the engine. Default: its own")
  @Nullable Integer maxBatch;

  @Option(
      names = "--finished-orders",
      paramLabel = "N",
      description = "Orders in the tables called finished. Default: quick 200,000, full 2,000,000")
  @Nullable Long finishedOrders;

  @Option(
      names = "--orders",
      paramLabel = "N",
      description =
          "Orders of the scenarios relay, broker (three times as many) and heap. Default: quick 10,000,"
              + " 10,000 and 20,000, full 100,000, 100,000 and 200,000")
  @Nullable Long orders;

  @Option(
      names = "--statements",
      description = "Print for each contender which statements take the server's time")
  boolean statements;

  @Option(
      names = "--shared-buffers",
      paramLabel = "SIZE",
      defaultValue = "1GB",
      description = "Of the server. Default: ${DEFAULT-VALUE}")
  String sharedBuffers = "1GB";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Keep the server's data in this directory: the next run finds the finished orders there."
              + " Default: a temporary directory")
  @Nullable Path data;

  @Option(
      names = "--docs",
      paramLabel = "FILE",
      description =
          "Write the results into this page, between its markers, and a picture beside it. Default:"
              + " docs/benchmarks.md, and nothing if only a part is run")
  @Nullable Path docs;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text and exit")
  boolean help;

  Optional<String> problem() {
    if (clients.stream().anyMatch(n -> n < 1 || n > MOST_CLIENTS)) {
      return Optional.of("--clients must be 1 to " + MOST_CLIENTS);
    }
    if (provider.stream().anyMatch(ms -> ms < 0)) {
      return Optional.of("--provider must not be negative");
    }
    if (rounds < 1 || (seconds != null && seconds <= 0) || (warmUp != null && warmUp <= 0)) {
      return Optional.of("--rounds, --seconds and --warm-up must be positive");
    }
    if ((finishedOrders != null && finishedOrders < 1) || (orders != null && orders < 10)) {
      return Optional.of("--finished-orders must be positive, and --orders at least 10");
    }
    return Optional.empty();
  }

  /** Whether only a part is run. */
  boolean partial() {
    return !scenarios.isEmpty()
        || !tables.isEmpty()
        || !clients.isEmpty()
        || !provider.isEmpty()
        || !contenders.isEmpty();
  }

  Set<Scenario> scenarios() {
    if (!scenarios.isEmpty()) {
      return EnumSet.copyOf(scenarios);
    }
    return partial() ? EnumSet.of(Scenario.UNIFORM) : EnumSet.allOf(Scenario.class);
  }

  /** The mode's own conditions, or all combinations of those that are asked for. */
  List<Condition> cells() {
    if (!partial()) {
      return mode.cells();
    }
    List<Condition> cells = new ArrayList<>();
    for (Tables state : tables.isEmpty() ? List.of(Tables.EMPTY) : tables) {
      for (Load load : Load.values()) {
        for (int millis : provider.isEmpty() ? List.of(0, 20) : provider) {
          for (int n : clients.isEmpty() ? Mode.CLIENTS : clients) {
            cells.add(new Condition(load, state, Duration.ofMillis(millis), n));
          }
        }
      }
    }
    return cells.stream().filter(cell -> scenarios().contains(scenario(cell.load()))).toList();
  }

  private static Scenario scenario(Load load) {
    return load == Load.HOT ? Scenario.HOT : Scenario.UNIFORM;
  }

  List<Contender> contenders(Condition cell) {
    return contenders.isEmpty() ? mode.contenders(cell) : contenders;
  }

  /** For the scenarios beside the matrix. */
  List<Contender> mainContenders() {
    return contenders.isEmpty() ? List.of(Contender.ENGINE, Contender.TWO_COMMIT) : contenders;
  }

  SliceTimes times() {
    return seconds == null ? mode.times() : times(seconds);
  }

  Duration warmUp() {
    return warmUp == null ? mode.warmUp() : Duration.ofMillis(Math.round(warmUp * 1_000));
  }

  SliceTimes readerTimes() {
    return seconds == null ? mode.readerTimes() : times(seconds);
  }

  SliceTimes trustTimes() {
    return seconds == null ? mode.trustTimes() : times(seconds);
  }

  private static SliceTimes times(double seconds) {
    long millis = Math.round(seconds * 1_000);
    return new SliceTimes(Duration.ofMillis(millis / 2), Duration.ofMillis(millis));
  }

  long finishedOrders() {
    return finishedOrders == null ? mode.finishedOrders() : finishedOrders;
  }

  long relayedOrders() {
    return orders == null ? mode.relayedOrders() : orders;
  }

  /** Of as many orders as take some seconds: their events alone are quicker than the orders. */
  long relayedEvents() {
    return EventBacklog.EVENTS_AN_ORDER * LONGER * relayedOrders();
  }

  long heapOrders() {
    return orders == null ? mode.heapOrders() : orders;
  }

  EngineOptions engine() {
    EngineOptions engine = EngineOptions.DEFAULT;
    if (commitThreads != null) {
      engine = engine.withCommitThreads(commitThreads);
    }
    return maxBatch == null ? engine : engine.withMaxBatch(maxBatch);
  }

  /** Where results go; empty: only to the screen. */
  Optional<Path> docs() {
    if (docs != null) {
      return Optional.of(docs);
    }
    String root = System.getProperty("maven.multiModuleProjectDirectory", "");
    return partial() ? Optional.empty() : Optional.of(Path.of(root, "docs", "benchmarks.md"));
  }
}
