package com.techcorp.bench.plan;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.workload.Load;
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
public final class BenchOptions {
  private static final int MOST_CLIENTS = 1_000;
  private static final int ROUNDS = 3;
  private static final int LONGER = 3;

  private static final List<Integer> REFRESHERS = List.of(1, 16, 64);

  private static final List<Integer> BUYERS = List.of(64);

  /** Each user of the scenario auth has so many. */
  private static final int LEAST_SESSIONS = 10;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODE",
      defaultValue = "quick",
      description =
          "quick: a quarter of an hour; full: an hour and a half. Default: ${DEFAULT-VALUE}")
  private Mode mode = Mode.QUICK;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}")
  private List<Scenario> scenarios = new ArrayList<>();

  @Option(
      names = "--tables",
      paramLabel = "STATE",
      split = ",",
      description = "Only on these tables: ${COMPLETION-CANDIDATES}")
  private List<Tables> tables = new ArrayList<>();

  @Option(
      names = "--clients",
      paramLabel = "N",
      split = ",",
      description =
          "Only with so many clients, each waiting for its order: 1,16,64,256. In the scenario auth,"
              + " each waiting for its refresh: 1,16,64. In the scenario counters, each buying what is"
              + " in stock: 64")
  private List<Integer> clients = new ArrayList<>();

  @Option(
      names = "--provider",
      paramLabel = "MS",
      split = ",",
      description = "Only with a payment provider that takes so many milliseconds: 0,20")
  private List<Integer> provider = new ArrayList<>();

  @Option(
      names = "--contenders",
      paramLabel = "NAME",
      split = ",",
      converter = ContenderText.class,
      description = "Only these: engine, two-commit, commit-a-step")
  private List<Contender> contenders = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "" + ROUNDS,
      description = "Default: ${DEFAULT-VALUE}")
  private int rounds = ROUNDS;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "Measured seconds of each slice, after a warm-up of half of it. Default: quick 2, full 5")
  private @Nullable Double seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description =
          "Seconds that each contender runs before anything is measured, for the JVM to compile what"
              + " is hot. Default: quick 30, full 60")
  private @Nullable Double warmUp;

  @Option(
      names = "--pool",
      paramLabel = "N",
      description = "Connections of a floor. Default: the best of 4, 8, 16, 32, 64")
  private @Nullable Integer pool;

  @Option(
      names = "--commit-threads",
      paramLabel = "N",
      description = "Of the engine. Default: its own")
  private @Nullable Integer commitThreads;

  @Option(names = "--max-batch", paramLabel = "N", description = "Of the engine. Default: its own")
  private @Nullable Integer maxBatch;

  @Option(
      names = "--finished-orders",
      paramLabel = "N",
      description = "Orders in the tables called finished. Default: quick 200,000, full 2,000,000")
  private @Nullable Long finishedOrders;

  @Option(
      names = "--orders",
      paramLabel = "N",
      description =
          "Orders of the scenarios relay, broker (three times as many) and heap. Default: quick 10,000,"
              + " 10,000 and 20,000, full 100,000, 100,000 and 200,000")
  private @Nullable Long orders;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description = "Sessions in Redis of the scenario auth. Default: quick 20,000, full 1,000,000")
  private @Nullable Long sessions;

  @Option(
      names = "--statements",
      description = "Print for each contender which statements take the server's time")
  private boolean statements;

  @Option(
      names = "--shared-buffers",
      paramLabel = "SIZE",
      defaultValue = "1GB",
      description = "Of the server. Default: ${DEFAULT-VALUE}")
  private String sharedBuffers = "1GB";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Keep the server's data in this directory: the next run finds the finished orders there."
              + " Default: a temporary directory")
  private @Nullable Path data;

  @Option(
      names = "--docs",
      paramLabel = "FILE",
      description =
          "Write the results into this page, between its markers, and a picture beside it. Default:"
              + " docs/benchmarks.md, and nothing if only a part is run")
  private @Nullable Path docs;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text and exit")
  @SuppressWarnings("UnusedVariable")
  private boolean help;

  public Optional<String> problem() {
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
    if (sessions != null && sessions < LEAST_SESSIONS) {
      return Optional.of("--sessions must be at least " + LEAST_SESSIONS);
    }
    return Optional.empty();
  }

  public Mode mode() {
    return mode;
  }

  public int rounds() {
    return rounds;
  }

  /** Connections of a floor; null: as many as it is fastest with. */
  public @Nullable Integer pool() {
    return pool;
  }

  /** Whether to tell which statements take the server's time. */
  public boolean statements() {
    return statements;
  }

  public String sharedBuffers() {
    return sharedBuffers;
  }

  /** Where the server's data is kept; null: nowhere. */
  public @Nullable Path data() {
    return data;
  }

  /** Whether only a part is run. */
  private boolean partial() {
    return !scenarios.isEmpty()
        || !tables.isEmpty()
        || !clients.isEmpty()
        || !provider.isEmpty()
        || !contenders.isEmpty();
  }

  public Set<Scenario> scenarios() {
    if (!scenarios.isEmpty()) {
      return EnumSet.copyOf(scenarios);
    }
    return partial() ? EnumSet.of(Scenario.UNIFORM) : EnumSet.allOf(Scenario.class);
  }

  /** The mode's own conditions, or all combinations of those that are asked for. */
  public List<Condition> cells() {
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

  public List<Contender> contenders(Condition cell) {
    return contenders.isEmpty() ? mode.contenders(cell) : contenders;
  }

  /** For the scenarios beside the matrix. */
  public List<Contender> mainContenders() {
    return contenders.isEmpty() ? List.of(Contender.ENGINE, Contender.TWO_COMMIT) : contenders;
  }

  public SliceTimes times() {
    return seconds == null ? mode.times() : times(seconds);
  }

  public Duration warmUp() {
    return warmUp == null ? mode.warmUp() : Duration.ofMillis(Math.round(warmUp * 1_000));
  }

  public SliceTimes readerTimes() {
    return seconds == null ? mode.readerTimes() : times(seconds);
  }

  public SliceTimes trustTimes() {
    return seconds == null ? mode.trustTimes() : times(seconds);
  }

  private static SliceTimes times(double seconds) {
    long millis = Math.round(seconds * 1_000);
    return new SliceTimes(Duration.ofMillis(millis / 2), Duration.ofMillis(millis));
  }

  public long finishedOrders() {
    return finishedOrders == null ? mode.finishedOrders() : finishedOrders;
  }

  public long relayedOrders() {
    return orders == null ? mode.relayedOrders() : orders;
  }

  /** Of as many orders as take some seconds: their events alone are quicker than the orders. */
  public long relayedEvents() {
    return EngineShop.EVENTS_AN_ORDER * LONGER * relayedOrders();
  }

  public long heapOrders() {
    return orders == null ? mode.heapOrders() : orders;
  }

  /** Clients of the scenario auth who refresh, one measurement for each number. */
  public List<Integer> refreshers() {
    return clients.isEmpty() ? REFRESHERS : List.copyOf(clients);
  }

  /** Clients of the scenario counters who buy what is there, one measurement for each number. */
  public List<Integer> buyers() {
    return clients.isEmpty() ? BUYERS : List.copyOf(clients);
  }

  /** In Redis, in the scenario auth. */
  public long sessions() {
    return sessions == null ? mode.sessions() : sessions;
  }

  public EngineOptions engine() {
    EngineOptions engine = EngineOptions.DEFAULT;
    if (commitThreads != null) {
      engine = engine.withCommitThreads(commitThreads);
    }
    return maxBatch == null ? engine : engine.withMaxBatch(maxBatch);
  }

  /** Where results go; empty: only to the screen. */
  public Optional<Path> docs() {
    if (docs != null) {
      return Optional.of(docs);
    }
    String root = System.getProperty("maven.multiModuleProjectDirectory", "");
    return partial() ? Optional.empty() : Optional.of(Path.of(root, "docs", "benchmarks.md"));
  }
}
