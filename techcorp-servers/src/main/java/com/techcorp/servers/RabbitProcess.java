package com.techcorp.servers;

import com.techcorp.servers.process.Directories;
import com.techcorp.servers.process.OsProcess;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A RabbitMQ broker as a direct child of this JVM, so that signals reach the Erlang machine itself.
 * Its ports stay the same over restarts. Thread-safe: one life-cycle call at a time.
 */
final class RabbitProcess {
  private static final int PORT_ATTEMPTS = 5;

  /** RabbitMQ says first why it fails, and then much about its insides. */
  private static final int END_OF_LOG = 8_000;

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final Path directory;
  private final boolean temporary;
  private final Thread hook = new Thread(this::stop, "techcorp-rabbit-stop");
  private RabbitNode node;
  private OsProcess machine;

  private RabbitProcess(RabbitPrograms programs, Path directory, boolean temporary) {
    this.directory = directory;
    this.temporary = temporary;
    for (int attempt = 1; ; attempt++) {
      this.node = new RabbitNode(programs, directory, Ports.free(), Ports.free());
      try {
        node.configure();
        this.machine = launch(node);
        break;
      } catch (IllegalStateException e) {
        // A port may be taken between being chosen and being bound.
        if (attempt == PORT_ATTEMPTS || !String.valueOf(e.getMessage()).contains("eaddrinuse")) {
          throw e;
        }
      }
    }
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts a broker in a temporary directory and returns when it accepts connections.
   *
   * @throws IllegalStateException when it does not come up; the message says why
   */
  static RabbitProcess start() {
    RabbitPrograms programs = RabbitPrograms.find();
    return new RabbitProcess(programs, Directories.createTemporary("rabbit-"), true);
  }

  /** The same in a directory that is kept. */
  static RabbitProcess start(Path directory) {
    return new RabbitProcess(RabbitPrograms.find(), directory.toAbsolutePath(), false);
  }

  AmqpUri uri() {
    return AmqpUri.local(node.port());
  }

  ErlangCall admin() {
    return node.admin();
  }

  LogFile log() {
    return node.log();
  }

  synchronized long pid() {
    return machine.pid();
  }

  synchronized void kill() {
    machine.killAndAwaitChildren();
  }

  synchronized void restart() {
    Shutdown.by("TERM", machine, STOP_LIMIT);
    machine = launch(node);
  }

  synchronized void pause() {
    machine.pause();
  }

  synchronized void resume() {
    machine.resume();
  }

  /** Ends the broker now and not once more when the JVM ends. Has no effect a second time. */
  void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      return;
    }
    stop();
  }

  private synchronized void stop() {
    if (temporary) {
      // What is deleted next needs no orderly end, which takes a second.
      machine.killAndAwaitChildren();
      Directories.delete(directory);
    } else {
      Shutdown.by("TERM", machine, STOP_LIMIT);
    }
  }

  private static OsProcess launch(RabbitNode node) {
    OsProcess started = OsProcess.launch(node.command());
    boolean decided = OsProcess.await(START_LIMIT, () -> !started.isAlive() || node.accepts());
    if (!decided || !started.isAlive()) {
      started.killAndAwaitChildren();
      throw new IllegalStateException(
          "RabbitMQ did not start. Its log ends:\n" + node.log().end(END_OF_LOG));
    }
    return started;
  }
}
