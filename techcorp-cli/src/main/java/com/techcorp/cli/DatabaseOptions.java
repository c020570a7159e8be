package com.techcorp.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which database. Its password comes from the environment and is never printed. */
final class DatabaseOptions {
  private static final int LOGIN_SECONDS = 30;

  @Option(names = "--url", defaultValue = "", description = "jdbc:postgresql://host/database")
  private String url = "";

  @Option(names = "--user", description = "The database's user.")
  private @Nullable String user;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  boolean isGiven() {
    return !url.isEmpty();
  }

  /**
   * The database.
   *
   * @throws ParameterException if the address is none, or holds a password
   */
  PGSimpleDataSource dataSource(Map<String, String> env) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw wrong("--url must begin with jdbc:postgresql:");
    }
    if (url.toLowerCase(Locale.ROOT).contains("password=")) {
      throw wrong("--url must not hold a password; use the environment");
    }
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    try {
      dataSource.setUrl(url);
    } catch (IllegalArgumentException e) {
      throw wrong("--url is not an address that PostgreSQL's driver reads");
    }
    if (user != null) {
      dataSource.setUser(user);
    }
    String password = env.getOrDefault("TECHCORP_POSTGRES_PASSWORD", env.get("PGPASSWORD"));
    if (password != null) {
      dataSource.setPassword(password);
    }
    if (dataSource.getLoginTimeout() == 0) {
      dataSource.setLoginTimeout(LOGIN_SECONDS); // the driver's default is to wait for ever
    }
    return dataSource;
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(command.commandLine(), problem);
  }
}
