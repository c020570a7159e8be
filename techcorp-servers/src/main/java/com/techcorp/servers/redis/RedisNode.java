package com.techcorp.servers.redis;

import com.techcorp.servers.process.LogFile;
import com.techcorp.servers.process.OsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How one process is started: nothing of it lies outside its directory, and it listens on the
 * loopback interface only.
 *
 * @param program what it is started from
 * @param mode what it is
 * @param directory holds all it writes
 * @param port for clients; 0 until one is chosen
 * @param settings what its configuration file says besides, in this order
 */
record RedisNode(
    RedisProgram program, RedisMode mode, Path directory, int port, Map<String, String> settings) {
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

  RedisNode onFreePort() {
    return new RedisNode(program, mode, directory, mode.freePort(), settings);
  }

  /**
   * Writes its configuration file. That is done before the first start only: Sentinel has the
   * servers, and itself, rewrite theirs, so that a restarted process knows its place.
   */
  void configure() {
    StringBuilder lines = new StringBuilder();
    add(lines, "port", Integer.toString(port));
    add(lines, "bind", "127.0.0.1");
    add(lines, "dir", '"' + directory.toString() + '"');
    mode.settings().forEach((name, value) -> add(lines, name, value));
    settings.forEach((name, value) -> add(lines, name, value));
    try {
      Files.createDirectories(directory);
      Files.writeString(configuration(), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What becomes the server. */
  ProcessBuilder command() {
    List<String> command = new ArrayList<>(OsProcess.endWithParent());
    command.addAll(OsProcess.ownSession());
    command.addAll(program.words());
    command.add(configuration().toString());
    command.addAll(mode.arguments());
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log().appended());
  }

  /** Whether it takes commands; while it loads its data it answers with an error. */
  boolean accepts() {
    try {
      Resp.call(port, PROBE_LIMIT, "PING");
      return true;
    } catch (IOException | IllegalStateException notYet) {
      return false;
    }
  }

  LogFile log() {
    return new LogFile(directory.resolve("redis.log"));
  }

  private Path configuration() {
    return directory.resolve("redis.conf");
  }

  private static void add(StringBuilder lines, String name, String value) {
    lines.append(name).append(' ').append(value.isEmpty() ? "\"\"" : value).append('\n');
  }
}
