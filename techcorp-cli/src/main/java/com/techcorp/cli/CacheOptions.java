package com.techcorp.cli;

import com.techcorp.error.WiringException;
import com.techcorp.redis.RedisCache;
import com.techcorp.redis.RedisOptions;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a command that asks Redis, whose address comes from the environment. */
final class CacheOptions {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--key-prefix",
      defaultValue = "",
      paramLabel = "PREFIX",
      description = "Begins the names of all keys in Redis; default: nothing.")
  private String keyPrefix = "";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /**
   * The servers, to be closed by the caller.
   *
   * @throws ParameterException if the environment does not name them, or the prefix cannot be one
   */
  RedisCache connected(Map<String, String> env) {
    String address = env.get("TECHCORP_REDIS_URL");
    if (address == null) {
      throw wrong("TECHCORP_REDIS_URL must name Redis");
    }
    return RedisCache.connect(address, options());
  }

  private RedisOptions options() {
    try {
      return RedisOptions.DEFAULT
          .withPrefix(keyPrefix)
          .withTimeout(PATIENCE)
          .withConnectTimeout(PATIENCE);
    } catch (WiringException e) {
      throw wrong("--key-prefix must be at most 60 of A-Z a-z 0-9 . _ : -");
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(command.commandLine(), problem);
  }
}
