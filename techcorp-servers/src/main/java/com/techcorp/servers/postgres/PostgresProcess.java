package com.techcorp.servers.postgres;

import com.techcorp.servers.process.Directories;
import com.techcorp.servers.process.LogFile;
import com.techcorp.servers.process.OsProcess;
import com.techcorp.servers.process.Ports;
import com.techcorp.servers.process.ServerProcess;
import com.techcorp.servers.process.Shutdown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL server as a direct child of this JVM, so that signals reach the postmaster itself.
 *
 * <p>Its directory holds {@code data} and {@code postgres.log}. The port stays the same over
 * restarts.
 */
final class PostgresProcess extends ServerProcess {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int STATUS_LINE = 7;
  private static final int END_OF_LOG = 2_000;

  private final Path binaries;
  private final Map<String, String> settings;
  private int port;

  private PostgresProcess(Path binaries, Path directory, PostgresOptions options) {
    super("postgres", directory, options.directory().isEmpty());
    this.binaries = binaries;
    this.settings = options.settings();
    initialise();
    begin(
        launchOnFreePort(
            () -> {
              port = Ports.free();
              return launch();
            },
            why -> why.contains("could not bind"),
            why ->
                why.contains("\"postmaster.pid\" already exists")
                    || why.contains("is still in use")));
  }

  /**
   * Starts a server and returns when it accepts connections.
   *
   * @throws IllegalStateException when it does not come up; the message has the end of its log
   */
  static PostgresProcess start(PostgresOptions options) {
    Path binaries = PostgresBinaries.directory();
    return new PostgresProcess(
        binaries, options.directory().orElseGet(PostgresProcess::temporaryDirectory), options);
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  @Override
  public LogFile log() {
    return new LogFile(directory().resolve("postgres.log"));
  }

  private Path data() {
    return directory().resolve("data");
  }

  private static Path temporaryDirectory() {
    if (!ServerAccount.current().nobody()) {
      return Directories.createTemporary("postgres-");
    }
    try {
      // Nobody cannot be expected to reach a build directory.
      return Files.createTempDirectory("techcorp-postgres-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void initialise() {
    try {
      Files.createDirectories(data());
      if (Files.exists(data().resolve("PG_VERSION"))) {
        return;
      }
      if (!OsProcess.windows()) {
        Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ServerAccount account = ServerAccount.current();
    account.admit(directory());
    account.own(data());
    List<String> initdb = new ArrayList<>();
    initdb.add(PostgresBinaries.program(binaries, "initdb"));
    initdb.addAll(List.of("-D", data().toString(), "-U", "postgres", "-A", "trust"));
    initdb.addAll(List.of("-E", "UTF8", "--locale=C", "--no-instructions"));
    if (temporary()) {
      initdb.add("--no-sync");
    }
    OsProcess.Finished finished = OsProcess.run(account.command(initdb));
    if (finished.exitCode() != 0) {
      throw new IllegalStateException(
          "initdb failed" + account.advice() + ": " + finished.output());
    }
  }

  @Override
  protected OsProcess launch() {
    ProcessBuilder builder =
        new ProcessBuilder(ServerAccount.current().guardedCommand(command()))
            .redirectErrorStream(true)
            .redirectOutput(log().appended());
    OsProcess started = OsProcess.launch(builder);
    return awaitStart("PostgreSQL", started, () -> accepts(started.pid()), START_LIMIT, END_OF_LOG);
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(OsProcess.ownSession());
    command.add(PostgresBinaries.program(binaries, "postgres"));
    command.addAll(List.of("-D", data().toString(), "-p", Integer.toString(port)));
    settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
    command.addAll(List.of("-c", "fsync=on", "-c", "synchronous_commit=on"));
    command.addAll(List.of("-c", "full_page_writes=on"));
    return command;
  }

  /** Reads what pg_ctl reads: the status in the postmaster's own file, no connection needed. */
  private boolean accepts(long pid) {
    try {
      List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
      return lines.size() > STATUS_LINE
          && lines.get(0).trim().equals(Long.toString(pid))
          && lines.get(STATUS_LINE).trim().equals("ready");
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Without order there is no checkpoint; what is deleted next needs none. */
  @Override
  protected void end(OsProcess postmaster, boolean orderly) {
    if (!postmaster.isAlive()) {
      return;
    }
    if (OsProcess.windows()) {
      String ctl = PostgresBinaries.program(binaries, "pg_ctl");
      String mode = orderly ? "fast" : "immediate";
      OsProcess.run(List.of(ctl, "stop", "-D", data().toString(), "-m", mode));
      Shutdown.awaitEnd(postmaster, STOP_LIMIT);
    } else {
      Shutdown.by(orderly ? "INT" : "QUIT", postmaster, STOP_LIMIT);
    }
  }
}
