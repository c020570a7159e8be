package com.techcorp.examples.demo;

import com.techcorp.error.TechCorpException;
import com.techcorp.servers.postgres.PostgresServer;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The demo, {@code mvn -q -Pdemo}: takes orders on a real PostgreSQL and checks what came of them.
 */
@Command(
    name = "techcorp-demo",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Takes orders on a real PostgreSQL, from the bundled carts, and checks afterwards that nothing"
          + " was oversold, charged twice or lost.",
      ""
    },
    footer = {
      "",
      "Server: with TECHCORP_POSTGRES_URL (a JDBC address whose user may create databases) a fresh"
          + " database there, dropped at the end, or --database; else a PostgreSQL of the demo's"
          + " own. fsync is on.",
      "Sessions of --auth: with TECHCORP_REDIS_URL in that Redis, under keys of the run's own, which"
          + " expire by themselves; else inside the process.",
      "Ctrl-C: places no more orders, finishes those under way, and checks as always.",
      "Exit codes: 0 all clean, 1 an invariant is broken or an order was late, 2 wrong usage or no way to run.",
      "",
      "With Maven: mvn -q -Pdemo -Ddemo.args=\"--orders 5000 --decline 0.1\""
    })
public final class Runner implements Callable<Integer> {
  @Mixin private RunnerOptions options = new RunnerOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final Drain drain;

  private Runner(Drain drain) {
    this.drain = drain;
  }

  /**
   * Runs the demo and ends the JVM unless all is clean.
   *
   * @param args {@code --help} tells
   */
  public static void main(String[] args) {
    Drain drain = new Drain();
    int code;
    try {
      code = commandLine(drain).execute(args);
    } finally {
      drain.done();
    }
    // Maven's exec:java goes on after main, so a clean run just returns.
    if (code != ExitCode.CLEAN) {
      System.exit(code);
    }
  }

  static CommandLine commandLine(Drain drain) {
    return new CommandLine(new Runner(drain))
        .setParameterExceptionHandler(
            (e, args) -> {
              e.getCommandLine().getErr().println(e.getMessage() + "\n--help tells the options.");
              return ExitCode.ERROR;
            })
        .setExecutionExceptionHandler(
            (e, line, parsed) -> {
              line.getErr().println("The demo cannot go on. " + explained(e));
              return ExitCode.ERROR;
            });
  }

  /** What went wrong, and what to do where that is known. */
  private static String explained(Exception e) {
    if (e instanceof IllegalArgumentException) {
      return e.getMessage() + "\nCorrect the file, or leave --files out to use the bundled data.";
    }
    if (e instanceof CannotGoOnException) {
      return String.valueOf(e.getMessage());
    }
    if (e instanceof IllegalStateException && DemoDatabase.given() != null) {
      return e.getMessage()
          + "\nIs the address in "
          + PostgresServer.URL_VARIABLE
          + " right, and the server up? Without that variable the demo starts a server itself.";
    }
    boolean told =
        e instanceof TechCorpException
            || e instanceof IllegalStateException
            || e instanceof UncheckedIOException;
    return told ? String.valueOf(e.getMessage()) : "This is a defect: " + e;
  }

  @Override
  public Integer call() throws Exception {
    options.problem().ifPresent(this::fail);
    Screen screen = new Screen(System.out, !options.plain && CommandLine.Help.Ansi.AUTO.enabled());
    return new Demo(options, screen, drain).run();
  }

  private void fail(String text) {
    throw new ParameterException(spec.commandLine(), text);
  }
}
