package com.techcorp.servers.postgres;

import com.techcorp.servers.ManagedServer;
import com.techcorp.servers.SharedServer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server for tests and demos.
 *
 * <p>{@link #shared()} is the one server of this JVM, isolated by database. {@link #start()} is a
 * private server for a test that kills, freezes or reconfigures it. Both write as durably as
 * PostgreSQL does by default.
 *
 * <p>{@link #kill} kills the postmaster, and its sessions end with it. {@link #restart} rolls open
 * transactions back. While the postmaster is {@linkplain #pause frozen}, new connections hang and
 * open sessions go on.
 *
 * <p>A server ends with this JVM: on Linux however the JVM dies, elsewhere unless it is killed. The
 * JDBC driver must be on the class path.
 */
public final class PostgresServer extends ManagedServer {
  /**
   * The environment variable with the JDBC address of a server to use, for example {@code
   * jdbc:postgresql://127.0.0.1:5432/postgres?user=postgres}. Its user must be allowed to create
   * databases.
   */
  public static final String URL_VARIABLE = PostgresVariables.URL;

  /** The system property with the major version that Docker is asked for. Default: 18. */
  public static final String MAJOR_PROPERTY = PostgresVariables.MAJOR;

  private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/?]+)/[^?]*(\\?.*)?");
  private static @Nullable PostgresServer shared;

  private final String address;
  private final String parameters;
  private final PostgresDatabases databases;

  private PostgresServer(String url, @Nullable PostgresProcess process) {
    super(process);
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalStateException(
          URL_VARIABLE + " must read jdbc:postgresql://host:port/database?user=name");
    }
    this.address = parts.group(1);
    this.parameters = parts.group(2) == null ? "" : parts.group(2);
    this.databases = new PostgresDatabases(url);
  }

  /**
   * The server that the tests of this JVM share, started at the first call: the one at {@link
   * #URL_VARIABLE}; or else one in Docker, when Testcontainers is on the class path and an engine
   * answers; or else a private process from the zonky binaries on the class path. Says on standard
   * error, in one line, which it took.
   *
   * @return the shared server, which nobody closes
   * @throws IllegalStateException when there is none to be had; the message says how to get one
   */
  public static synchronized PostgresServer shared() {
    if (shared == null) {
      shared = connect(SharedServer.find(new PostgresWays()));
    }
    return shared;
  }

  /**
   * Starts a private server in a temporary directory, with the default options.
   *
   * @return the server, accepting connections; the caller closes it
   * @throws IllegalStateException when it cannot be started; the message says why
   */
  public static PostgresServer start() {
    return start(PostgresOptions.DEFAULT);
  }

  /**
   * Starts a private server.
   *
   * @param options its directory and settings
   * @return the server, accepting connections; the caller closes it
   * @throws IllegalStateException when it cannot be started; the message says why
   */
  public static PostgresServer start(PostgresOptions options) {
    if (!PostgresBinaries.present()) {
      throw new IllegalStateException(
          "No PostgreSQL to start a private server from: " + PostgresWays.ADVICE);
    }
    PostgresProcess process = PostgresProcess.start(options);
    return new PostgresServer(process.url(), process);
  }

  /**
   * The JDBC address of a database, with the user of this server in it.
   *
   * @param database the name of the database
   * @return the address
   */
  public String jdbcUrl(String database) {
    return address + "/" + database + parameters;
  }

  /**
   * Creates an empty database.
   *
   * @return its name, fresh
   * @throws IllegalStateException when the server refuses or cannot be reached
   */
  public String createDatabase() {
    return databases.create();
  }

  /**
   * Creates a copy of a database, for example of one that was migrated once for all tests. Waits up
   * to 10 s for the sessions in it to leave.
   *
   * @param template the name of the database to copy
   * @return the name of the copy, fresh
   * @throws IllegalStateException when sessions stay in the template, or the server refuses or
   *     cannot be reached
   */
  public String createDatabase(String template) {
    return databases.createFrom(template);
  }

  /**
   * Drops a database and ends the sessions in it.
   *
   * @param database its name; one that does not exist is fine
   * @throws IllegalStateException when the server refuses or cannot be reached
   */
  public void dropDatabase(String database) {
    databases.drop(database);
  }

  /**
   * The version of the server.
   *
   * @return what the server reports, for example {@code 18.6}
   * @throws IllegalStateException when it cannot be reached
   */
  public String version() {
    return databases.serverVersion();
  }

  private static PostgresServer connect(SharedServer<String> found) {
    PostgresServer server = new PostgresServer(found.access(), null);
    if (found.outlives()) {
      server.cleanUpAtExit("techcorp-postgres-drop", server.databases::dropAll);
    }
    // The parameters of an address may hold a password.
    System.err.println(
        "PostgreSQL " + server.version() + " at " + server.address + ": " + found.route());
    return server;
  }
}
