package com.techcorp.servers.redis;

import com.techcorp.servers.process.Directories;
import com.techcorp.servers.process.LogFile;
import com.techcorp.servers.process.OsProcess;
import com.techcorp.servers.process.ServerProcess;
import com.techcorp.servers.process.Shutdown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A Redis process as a direct child of this JVM, so that signals reach the server itself. Its port
 * stays the same over restarts.
 */
final class RedisProcess extends ServerProcess {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int END_OF_LOG = 2_000;

  private RedisNode node;

  private RedisProcess(RedisNode plan, boolean temporary) {
    super("redis", plan.directory(), temporary);
    node = plan;
    begin(
        launchOnFreePort(
            () -> {
              node = plan.onFreePort();
              node.configure();
              return launch();
            },
            why -> why.contains("Failed listening on port"),
            why -> false));
  }

  /**
   * Starts a server and returns when it accepts connections.
   *
   * @throws IllegalStateException when it does not come up; the message says why
   */
  static RedisProcess start(RedisOptions options) {
    RedisProgram program = RedisProgram.find();
    boolean temporary = options.directory().isEmpty();
    Path directory = options.directory().orElseGet(RedisProcess::temporaryDirectory);
    return new RedisProcess(
        new RedisNode(program, RedisMode.SERVER, directory, 0, options.settings()), temporary);
  }

  /** Starts a process in a temporary directory. */
  static RedisProcess start(RedisProgram program, RedisMode mode, Map<String, String> settings) {
    return new RedisProcess(new RedisNode(program, mode, temporaryDirectory(), 0, settings), true);
  }

  int port() {
    return node.port();
  }

  @Override
  public LogFile log() {
    return node.log();
  }

  @Override
  protected OsProcess launch() {
    return awaitStart(
        "Redis", OsProcess.launch(node.command()), node::accepts, START_LIMIT, END_OF_LOG);
  }

  /** In order, it writes its data to the disk first. */
  @Override
  protected void end(OsProcess server, boolean orderly) {
    if (orderly) {
      Shutdown.by("TERM", server, STOP_LIMIT);
    } else {
      server.killAndAwaitChildren();
    }
  }

  private static Path temporaryDirectory() {
    return Directories.createTemporary("redis-");
  }
}
