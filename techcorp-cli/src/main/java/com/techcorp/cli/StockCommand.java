package com.techcorp.cli;

import com.techcorp.StockDrift;
import com.techcorp.inventory.DriftReport;
import com.techcorp.inventory.DriftReport.Difference;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.redis.RedisCache;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares the counters in Redis with the stock, and repairs them; see {@link StockDrift}. */
@Command(
    name = "stock",
    mixinStandardHelpOptions = true,
    description = "Compares the counters of available units in Redis with the stock.")
final class StockCommand {
  private final Map<String, String> env;

  @Spec private CommandSpec spec = CommandSpec.create();

  StockCommand(Map<String, String> env) {
    this.env = env;
  }

  @Command(
      name = "drift",
      mixinStandardHelpOptions = true,
      description = "Lists counters that are absent, behind or wrong, and changes nothing.",
      exitCodeOnExecutionException = CheckCommand.ERROR,
      footer = {
        "",
        "Exit codes: 0 none, 1 there are some, 2 wrong usage, or Redis or the database cannot be read."
      })
  int drift(@Mixin DatabaseOptions database, @Mixin CacheOptions redis) {
    DriftReport report = compare("drift", database, redis, StockDrift::measure);
    print(report);
    return report.isClean() ? CheckCommand.CLEAN : CheckCommand.VIOLATIONS;
  }

  @Command(
      name = "repair",
      mixinStandardHelpOptions = true,
      description = "Puts right all counters that drift lists. Repeat it after exit code 1.")
  int repair(@Mixin DatabaseOptions database, @Mixin CacheOptions redis) {
    print(compare("repair", database, redis, StockDrift::repair));
    spec.commandLine().getOut().println("repaired");
    return OperatorCommand.DONE;
  }

  private DriftReport compare(
      String command,
      DatabaseOptions database,
      CacheOptions redis,
      Function<StockDrift, DriftReport> comparison) {
    if (!database.isGiven()) {
      throw new ParameterException(
          spec.subcommands().get(command), "--url must name the database of the stock");
    }
    PostgresStorage storage =
        PostgresStorage.builder(database.dataSource(env)).schemas(database.schemas()).build();
    try (RedisCache cache = redis.connected(env)) {
      return comparison.apply(StockDrift.between(storage.stock(), cache.counters()));
    }
  }

  private void print(DriftReport report) {
    PrintWriter out = spec.commandLine().getOut();
    for (Difference difference : report.differences()) {
      out.println(difference.text());
    }
    long listed = report.differences().size();
    if (listed < report.total()) {
      out.printf(Locale.ROOT, "and %d more%n", report.total() - listed);
    }
    out.printf(
        Locale.ROOT,
        "%d products: %d counters absent, %d behind, %d wrong%n",
        report.products(),
        report.absent(),
        report.behind(),
        report.wrong());
  }
}
