package com.techcorp.servers.rabbit;

import com.techcorp.servers.DebianPackages;
import com.techcorp.servers.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs of RabbitMQ and Erlang as Debian lays them out.
 *
 * @param root the directory that stands for {@code /}
 */
record RabbitPrograms(Path root) {
  /** What to tell those who have no broker. */
  static final String ADVICE =
      "set "
          + RabbitVariables.URL
          + " to an AMQP address; or start Docker and add"
          + " org.testcontainers:testcontainers-rabbitmq to the test class path; or run on Debian or"
          + " Ubuntu, with the package rabbitmq-server installed or, for the first run, with access"
          + " to the system's package sources.";

  /** All that rabbitmq-server needs to run and that is not part of every system. */
  private static final List<String> PACKAGES =
      List.of(
          "rabbitmq-server",
          "erlang-base",
          "erlang-asn1",
          "erlang-crypto",
          "erlang-eldap",
          "erlang-ftp",
          "erlang-inets",
          "erlang-mnesia",
          "erlang-os-mon",
          "erlang-parsetools",
          "erlang-public-key",
          "erlang-runtime-tools",
          "erlang-snmp",
          "erlang-ssl",
          "erlang-syntax-tools",
          "erlang-tftp",
          "erlang-tools",
          "erlang-xmerl");

  /**
   * Those installed here, or else those of the distribution's packages.
   *
   * @throws IllegalStateException when there are none; the message says how to get some
   */
  static RabbitPrograms find() {
    RabbitPrograms installed = new RabbitPrograms(Path.of("/"));
    if (installed.complete()) {
      return installed;
    }
    try {
      return new RabbitPrograms(
          DebianPackages.extracted("rabbitmq", PACKAGES, RabbitPrograms::relocate));
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "No RabbitMQ to start from packages: " + e.getMessage() + "\nFor one, " + ADVICE, e);
    }
  }

  /** The script that becomes the broker. */
  Path server() {
    return root.resolve("usr/lib/rabbitmq/bin/rabbitmq-server");
  }

  /** The directory with {@code erl}. */
  Path erlang() {
    return root.resolve("usr/lib/erlang/bin");
  }

  /** Erlang's program that talks to a node. */
  Path call() {
    return erlang().resolve("erl_call");
  }

  private boolean complete() {
    return Files.isExecutable(server())
        && Files.isExecutable(erlang().resolve("erl"))
        && Files.isExecutable(call());
  }

  /**
   * Erlang's start scripts know where they were to be installed; they shall look where they are.
   */
  private static void relocate(Path root) throws IOException {
    Path erlang = root.resolve("usr/lib/erlang");
    List<Path> scripts = new ArrayList<>(List.of(erlang.resolve("bin/erl")));
    for (Path runtime : Directories.list(erlang, "erts-*")) {
      scripts.add(runtime.resolve("bin/erl"));
    }
    for (Path script : scripts) {
      String text = Files.readString(script);
      Files.writeString(
          script, text.replace("ROOTDIR=/usr/lib/erlang", "ROOTDIR=\"$dyn_rootdir\""));
    }
  }
}
