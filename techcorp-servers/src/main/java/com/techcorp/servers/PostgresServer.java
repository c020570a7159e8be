package com.techcorp.servers;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server for tests and demos.
 *
 * <p>{@link #shared()} is the one server of this JVM, isolated by database. {@link #start()} is a
 * private server for a test that kills, freezes or reconfigures it; only such a server has the
 * methods that do so. Both write as durably as PostgreSQL does by default.
 *
 * <p>A server ends with this JVM: on Linux however the JVM dies, elsewhere unless it is killed. The
 * JDBC driver must be on the class path. Instances are thread-safe.
 */
public final class PostgresServer implements AutoCloseable {
  /**
   * The environment variable with the JDBC address of a server to use, for example {@code
   * jdbc:postgresql://127.0.0.1:5432/postgres?user=postgres}. Its user must be allowed to create
   * databases.
   */
  public static final String URL_VARIABLE = "TECHCORP_POSTGRES_URL";

  /** The system property with the major version that Docker is asked for. Default: 18. */
  public static final String MAJOR_PROPERTY = "techcorp.postgres.major";

  private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/?]+)/[^?]*(\\?.*)?");
  private static @Nullable PostgresServer shared;

  private final String address;
  private final String parameters;
  private final PostgresDatabases databases;
  private final @Nullable PostgresProcess process;
  private final List<Runnable> beforeExit = new CopyOnWriteArrayList<>();

  private PostgresServer(String url, @Nullable PostgresProcess process) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalStateException(
          URL_VARIABLE + " must read jdbc:postgresql://host:port/database?user=name");
    }
    this.address = parts.group(1);
    this.parameters = parts.group(2) == null ? "" : parts.group(2);
    this.databases = new PostgresDatabases(url);
    this.process = process;
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
      shared = connect(SharedPostgres.find());
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
          "No PostgreSQL to start a private server from: " + SharedPostgres.ADVICE);
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

  /**
   * The id of the postmaster; of a private server only.
   *
   * @return its process id, another one after {@link #restart()}
   * @throws IllegalStateException on the shared server
   */
  public long pid() {
    return own().pid();
  }

  /**
   * Kills the postmaster with SIGKILL and returns when its sessions have ended too; of a private
   * server only. {@link #restart()} brings it back.
   *
   * @throws IllegalStateException on the shared server
   */
  public void kill() {
    own().kill();
  }

  /**
   * Stops the server unless it is dead already (fast mode: open transactions are rolled back) and
   * starts it on the same data, port and settings; of a private server only.
   *
   * @throws IllegalStateException when it does not come up, or on the shared server
   */
  public void restart() {
    own().restart();
  }

  /**
   * Freezes the postmaster (SIGSTOP): new connections hang, open sessions go on; of a private
   * server only.
   *
   * @throws UnsupportedOperationException on Windows
   * @throws IllegalStateException on the shared server
   */
  public void pause() {
    own().pause();
  }

  /**
   * Lets a frozen postmaster go on (SIGCONT); of a private server only.
   *
   * @throws UnsupportedOperationException on Windows
   * @throws IllegalStateException on the shared server
   */
  public void resume() {
    own().resume();
  }

  /**
   * The server's log; of a private server only.
   *
   * @return its text since the server's directory was made
   * @throws IllegalStateException on the shared server
   */
  public String log() {
    return logSince(0);
  }

  /**
   * The end of the server's log, to be remembered for {@link #logSince(long)}; of a private server
   * only.
   *
   * @return the length of the log in bytes
   * @throws IllegalStateException on the shared server
   */
  public long logPosition() {
    return own().log().length();
  }

  /**
   * What the server logged after a position; of a private server only.
   *
   * @param position an earlier {@link #logPosition()}
   * @return the text from there on
   * @throws IllegalStateException on the shared server
   */
  public String logSince(long position) {
    return own().log().since(position);
  }

  /**
   * Has an action run when the JVM ends before {@link #close()}, and the server wait for it: the
   * place to drain what works on it, for shutdown hooks have no order. Ctrl-C at a terminal does
   * not reach the server itself on Linux. Without effect for a shared server in Docker or in a
   * private process.
   *
   * @param action ends by itself
   */
  public void beforeExit(Runnable action) {
    beforeExit.add(action);
    if (process != null) {
      process.beforeExit(action);
    }
  }

  /**
   * Stops a private server and deletes its directory when that is a temporary one. Has no effect a
   * second time.
   *
   * @throws IllegalStateException on the shared server
   */
  @Override
  public void close() {
    own().close();
  }

  private static PostgresServer connect(SharedPostgres found) {
    PostgresServer server = new PostgresServer(found.url(), null);
    if (found.outlives()) {
      Thread hook = new Thread(server::dropAtExit, "techcorp-postgres-drop");
      Runtime.getRuntime().addShutdownHook(hook);
    }
    // The parameters of an address may hold a password.
    System.err.println(
        "PostgreSQL " + server.version() + " at " + server.address + ": " + found.route());
    return server;
  }

  private void dropAtExit() {
    beforeExit.forEach(Runnable::run);
    databases.dropAll();
  }

  private PostgresProcess own() {
    if (process == null) {
      throw new IllegalStateException(
          "Others use the shared server too: PostgresServer.start() gives one of your own");
    }
    return process;
  }
}
