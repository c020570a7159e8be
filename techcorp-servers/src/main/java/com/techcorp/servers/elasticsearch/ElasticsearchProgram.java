package com.techcorp.servers.elasticsearch;

import com.techcorp.servers.process.Jdk;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The program of an Elasticsearch server.
 *
 * @param jdk runs it
 * @param node the jar with the node's classes
 * @param server the server's jars, as a class path
 * @param archive the classes of a started node, with which a start takes half the time
 */
record ElasticsearchProgram(Jdk jdk, Path node, String server, Optional<Path> archive) {
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
  private static final int WARNS_OF_UNSAFE = 23;

  /**
   * Finds the newest JDK and the node.
   *
   * @throws IllegalStateException when there is none; the message says how to get one
   */
  static ElasticsearchProgram find() {
    return find(NodeModule.find(), Jdk.newest(OLDEST));
  }

  /** The same with what was found. */
  static ElasticsearchProgram find(Optional<NodeModule> module, Optional<Jdk> jdk) {
    NodeModule node = module.orElseThrow(() -> none("techcorp-elasticsearch-node is not here"));
    Jdk newest =
        jdk.orElseThrow(() -> none("it takes a JDK " + OLDEST + " or newer, and there is none"));
    ElasticsearchProgram program =
        new ElasticsearchProgram(newest, node.compiled(newest), node.jars(), Optional.empty());
    return program.with(ClassArchive.of(program));
  }

  private ElasticsearchProgram with(Optional<Path> found) {
    return new ElasticsearchProgram(jdk, node, server, found);
  }

  /**
   * The command that becomes the server, without the folder of the node.
   *
   * @param options of the JVM
   */
  List<String> words(List<String> options) {
    List<String> words = new ArrayList<>(List.of(jdk.program("java").toString()));
    words.addAll(options);
    archive.ifPresent(file -> words.add("-XX:SharedArchiveFile=" + file));
    words.add("--enable-native-access=ALL-UNNAMED");
    if (jdk.major() >= WARNS_OF_UNSAFE) {
      words.add("--sun-misc-unsafe-memory-access=allow");
    }
    // As the distribution sets them: the node itself says when log4j ends.
    words.addAll(List.of("-Dlog4j.shutdownHookEnabled=false", "-Dlog4j2.disable.jmx=true"));
    words.addAll(List.of("-Djava.awt.headless=true", "-Dfile.encoding=UTF-8"));
    words.addAll(List.of("-cp", node + File.pathSeparator + server, NodeModule.MAIN));
    return words;
  }

  private static IllegalStateException none(String why) {
    return new IllegalStateException("No Elasticsearch to start: " + why + "\nFor one, " + ADVICE);
  }
}
