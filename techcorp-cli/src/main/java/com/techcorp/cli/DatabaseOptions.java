package com.techcorp.cli;

import com.techcorp.error.WiringException;
import com.techcorp.jdbc.SchemaNames;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Which database, and which schemas in it. Its password comes from the environment and is never
 * printed.
 */
final class DatabaseOptions {
  private static final int LOGIN_SECONDS = 30;

  private static final Map<String, BiFunction<SchemaNames, String, SchemaNames>> RENAMES =
      new TreeMap<>(
          Map.of(
              "orders", SchemaNames::withOrders,
              "inventory", SchemaNames::withInventory,
              "payments", SchemaNames::withPayments,
              "messaging", SchemaNames::withMessaging,
              "notifications", SchemaNames::withNotifications,
              "saga", SchemaNames::withSaga,
              "auth", SchemaNames::withAuth));

  @Option(names = "--url", defaultValue = "", description = "jdbc:postgresql://host/database")
  private String url = "";

  @Option(names = "--user", description = "The database's user.")
  private @Nullable String user;

  @Option(
      names = "--schema-prefix",
      defaultValue = "",
      paramLabel = "PREFIX",
      description = "Stands before the names of the library's schemas, such as techcorp_.")
  private String schemaPrefix = "";

  @Option(
      names = "--schema",
      paramLabel = "SCHEMA=NAME",
      description = "Another name of one schema, such as orders=shop_orders; may be repeated.")
  private Map<String, String> schemas = Map.of();

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

  /**
   * The names of the library's schemas in that database.
   *
   * @throws ParameterException if a name cannot be one, or is not of a schema of the library's
   */
  SchemaNames schemas() {
    try {
      SchemaNames names = SchemaNames.prefixed(schemaPrefix);
      for (Map.Entry<String, String> schema : schemas.entrySet()) {
        BiFunction<SchemaNames, String, SchemaNames> rename = RENAMES.get(schema.getKey());
        if (rename == null) {
          throw wrong(
              "--schema must begin with one of " + String.join("=, ", RENAMES.keySet()) + "=");
        }
        names = rename.apply(names, schema.getValue());
      }
      return names;
    } catch (WiringException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(command.commandLine(), problem);
  }
}
