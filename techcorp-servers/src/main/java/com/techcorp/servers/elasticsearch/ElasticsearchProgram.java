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
  private static final int WARNS_OF_UNSAFE = 23;

  /** The same with an archive that was made from it. */
  ElasticsearchProgram with(Optional<Path> found) {
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
}
