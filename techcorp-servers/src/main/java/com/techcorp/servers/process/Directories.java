package com.techcorp.servers.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Working directories of the processes that tests start. */
public final class Directories {
  private Directories() {}

  /**
   * Makes a fresh directory: under {@code target/} when the build has one here, so that {@code mvn
   * clean} removes what a killed JVM left, and else in the system's directory for temporary files.
   *
   * @param prefix the beginning of its name
   * @return its absolute path
   * @throws UncheckedIOException when it cannot be made
   */
  public static Path createTemporary(String prefix) {
    try {
      Path target = Path.of("target").toAbsolutePath();
      if (Files.isDirectory(target) && Files.isWritable(target)) {
        Path parent = Files.createDirectories(target.resolve("techcorp-processes"));
        return Files.createTempDirectory(parent, prefix);
      }
      return Files.createTempDirectory("techcorp-" + prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Deletes a directory and all in it, also while a process that is about to end still deletes
   * there.
   *
   * @param directory the directory; one that does not exist is fine
   * @throws UncheckedIOException when something in it cannot be deleted
   */
  public static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try {
      for (Path path : deepestFirst(directory)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + directory, e);
    }
  }

  /**
   * The paths in a directory, but not below it, that match a glob.
   *
   * @param directory the directory
   * @param glob such as {@code *.deb}
   * @return the paths, in no order
   * @throws IOException if the directory cannot be read
   */
  public static List<Path> list(Path directory, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var paths = Files.newDirectoryStream(directory, glob)) {
      paths.forEach(found::add);
    }
    return found;
  }

  private static List<Path> deepestFirst(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return deepestFirst(directory);
      }
      throw e;
    }
  }
}
