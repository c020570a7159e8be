package com.techcorp.cli;

import com.techcorp.error.WiringException;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.redis.RedisCache;
import com.techcorp.redis.RedisCheck;
import com.techcorp.redis.RedisReport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks what the library keeps in Redis; see {@link RedisCheck}. */
@Command(
    name = "check-redis",
    mixinStandardHelpOptions = true,
    description =
        "Checks what is in Redis: times to live, stored tokens, sessions and the lists of them;"
            + " with --url, also whether the counters of available units agree with the stock of"
            + " that database.",
    exitCodeOnExecutionException = CheckCommand.ERROR,
    footer = {
      "",
      "Exit codes: 0 clean, 1 violations, 2 wrong usage, or Redis or the database cannot be read."
    })
final class CheckRedisCommand implements Callable<Integer> {
  private final Map<String, String> env;

  @Mixin private CacheOptions redis = new CacheOptions();

  @Mixin private DatabaseOptions database = new DatabaseOptions();

  @Option(
      names = "--lifetime",
      defaultValue = "P7D",
      converter = IsoDuration.class,
      description = "Of the application's sessions; default ${DEFAULT-VALUE}.")
  private Duration lifetime = Duration.ofDays(7);

  @Option(
      names = "--slack",
      defaultValue = "PT2S",
      converter = IsoDuration.class,
      description =
          "How long an end of a session, or the write of a counter, may take; default"
              + " ${DEFAULT-VALUE}.")
  private Duration slack = Duration.ofSeconds(2);

  @Option(names = "--idle-time-out", description = "The application's sessions have one.")
  private boolean idleTimeOut;

  @Spec private CommandSpec spec = CommandSpec.create();

  CheckRedisCommand(Map<String, String> env) {
    this.env = env;
  }

  @Override
  public Integer call() {
    try (RedisCache cache = redis.connected(env)) {
      RedisReport report = check(cache).run();
      spec.commandLine().getOut().print(report.text());
      spec.commandLine().getOut().flush();
      return report.isClean() ? CheckCommand.CLEAN : CheckCommand.VIOLATIONS;
    }
  }

  private RedisCheck check(RedisCache cache) {
    RedisCheck check;
    try {
      check =
          RedisCheck.on(cache).withLifetime(lifetime).withSlack(slack).withIdleTimeOut(idleTimeOut);
    } catch (WiringException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    if (!database.isGiven()) {
      return check;
    }
    PostgresStorage storage =
        PostgresStorage.builder(database.dataSource(env)).schemas(database.schemas()).build();
    return check.withStock(storage.stock());
  }
}
