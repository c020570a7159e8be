package com.techcorp.bench;

import com.techcorp.saga.EngineOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The benchmark's command line. */
final class BenchOptions {
  private static final int MOST_CLIENTS = 1_000;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      split = ",",
      description = "What to run: ${COMPLETION-CANDIDATES}. Default: uniform")
  List<Load> scenarios = new ArrayList<>();

  @Option(
      names = "--clients",
      paramLabel = "N",
      split = ",",
      description = "Numbers of clients that each wait for an order. Default: 1,16,64,256")
  List<Integer> clients = new ArrayList<>();

  @Option(
      names = "--provider",
      paramLabel = "MS",
      split = ",",
      description = "How many milliseconds the payment provider takes. Default: 0,20")
  List<Integer> provider = new ArrayList<>();

  @Option(names = "--rounds", paramLabel = "N", description = "Default: 3")
  @Nullable Integer rounds;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Measured seconds of each slice; the warm-up is half of it. Default: 5")
  @Nullable Double seconds;

  @Option(
      names = "--contenders",
      paramLabel = "NAME",
      split = ",",
      converter = ContenderText.class,
      description = "engine, two-commit, commit-a-step. Default: all")
  List<Contender> contenders = new ArrayList<>();

  @Option(
      names = "--pool",
      paramLabel = "N",
      description = "Connections of a floor. Default: the best of 4, 8, 16, 32, 64")
  @Nullable Integer pool;

  @Option(
      names = "--lane-workers",
      paramLabel = "N",
      description = "Of the engine. Default: its own")
  @Nullable Integer laneWorkers;

  @Option(names = "--max-batch", paramLabel = "N", description = "Of the engine. Default: its own")
  @Nullable Integer maxBatch;

  @Option(
      names = "--shared-buffers",
      paramLabel = "SIZE",
      defaultValue = "1GB",
      description = "Of the server. Default: ${DEFAULT-VALUE}")
  String sharedBuffers = "1GB";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text and exit")
  boolean help;

  Optional<String> problem() {
    if (clients().stream().anyMatch(n -> n < 1 || n > MOST_CLIENTS)) {
      return Optional.of("--clients must be 1 to " + MOST_CLIENTS);
    }
    if (provider.stream().anyMatch(ms -> ms < 0)) {
      return Optional.of("--provider must not be negative");
    }
    if (rounds() < 1 || (seconds != null && seconds <= 0)) {
      return Optional.of("--rounds and --seconds must be positive");
    }
    return Optional.empty();
  }

  List<Integer> clients() {
    return clients.isEmpty() ? List.of(1, 16, 64, 256) : clients;
  }

  int rounds() {
    return rounds == null ? 3 : rounds;
  }

  List<Contender> contenders() {
    return contenders.isEmpty() ? Contender.all() : contenders;
  }

  SliceTimes times() {
    long millis = Math.round((seconds == null ? 5 : seconds) * 1_000);
    return new SliceTimes(Duration.ofMillis(millis / 2), Duration.ofMillis(millis));
  }

  EngineOptions engine() {
    EngineOptions engine = EngineOptions.DEFAULT;
    if (laneWorkers != null) {
      engine = engine.laneWorkers(laneWorkers);
    }
    return maxBatch == null ? engine : engine.maxBatch(maxBatch);
  }

  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (Load load : scenarios.isEmpty() ? List.of(Load.UNIFORM) : scenarios) {
      for (int millis : provider.isEmpty() ? List.of(0, 20) : provider) {
        for (int n : clients()) {
          cells.add(new Cell(load, n, Duration.ofMillis(millis)));
        }
      }
    }
    return cells;
  }
}
