package com.techcorp.servers.elasticsearch;

import com.techcorp.servers.process.Directories;
import com.techcorp.servers.process.LogFile;
import com.techcorp.servers.process.OsProcess;
import com.techcorp.servers.process.ServerProcess;
import com.techcorp.servers.process.Shutdown;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An Elasticsearch node as a direct child of this JVM, so that signals reach the server itself. Its
 * ports stay the same over restarts.
 */
final class ElasticsearchProcess extends ServerProcess {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  /** It says why it fails before a long stack trace. */
  private static final int END_OF_LOG = 12_000;

  private ElasticsearchNode node;

  private ElasticsearchProcess(ElasticsearchNode plan, boolean temporary) {
    super("elasticsearch", plan.directory(), temporary);
    node = plan;
    begin(
        launchOnFreePort(
            () -> {
              node = plan.onFreePorts();
              node.configure();
              return launch();
            },
            why -> why.contains("Failed to bind to"),
            why -> why.contains("failed to obtain node lock")));
  }

  /**
   * Starts a node and returns when it answers.
   *
   * @throws IllegalStateException when it does not come up; the message says why
   */
  static ElasticsearchProcess start(ElasticsearchProgram program, ElasticsearchOptions options) {
    boolean temporary = options.directory().isEmpty();
    Path directory =
        options.directory().orElseGet(() -> Directories.createTemporary("elasticsearch-"));
    return new ElasticsearchProcess(
        new ElasticsearchNode(program, options, directory, 0, 0), temporary);
  }

  int port() {
    return node.port();
  }

  /** Where other nodes reach it. */
  int transportPort() {
    return node.transportPort();
  }

  @Override
  public LogFile log() {
    return node.log();
  }

  @Override
  protected OsProcess launch() {
    return awaitStart(
        "Elasticsearch", OsProcess.launch(node.command()), node::accepts, START_LIMIT, END_OF_LOG);
  }

  @Override
  protected void end(OsProcess server, boolean orderly) {
    if (orderly) {
      Shutdown.by("TERM", server, STOP_LIMIT);
    } else {
      server.killAndAwaitChildren();
    }
  }
}
