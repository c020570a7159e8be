package com.techcorp.servers.rabbit;

import com.techcorp.servers.process.Directories;
import com.techcorp.servers.process.LogFile;
import com.techcorp.servers.process.OsProcess;
import com.techcorp.servers.process.Ports;
import com.techcorp.servers.process.ServerProcess;
import com.techcorp.servers.process.Shutdown;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A RabbitMQ broker as a direct child of this JVM, so that signals reach the Erlang machine itself.
 * Its ports stay the same over restarts.
 */
final class RabbitProcess extends ServerProcess {
  /** RabbitMQ says first why it fails, and then much about its insides. */
  private static final int END_OF_LOG = 8_000;

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private RabbitNode node;

  private RabbitProcess(RabbitPrograms programs, Path directory, boolean temporary) {
    super("rabbit", directory, temporary);
    node = new RabbitNode(programs, directory, Ports.free(), Ports.free());
    begin(
        launchOnFreePort(
            () -> {
              node = new RabbitNode(programs, directory, Ports.free(), Ports.free());
              node.configure();
              return launch();
            },
            why -> why.contains("eaddrinuse"),
            why -> false));
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

  @Override
  public LogFile log() {
    return node.log();
  }

  @Override
  protected OsProcess launch() {
    return awaitStart(
        "RabbitMQ", OsProcess.launch(node.command()), node::accepts, START_LIMIT, END_OF_LOG);
  }

  /** An orderly end takes a second. */
  @Override
  protected void end(OsProcess machine, boolean orderly) {
    if (orderly) {
      Shutdown.by("TERM", machine, STOP_LIMIT);
    } else {
      machine.killAndAwaitChildren();
    }
  }
}
