package com.techcorp.bench.micro;

import com.techcorp.servers.process.ChildJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.openjdk.jmh.Main;

/**
 * Runs JMH, {@code mvn -q -Pjmh}, on the paths that need no server. In a JVM of its own: JMH forks
 * with the class path that its JVM was started with, and Maven's is another.
 */
public final class Microbenchmarks {
  private static final Duration SILENCE = Duration.ofMinutes(10);
  private static final Duration END = Duration.ofMinutes(1);

  private Microbenchmarks() {}

  /**
   * Runs the microbenchmarks.
   *
   * @param args as JMH takes them, for example {@code -prof gc Engine}
   */
  public static void main(String[] args) {
    int code;
    try (ChildJvm child = ChildJvm.of(Forked.class).args(args).start()) {
      Optional<String> line = child.pollLine(SILENCE);
      while (line.isPresent()) {
        System.out.println(line.get());
        line = child.pollLine(SILENCE);
      }
      code = child.exitCode(END);
      System.err.print(child.stderr());
    }
    if (code != 0) {
      System.exit(code);
    }
  }

  /** JMH in a JVM that ends with its parent. */
  static final class Forked {
    private Forked() {}

    /**
     * JMH's own main.
     *
     * @param args as JMH takes them
     * @throws IOException as JMH throws it
     */
    public static void main(String[] args) throws IOException {
      ChildJvm.haltWithParent();
      Main.main(args);
    }
  }
}
