package com.techcorp.cli;

import com.techcorp.error.WiringException;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.jdbc.InvariantReport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks the invariants of a database; see {@link InvariantCheck}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Checks whether all invariants hold in a database.",
    exitCodeOnExecutionException = CheckCommand.ERROR,
    footer = {
      "",
      "Exit codes: 0 clean, 1 violations, 2 wrong usage or a database that cannot be read."
    })
final class CheckCommand implements Callable<Integer> {
  static final int CLEAN = 0;
  static final int VIOLATIONS = 1;
  static final int ERROR = 2;

  private final Map<String, String> env;

  @Mixin private DatabaseOptions database = new DatabaseOptions();

  @Option(
      names = "--slack",
      defaultValue = "PT30S",
      converter = IsoDuration.class,
      description = "What may take so long is not late yet; default ${DEFAULT-VALUE}.")
  private Duration slack = Duration.ofSeconds(30);

  @Option(
      names = "--hold-cap",
      defaultValue = "PT15M",
      converter = IsoDuration.class,
      description = "How long a hold may stand past its time; default ${DEFAULT-VALUE}.")
  private Duration holdCap = Duration.ofMinutes(15);

  @Option(
      names = "--timeout",
      defaultValue = "PT10M",
      converter = IsoDuration.class,
      description = "Of each statement; default ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ofMinutes(10);

  @Option(names = "--settled", description = "Nothing is under way: nothing may wait.")
  private boolean settled;

  @Option(names = "--stock-elsewhere", description = "The inventory has a database of its own.")
  private boolean stockElsewhere;

  @Spec private CommandSpec spec = CommandSpec.create();

  CheckCommand(Map<String, String> env) {
    this.env = env;
  }

  @Override
  public Integer call() {
    InvariantCheck check;
    try {
      check =
          InvariantCheck.on(database.dataSource(env))
              .withSchemas(database.schemas())
              .withTimeout(timeout)
              .withSlack(slack)
              .withHoldCap(holdCap)
              .withSettled(settled)
              .withStockElsewhere(stockElsewhere);
    } catch (WiringException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    InvariantReport report = check.run();
    spec.commandLine().getOut().print(report.text());
    spec.commandLine().getOut().flush();
    return report.isClean() ? CLEAN : VIOLATIONS;
  }
}
