package com.techcorp.servers.elasticsearch;

import com.techcorp.servers.UserCache;
import com.techcorp.servers.process.Directories;
import com.techcorp.servers.process.Jdk;
import com.techcorp.servers.process.OsProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The module techcorp-elasticsearch-node, which is never published: the sources of what starts a
 * node, and the server's jars. This JVM may be too old for those, so that nothing of it is loaded
 * here.
 *
 * @param sources the folder of its Java sources
 * @param logging the configuration of the node's log
 * @param jars the server's jars, as a class path
 */
record NodeModule(Path sources, Path logging, String jars) {
  /** The class of the module that runs a node. */
  static final String MAIN = "com.techcorp.elasticsearch.node.NodeMain";

  private static final String JAR = "node.jar";
  private static final String FOLDER = "com/techcorp/elasticsearch/node/";

  /** Reads what the module's build left on the class path; empty when it is not there. */
  static Optional<NodeModule> find() {
    try (InputStream properties = open("node.properties");
        InputStream jars = open("class-path.txt")) {
      if (properties == null || jars == null) {
        return Optional.empty();
      }
      Properties places = new Properties();
      places.load(properties);
      return Optional.of(
          new NodeModule(
              path(places, "sources"),
              path(places, "logging"),
              new String(jars.readAllBytes(), StandardCharsets.UTF_8).strip()));
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read techcorp-elasticsearch-node: " + e, e);
    }
  }

  /**
   * The module's classes: compiled once for each content of the sources and each JDK, into the
   * user's cache.
   *
   * @param jdk compiles them
   * @return a jar, since a JVM archives no classes from folders
   * @throws IllegalStateException when they cannot be compiled; the message says why
   */
  Path compiled(Jdk jdk) {
    try {
      List<Path> files = files();
      return UserCache.entry(
              UserCache.directory(),
              "elasticsearch-node-" + digest(files, jdk),
              directory -> compile(jdk, files, directory))
          .resolve(JAR);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot compile the Elasticsearch node: " + e, e);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(sources)) {
      return all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private String digest(List<Path> files, Jdk jdk) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((jdk.version() + "\n" + jars).getBytes(StandardCharsets.UTF_8));
      for (Path file : files) {
        digest.update(Files.readAllBytes(file));
      }
      digest.update(Files.readAllBytes(logging));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  private void compile(Jdk jdk, List<Path> files, Path directory) throws IOException {
    Path classes = directory.resolve("classes");
    List<String> javac = new ArrayList<>(List.of(jdk.program("javac").toString()));
    javac.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    javac.addAll(List.of("-proc:none", "-encoding", "UTF-8", "-d", classes.toString()));
    javac.addAll(List.of("-cp", jars));
    files.forEach(file -> javac.add(file.toString()));
    succeed(javac, jdk);
    Files.copy(logging, classes.resolve(logging.getFileName()));
    String jar = jdk.program("jar").toString();
    String into = directory.resolve(JAR).toString();
    succeed(List.of(jar, "--create", "--file", into, "-C", classes.toString(), "."), jdk);
    Directories.delete(classes);
  }

  private static void succeed(List<String> command, Jdk jdk) {
    OsProcess.Finished finished = OsProcess.run(command);
    if (finished.exitCode() != 0) {
      throw new IllegalStateException(
          "The JDK at " + jdk.home() + " cannot compile the node: " + finished.output());
    }
  }

  private static @Nullable InputStream open(String name) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    InputStream found = loader == null ? null : loader.getResourceAsStream(FOLDER + name);
    return found != null
        ? found
        : NodeModule.class.getClassLoader().getResourceAsStream(FOLDER + name);
  }

  private static Path path(Properties places, String name) {
    return Path.of(URI.create(places.getProperty(name)));
  }
}
