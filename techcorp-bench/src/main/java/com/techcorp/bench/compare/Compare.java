package com.techcorp.bench.compare;

import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.text.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares the engine of two builds; the script {@code techcorp-bench/compare} makes them. */
@Command(
    name = "compare",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Runs the order workload on two builds of the engine in turn, on one PostgreSQL with fsync on,"
          + " and says whether the later one (B) is as fast as the earlier one (A).",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 not slower, 1 slower, 2 wrong usage, 3 an order failed or an invariant is broken."
    })
public final class Compare implements Callable<Integer> {
  static final int NOT_SLOWER = 0;
  static final int SLOWER = 1;
  static final int USAGE = 2;
  static final int BROKEN = 3;

  private static final int MOST_CLIENTS = 1_000;

  @Option(
      names = "--before",
      required = true,
      paramLabel = "PATH",
      description = "Class path of A, with its CompareWorker")
  private String before = "";

  @Option(
      names = "--after",
      required = true,
      paramLabel = "PATH",
      description = "Class path of B, with its CompareWorker")
  private String after = "";

  @Option(
      names = "--clients",
      paramLabel = "N",
      split = ",",
      description = "Numbers of clients, each waiting for its order. Default: 16,64,256")
  private List<Integer> clients = new ArrayList<>();

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "12",
      description =
          "Least number of pairs; while the interval is too wide, up to three times as many."
              + " Default: ${DEFAULT-VALUE}")
  private int pairs;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "5",
      description = "Measured time of each run. Default: ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = "--warm",
      paramLabel = "S",
      defaultValue = "60",
      description = "How long each JVM runs before its first pair. Default: ${DEFAULT-VALUE}")
  private double warm;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the intervals; another one makes them differ in the third digit")
  private @Nullable Long seed;

  @Option(
      names = "--refusals",
      description =
          "Compare how many refusals a second 256 clients get of a sold-out product: at least twice"
              + " as many as of A if they are recorded, 20 times as many by SoldOut. Exit code 0:"
              + " enough, 1: not")
  private boolean refusals;

  @Option(
      names = "--shared-buffers",
      paramLabel = "SIZE",
      defaultValue = "1GB",
      description = "Of the server. Default: ${DEFAULT-VALUE}")
  private String sharedBuffers = "1GB";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text and exit")
  @SuppressWarnings("UnusedVariable")
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Compare() {}

  /**
   * Compares, and ends the JVM with the result.
   *
   * @param args {@code --help} tells
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Compare())
        .setParameterExceptionHandler(
            (e, args) -> {
              e.getCommandLine().getErr().println(e.getMessage() + "\n--help tells the options.");
              return USAGE;
            })
        .setExecutionExceptionHandler(
            (e, line, parsed) -> {
              if (e instanceof Verification.FailedException) {
                line.getErr().println("There is no result, " + e.getMessage());
              } else {
                e.printStackTrace(line.getErr());
              }
              return BROKEN;
            });
  }

  @Override
  public Integer call() {
    problem()
        .ifPresent(
            text -> {
              throw new ParameterException(spec.commandLine(), text);
            });
    Screen screen = new Screen(System.out);
    Comparison.Settings settings = settings();
    screen.line("Seed of the intervals: %d", settings.seed());
    if (refusals) {
      return refusals(settings, screen);
    }
    CompareVerdict result = new CompareVerdict(compare(settings, screen));
    result.text().forEach(line -> screen.line("%s", line));
    return result.notSlower() ? NOT_SLOWER : SLOWER;
  }

  private Optional<String> problem() {
    if (clients.stream().anyMatch(n -> n < 1 || n > MOST_CLIENTS)) {
      return Optional.of("--clients must be 1 to " + MOST_CLIENTS);
    }
    return pairs < 1 || seconds < 0.001 || warm < 0.001
        ? Optional.of("--pairs, --seconds and --warm must be positive")
        : Optional.empty();
  }

  private Comparison.Settings settings() {
    return new Comparison.Settings(
        clients.isEmpty() ? List.of(16, 64, 256) : clients,
        pairs,
        Math.round(seconds * 1_000),
        Math.round(warm * 1_000),
        seed == null ? ThreadLocalRandom.current().nextLong() : seed);
  }

  private List<Pairs> compare(Comparison.Settings settings, Screen screen) {
    try (BenchServer server = BenchServer.start(sharedBuffers, 0, null, screen)) {
      server.stopAutovacuum();
      screen.line("PostgreSQL %s; A and B run in turn", server.version());
      return new Comparison(
              () -> CompareProcesses.start(before, after, server, screen), settings, screen)
          .run();
    }
  }

  private int refusals(Comparison.Settings settings, Screen screen) {
    try (BenchServer server = BenchServer.start(sharedBuffers, 0, null, screen);
        Crowd threads =
            crowd("a thread each", List.of(RefusalWorker.class, SoldOutWorker.class), server);
        Crowd none =
            crowd(
                "no threads",
                List.of(AsyncRefusalWorker.class, AsyncSoldOutWorker.class),
                server)) {
      screen.line("PostgreSQL %s; A, B and B by SoldOut run in turn", server.version());
      boolean enough = new Refusals(List.of(threads.sides(), none.sides()), settings, screen).run();
      screen.line(
          "  every order checked: %s with a thread each, %s without",
          threads.check(), none.check());
      return enough ? NOT_SLOWER : SLOWER;
    }
  }

  /** The processes and databases of one kind of clients. */
  private record Crowd(
      String clients, List<CompareProcess> processes, List<BenchDatabase> databases)
      implements AutoCloseable {
    Refusals.Crowd sides() {
      return new Refusals.Crowd(clients, processes.get(0), processes.get(1), processes.get(2));
    }

    String check() {
      return String.format(
          Locale.ROOT,
          "%,d refused by A, %,d and %,d by B",
          processes.get(0).check(),
          processes.get(1).check(),
          processes.get(2).check());
    }

    @Override
    public void close() {
      processes.forEach(CompareProcess::close);
      databases.forEach(BenchDatabase::close);
    }
  }

  private Crowd crowd(String clients, List<Class<?>> workers, BenchServer server) {
    Crowd crowd = new Crowd(clients, new ArrayList<>(), new ArrayList<>());
    try {
      for (int i = 0; i < 3; i++) {
        BenchDatabase database = server.blank();
        crowd.databases().add(database);
        crowd.processes().add(start(workers.get(i / 2), i == 0 ? before : after, server, database));
      }
      return crowd;
    } catch (RuntimeException e) {
      crowd.close();
      throw e;
    }
  }

  private static CompareProcess start(
      Class<?> worker, String classPath, BenchServer server, BenchDatabase database) {
    return CompareProcess.start(worker, classPath, database.url(), server.pid());
  }
}
