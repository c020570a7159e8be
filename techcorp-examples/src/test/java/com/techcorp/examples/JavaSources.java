package com.techcorp.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Java files below {@code src} of all modules. Nothing else of a module is looked at: what
 * stands in its {@code target} comes and goes while its own tests run beside these.
 */
final class JavaSources {
  private JavaSources() {}

  static List<Path> ofAllModules() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> folders = Files.list(Path.of(".."))) {
      for (Path folder : folders.map(module -> module.resolve("src")).toList()) {
        if (Files.isDirectory(folder)) {
          sources.addAll(below(folder));
        }
      }
    }
    return sources;
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
