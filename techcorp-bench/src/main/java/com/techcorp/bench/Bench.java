package com.techcorp.bench;

import com.techcorp.bench.database.Verification;
import com.techcorp.bench.plan.BenchOptions;
import com.techcorp.bench.text.Screen;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmark, {@code mvn -q -Pbench}. */
@Command(
    name = "techcorp-bench",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Runs the order workload on the engine and on hand-written JDBC, on one PostgreSQL, in turn;"
          + " checks every order afterwards.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 measured and all clean, 1 an order failed or an invariant is broken, 2 wrong usage.",
      "",
      "With Maven: mvn -q -Pbench -Dbench.args=\"quick\""
    })
public final class Bench implements Callable<Integer> {
  static final int CLEAN = 0;
  static final int BROKEN = 1;
  static final int USAGE = 2;

  @Mixin private BenchOptions options = new BenchOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private Bench() {}

  /**
   * Runs the benchmark and ends the JVM unless all is clean.
   *
   * @param args {@code --help} tells
   */
  public static void main(String[] args) {
    int code = commandLine().execute(args);
    // Maven's exec:java goes on after main, so a clean run just returns.
    if (code != CLEAN) {
      System.exit(code);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Bench())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (e, args) -> {
              e.getCommandLine().getErr().println(e.getMessage() + "\n--help tells the options.");
              return USAGE;
            })
        .setExecutionExceptionHandler(
            (e, line, parsed) -> {
              if (e instanceof Verification.FailedException) {
                line.getErr().println("The figures are worth nothing, " + e.getMessage());
              } else {
                e.printStackTrace(line.getErr());
              }
              return BROKEN;
            });
  }

  @Override
  public Integer call() throws InterruptedException {
    options
        .problem()
        .ifPresent(
            text -> {
              throw new ParameterException(spec.commandLine(), text);
            });
    new BenchRun(options, new Screen(System.out)).run();
    return CLEAN;
  }
}
