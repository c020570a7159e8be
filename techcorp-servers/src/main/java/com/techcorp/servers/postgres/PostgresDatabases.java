package com.techcorp.servers.postgres;

import com.techcorp.servers.process.OsProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Creates and drops databases over one administrative address. */
final class PostgresDatabases {
  private static final String OBJECT_IN_USE = "55006";
  private static final Duration TEMPLATE_LIMIT = Duration.ofSeconds(10);

  private final String url;
  private final Set<String> created = ConcurrentHashMap.newKeySet();

  PostgresDatabases(String url) {
    this.url = url;
  }

  /** The version that the server reports, for example {@code 18.6}. */
  String serverVersion() {
    try (Connection connection = connect()) {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw failed("connect", e);
    }
  }

  String create() {
    String name = freshName();
    execute("CREATE DATABASE " + quote(name));
    created.add(name);
    return name;
  }

  String createFrom(String template) {
    String name = freshName();
    // The sessions that filled the template take a moment to leave after their close.
    if (!OsProcess.await(TEMPLATE_LIMIT, () -> copy(template, name))) {
      throw new IllegalStateException(
          "Sessions are open in the template " + template + ": close its connection pools first");
    }
    return name;
  }

  void drop(String name) {
    execute("DROP DATABASE IF EXISTS " + quote(name) + " WITH (FORCE)");
    created.remove(name);
  }

  /** Drops what was created here and still exists; for servers that outlive this JVM. */
  void dropAll() {
    Set.copyOf(created).forEach(this::drop);
  }

  private boolean copy(String template, String name) {
    try {
      execute("CREATE DATABASE " + quote(name) + " TEMPLATE " + quote(template));
      created.add(name);
      return true;
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof SQLException s && OBJECT_IN_USE.equals(s.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static String freshName() {
    return "techcorp_" + UUID.randomUUID().toString().replace("-", "");
  }

  private void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("loginTimeout", "10");
    return DriverManager.getConnection(url, properties);
  }

  private static IllegalStateException failed(String what, SQLException e) {
    String advice =
        String.valueOf(e.getMessage()).contains("No suitable driver")
            ? " (add org.postgresql:postgresql to the test class path)"
            : "";
    return new IllegalStateException(
        "PostgreSQL: " + what + " failed: " + e.getMessage() + advice, e);
  }

  private static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
