package com.techcorp.servers.elasticsearch;

import com.techcorp.servers.process.Jdk;
import java.util.Optional;

/** What this machine and the class path have to start Elasticsearch from. */
final class ElasticsearchInstallation {
  /** What to tell those who have no server. */
  static final String ADVICE =
      "set "
          + ElasticsearchVariables.URL
          + " to an address such as http://127.0.0.1:9200; or start Docker and add"
          + " org.testcontainers:testcontainers to the test class path; or, in the build of the"
          + " library itself, install a JDK 21 or newer where "
          + Jdk.PLACES
          + " has it.";

  private static final int OLDEST = 21;

  private ElasticsearchInstallation() {}

  /**
   * Finds the newest JDK and the node.
   *
   * @throws IllegalStateException when there is none; the message says how to get one
   */
  static ElasticsearchProgram program() {
    return program(NodeModule.find(), Jdk.newest(OLDEST));
  }

  /** The same with what was found. */
  static ElasticsearchProgram program(Optional<NodeModule> module, Optional<Jdk> jdk) {
    NodeModule node = module.orElseThrow(() -> none("techcorp-elasticsearch-node is not here"));
    Jdk newest =
        jdk.orElseThrow(() -> none("it takes a JDK " + OLDEST + " or newer, and there is none"));
    ElasticsearchProgram program =
        new ElasticsearchProgram(newest, node.compiled(newest), node.jars(), Optional.empty());
    return program.with(ClassArchive.of(program));
  }

  private static IllegalStateException none(String why) {
    return new IllegalStateException("No Elasticsearch to start: " + why + "\nFor one, " + ADVICE);
  }
}
