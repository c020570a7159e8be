package com.techcorp.servers.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JDK that is installed on this machine, for a server that needs a newer one than this JVM's.
 *
 * @param home its folder
 * @param version such as {@code 25.0.3}
 */
public record Jdk(Path home, String version) {
  /** Where {@link #newest} looks, for the message of whoever finds none there. */
  public static final String PLACES =
      "JAVA_HOME, JDK_21_HOME, JDK_25_HOME (any JDK_<version>_HOME) or a usual folder such as"
          + " /usr/lib/jvm";

  private static final Pattern VARIABLE = Pattern.compile("JAVA_HOME|JDK_\\d+_HOME");
  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d[^\"]*)\"");

  /** Each holds one folder a JDK. */
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("/usr/lib/jvm"),
          Path.of("/usr/java"),
          Path.of("/opt"),
          Path.of("/Library/Java/JavaVirtualMachines"),
          Path.of("C:\\Program Files\\Java"),
          Path.of("C:\\Program Files\\Eclipse Adoptium"),
          Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java"),
          Path.of(System.getProperty("user.home"), ".jdks"));

  /**
   * Finds the newest JDK: this JVM's, that of a variable, or one in the usual folders.
   *
   * @param oldest the least major version that will do
   * @return the first one of the newest version; empty if all are older
   */
  public static Optional<Jdk> newest(int oldest) {
    List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    System.getenv().entrySet().stream()
        .filter(entry -> VARIABLE.matcher(entry.getKey()).matches() && !entry.getValue().isBlank())
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> homes.add(Path.of(entry.getValue())));
    FOLDERS.forEach(folder -> homes.addAll(in(folder)));
    return newest(oldest, homes);
  }

  /** The same, among these folders, of which any may hold no JDK. */
  static Optional<Jdk> newest(int oldest, List<Path> homes) {
    return homes.stream()
        .flatMap(home -> at(home).stream())
        .filter(jdk -> jdk.major() >= oldest)
        .min(Comparator.comparingInt(jdk -> -jdk.major()));
  }

  /**
   * Its major version.
   *
   * @return such as 25; of the old {@code 1.8.0} it is 1
   */
  public int major() {
    return Integer.parseInt(version.split("[^0-9]", 2)[0]);
  }

  /**
   * The file of one of its programs.
   *
   * @param name such as {@code java}
   * @return its path
   */
  public Path program(String name) {
    return program(home, name);
  }

  private static Path program(Path home, String name) {
    return home.resolve("bin").resolve(OsProcess.windows() ? name + ".exe" : name);
  }

  /** Read from the file that every JDK has, for asking the program itself takes half a second. */
  private static Optional<Jdk> at(Path home) {
    try {
      Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
      boolean found = version.find() && Files.isExecutable(program(home, "javac"));
      return found
          ? Optional.of(new Jdk(home.toAbsolutePath(), version.group(1)))
          : Optional.empty();
    } catch (IOException noJdk) {
      return Optional.empty();
    }
  }

  private static List<Path> in(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .sorted()
          .flatMap(child -> Stream.of(child, child.resolve("Contents/Home")))
          .toList();
    } catch (IOException | UncheckedIOException noFolder) {
      return List.of();
    }
  }
}
