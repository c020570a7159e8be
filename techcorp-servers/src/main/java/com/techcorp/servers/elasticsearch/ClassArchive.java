package com.techcorp.servers.elasticsearch;

import com.techcorp.servers.UserCache;
import com.techcorp.servers.process.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The classes of a node that was started and searched, as the JVM has them in memory: with them, a
 * start takes 1.4 s of the processor in place of 2.9 s. Made once for each node and JDK, in the
 * user's cache.
 */
final class ClassArchive {
  private static final String FILE = "classes.jsa";

  private ClassArchive() {}

  /**
   * Makes the archive of a program unless the cache has it.
   *
   * @return its file; empty if this JVM writes none
   * @throws IllegalStateException when the node does not start; the message says why
   */
  static Optional<Path> of(ElasticsearchProgram program) {
    try {
      Path cache = UserCache.directory();
      Path folder =
          UserCache.entry(
              cache,
              cache.relativize(program.node()).getName(0) + "-archive",
              directory -> fill(program, directory));
      return Optional.of(folder.resolve(FILE)).filter(Files::exists);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot archive the Elasticsearch node: " + e, e);
    }
  }

  private static void fill(ElasticsearchProgram program, Path directory) {
    System.err.println("Preparing Elasticsearch once, for the tests, in " + directory.getParent());
    Path home = Directories.createTemporary("elasticsearch-");
    List<String> jvm = new ArrayList<>(ElasticsearchOptions.DEFAULT.jvmOptions());
    jvm.add("-XX:ArchiveClassesAtExit=" + directory.resolve(FILE));
    ElasticsearchOptions options =
        ElasticsearchOptions.DEFAULT.withDirectory(home).withJvmOptions(jvm);
    ElasticsearchProcess node = ElasticsearchProcess.start(program, options);
    try {
      exercise(new ElasticsearchCalls(ElasticsearchUri.local(node.port())));
    } finally {
      node.close(); // the directory is kept, so it ends in order, and the JVM writes the archive
      Directories.delete(home);
    }
  }

  /** Has it load what most tests need. */
  private static void exercise(ElasticsearchCalls calls) {
    calls.send("PUT", "/a/_doc/1?refresh=true", "{\"a\":\"b\",\"c\":1}").required("index");
    calls.send("GET", "/a/_search?q=a:b&sort=c").required("search");
  }
}
