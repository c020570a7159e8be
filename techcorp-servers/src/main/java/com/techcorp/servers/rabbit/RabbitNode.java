package com.techcorp.servers.rabbit;

import com.techcorp.servers.process.LogFile;
import com.techcorp.servers.process.OsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How one broker is started: nothing of it lies outside its directory, and it listens on the
 * loopback interface only.
 *
 * @param programs what it is started from
 * @param directory holds all it writes
 * @param port for AMQP
 * @param distributionPort for Erlang's own protocol, by which it is administered
 */
record RabbitNode(RabbitPrograms programs, Path directory, int port, int distributionPort) {
  /** Always the same, for the data is filed under it. Nobody looks a node up by name here. */
  private static final String NAME = "techcorp@localhost";

  /**
   * How long a message that is dead-lettered at least once waits for the next queue's confirm
   * before it is sent there again. Right after a start the next queue may have no leader, and then
   * nobody confirms; RabbitMQ's own three minutes are longer than a test waits.
   */
  private static final String ADVANCED =
      "[{rabbit, [{dead_letter_worker_publisher_confirm_timeout, 5000}]}].\n";

  private static final byte[] PROTOCOL_HEADER = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int METHOD_FRAME = 1;
  private static final int PROBE_MILLIS = 2_000;
  private static final int MOST_SCHEDULERS = 4;

  /** Makes the directory what the broker needs; what the caller put there stays. */
  void configure() {
    try {
      Files.createDirectories(home());
      Files.writeString(directory.resolve("rabbitmq.conf"), configuration());
      writeUnlessThere("advanced.config", ADVANCED);
      writeUnlessThere("enabled_plugins", "[].\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeUnlessThere(String name, String terms) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      Files.writeString(file, terms);
    }
  }

  /**
   * What becomes the broker: the scripts give way to the Erlang machine by exec, so that it is the
   * process started here, and the one that is killed with this JVM.
   */
  ProcessBuilder command() {
    List<String> command = new ArrayList<>(OsProcess.endWithParent());
    command.addAll(OsProcess.ownSession());
    command.add(programs.server().toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().appended());
    String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
    // What the caller set for another broker must not reach this one.
    builder.environment().clear();
    builder.environment().put("PATH", programs.erlang() + ":" + path);
    builder.environment().putAll(erlangEnvironment());
    builder.environment().putAll(rabbitEnvironment());
    return builder;
  }

  /** Whether it answers the header of AMQP 0-9-1; no client library is needed for that. */
  boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), PROBE_MILLIS);
      socket.setSoTimeout(PROBE_MILLIS);
      socket.getOutputStream().write(PROTOCOL_HEADER);
      return socket.getInputStream().read() == METHOD_FRAME;
    } catch (IOException notYet) {
      return false;
    }
  }

  ErlangCall admin() {
    return new ErlangCall(programs.call(), home(), distributionPort);
  }

  LogFile log() {
    return new LogFile(directory.resolve("rabbitmq.log"));
  }

  /** Where Erlang makes its cookie, which lets in nobody but this user. */
  private Path home() {
    return directory.resolve("home");
  }

  private Map<String, String> erlangEnvironment() {
    return Map.of(
        "HOME", home().toString(),
        "LANG", "C.UTF-8",
        "ERL_CRASH_DUMP_SECONDS", "0",
        // epmd, which tells nodes their ports, would be left behind and is not needed: there is one
        // node, on a known port. RabbitMQ looks after it each minute and would start it, so it is
        // turned off for all that is started from here, and looked for where nobody listens.
        "ERL_FLAGS", "-start_epmd false",
        "ERL_EPMD_PORT", "1",
        // Makes the script become the broker instead of watching over it.
        "RUNNING_UNDER_SYSTEMD", "true");
  }

  private Map<String, String> rabbitEnvironment() {
    return Map.ofEntries(
        Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
        Map.entry("RABBITMQ_NODENAME", NAME),
        Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distributionPort)),
        Map.entry("RABBITMQ_MNESIA_BASE", directory.resolve("data").toString()),
        Map.entry("RABBITMQ_LOG_BASE", directory.resolve("log").toString()),
        Map.entry("RABBITMQ_LOGS", "-"),
        Map.entry("RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq.conf").toString()),
        Map.entry("RABBITMQ_CONFIG_FILES", directory.resolve("conf.d/*.conf").toString()),
        Map.entry("RABBITMQ_ADVANCED_CONFIG_FILE", directory.resolve("advanced.config").toString()),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("enabled_plugins").toString()),
        // Bound to processors, several brokers of one machine would crowd on the first ones.
        Map.entry("RABBITMQ_SCHEDULER_BIND_TYPE", "u"),
        Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", machineArguments()));
  }

  private String machineArguments() {
    int schedulers = Math.min(MOST_SCHEDULERS, Runtime.getRuntime().availableProcessors());
    return ("-sname %1$s -erl_epmd_port %2$d -kernel inet_dist_use_interface {127,0,0,1}"
            + " -kernel inet_dist_listen_min %2$d -kernel inet_dist_listen_max %2$d +S %3$d:%3$d")
        .formatted(NAME, distributionPort, schedulers);
  }

  private String configuration() {
    return """
        listeners.tcp.1 = 127.0.0.1:%d
        log.console = true
        log.console.level = info
        vm_memory_high_watermark.absolute = 512MB
        disk_free_limit.absolute = 50MB
        # how far quorum queues let their log grow, also in memory
        raft.wal_max_size_bytes = 64000000
        """
        .formatted(port);
  }
}
