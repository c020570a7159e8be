package com.techcorp.bench.compare;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A worker as another build has it, whose package may not be that of this build. */
final class WorkerClass {
  /** The benchmark's only package, until the comparison had one of its own. */
  private static final String EARLIER_PACKAGE = "com.techcorp.bench";

  private WorkerClass() {}

  /**
   * Finds it.
   *
   * @param classPath of the other build
   * @param worker as this build has it
   * @return the other build's class of that name; this build's if there is none, which then cannot
   *     be started
   */
  static Class<?> in(String classPath, Class<?> worker) {
    try (URLClassLoader build =
        new URLClassLoader(urls(classPath), ClassLoader.getPlatformClassLoader())) {
      return load(worker.getName(), build)
          .or(() -> load(EARLIER_PACKAGE + "." + worker.getSimpleName(), build))
          .orElse(worker);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL[] urls(String classPath) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(new URL[0]);
  }

  private static Optional<Class<?>> load(String name, ClassLoader build) {
    try {
      return Optional.of(Class.forName(name, false, build));
    } catch (ClassNotFoundException absent) {
      return Optional.empty();
    }
  }
}
