package com.techcorp.servers.elasticsearch;

import com.techcorp.servers.process.LogFile;
import com.techcorp.servers.process.OsProcess;
import com.techcorp.servers.process.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How one node is started: nothing of it lies outside its directory, and it listens on the loopback
 * interface only.
 *
 * @param program what it is started from
 * @param options its settings and those of its JVM
 * @param directory holds all it writes
 * @param port for clients; 0 until one is chosen
 * @param transportPort for other nodes; 0 until one is chosen
 */
record ElasticsearchNode(
    ElasticsearchProgram program,
    ElasticsearchOptions options,
    Path directory,
    int port,
    int transportPort) {
  private static final int PROBE_MILLIS = 3_000;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** All primary shards are there, so that what was acknowledged is found. */
  private static final byte[] PROBE =
      "GET /_cluster/health?wait_for_status=yellow&timeout=2s HTTP/1.0\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  ElasticsearchNode onFreePorts() {
    return new ElasticsearchNode(program, options, directory, Ports.free(), Ports.free());
  }

  /** Writes its configuration file. */
  void configure() {
    StringBuilder lines = new StringBuilder();
    add(lines, "cluster.name", "techcorp");
    add(lines, "network.host", "127.0.0.1");
    add(lines, "http.port", Integer.toString(port));
    add(lines, "transport.port", Integer.toString(transportPort));
    options.settings().forEach((name, value) -> add(lines, name, value));
    try {
      Files.createDirectories(temporary());
      Path configuration = Files.createDirectories(directory.resolve("config"));
      Files.writeString(configuration.resolve("elasticsearch.yml"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What becomes the server. Its standard input stays open: it ends when that does. */
  ProcessBuilder command() {
    List<String> command = new ArrayList<>(OsProcess.endWithParent());
    command.addAll(OsProcess.ownSession());
    List<String> jvm = new ArrayList<>(options.jvmOptions());
    jvm.add("-Djava.io.tmpdir=" + temporary());
    command.addAll(program.words(jvm));
    command.add(directory.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().appended());
    // What the caller set for JVMs of another version must not reach this one.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    return builder;
  }

  /** Whether it answers that all primary shards are there. */
  boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), PROBE_MILLIS);
      socket.setSoTimeout(PROBE_MILLIS);
      socket.getOutputStream().write(PROBE);
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String status = answer.readLine();
      return status != null && status.contains(" 200 ");
    } catch (IOException notYet) {
      return false;
    }
  }

  LogFile log() {
    return new LogFile(directory.resolve("elasticsearch.log"));
  }

  private Path temporary() {
    return directory.resolve("tmp");
  }

  /** Names and values in the form of JSON, which YAML takes. */
  private static void add(StringBuilder lines, String name, String value) {
    lines.append(quote(name)).append(": ").append(quote(value)).append('\n');
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
