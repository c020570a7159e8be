package com.techcorp.servers;

import com.techcorp.servers.process.Directories;
import com.techcorp.servers.process.OsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A PostgreSQL server as a direct child of this JVM, so that signals reach the postmaster itself.
 *
 * <p>Its directory holds {@code data} and {@code postgres.log}. The port stays the same over
 * restarts. Thread-safe: one life-cycle call at a time.
 */
final class PostgresProcess {
  private static final Duration PREDECESSOR_LIMIT = Duration.ofSeconds(15);
  private static final int PORT_ATTEMPTS = 5;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int STATUS_LINE = 7;
  private static final int END_OF_LOG = 2_000;

  private final Path binaries;
  private final Path directory;
  private final boolean temporary;
  private final Map<String, String> settings;
  private final List<Runnable> beforeExit = new CopyOnWriteArrayList<>();
  private final Thread hook = new Thread(this::stopAtExit, "techcorp-postgres-stop");
  private int port;
  private OsProcess postmaster;

  private PostgresProcess(Path binaries, Path directory, PostgresOptions options) {
    this.binaries = binaries;
    this.directory = directory;
    this.temporary = options.directory().isEmpty();
    this.settings = options.settings();
    initialise();
    this.postmaster = launchOnFreePort();
    Runtime.getRuntime().addShutdownHook(hook);
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

  synchronized String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  synchronized long pid() {
    return postmaster.pid();
  }

  synchronized void kill() {
    postmaster.killAndAwaitChildren();
  }

  synchronized void restart() {
    shutDown("INT", "fast");
    postmaster = launch();
  }

  synchronized void pause() {
    postmaster.pause();
  }

  synchronized void resume() {
    postmaster.resume();
  }

  /** Has an action run before the server is ended because the JVM ends. */
  void beforeExit(Runnable action) {
    beforeExit.add(action);
  }

  private void stopAtExit() {
    beforeExit.forEach(Runnable::run);
    stop();
  }

  /** Ends the server and, when it is temporary, its files. Has no effect a second time. */
  synchronized void stop() {
    // What is deleted next needs no checkpoint.
    shutDown(temporary ? "QUIT" : "INT", temporary ? "immediate" : "fast");
    if (temporary) {
      Directories.delete(directory);
    }
  }

  /** Ends the server now and not once more when the JVM ends. */
  void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      return;
    }
    stop();
  }

  LogFile log() {
    return new LogFile(directory.resolve("postgres.log"));
  }

  private Path data() {
    return directory.resolve("data");
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
    account.admit(directory);
    account.own(data());
    List<String> initdb = new ArrayList<>();
    initdb.add(PostgresBinaries.program(binaries, "initdb"));
    initdb.addAll(List.of("-D", data().toString(), "-U", "postgres", "-A", "trust"));
    initdb.addAll(List.of("-E", "UTF8", "--locale=C", "--no-instructions"));
    if (temporary) {
      initdb.add("--no-sync");
    }
    OsProcess.Finished finished = OsProcess.run(account.command(initdb));
    if (finished.exitCode() != 0) {
      throw new IllegalStateException(
          "initdb failed" + account.advice() + ": " + finished.output());
    }
  }

  /**
   * A kept directory may still be held for a moment by a server whose owner was just killed: its
   * processes end one after the other. A port may be taken between being chosen and being bound.
   */
  private OsProcess launchOnFreePort() {
    long patience = System.nanoTime() + PREDECESSOR_LIMIT.toNanos();
    for (int attempt = 1; ; attempt++) {
      port = Ports.free();
      try {
        return launch();
      } catch (IllegalStateException e) {
        String why = String.valueOf(e.getMessage());
        boolean portWasTaken = why.contains("could not bind") && attempt < PORT_ATTEMPTS;
        boolean stillHeld =
            (why.contains("\"postmaster.pid\" already exists") || why.contains("is still in use"))
                && System.nanoTime() - patience < 0;
        if (!portWasTaken && !stillHeld) {
          throw e;
        }
      }
    }
  }

  private OsProcess launch() {
    ProcessBuilder builder =
        new ProcessBuilder(ServerAccount.current().guardedCommand(command()))
            .redirectErrorStream(true)
            .redirectOutput(log().appended());
    OsProcess started = OsProcess.launch(builder);
    boolean decided =
        OsProcess.await(START_LIMIT, () -> accepts(started.pid()) || !started.isAlive());
    if (!decided || !started.isAlive()) {
      started.kill();
      throw new IllegalStateException(
          "PostgreSQL did not start. Its log ends:\n" + log().end(END_OF_LOG));
    }
    return started;
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

  private void shutDown(String signal, String mode) {
    if (!postmaster.isAlive()) {
      return;
    }
    if (OsProcess.windows()) {
      String ctl = PostgresBinaries.program(binaries, "pg_ctl");
      OsProcess.run(List.of(ctl, "stop", "-D", data().toString(), "-m", mode));
      Shutdown.awaitEnd(postmaster, STOP_LIMIT);
    } else {
      Shutdown.by(signal, postmaster, STOP_LIMIT);
    }
  }
}
