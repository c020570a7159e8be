package com.techcorp.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 500 callers at once, each of whom wants 19 MiB, in a process whose heap has 256 MiB. */
@Tag("T37")
class ManyLoginsTest {
  private static final int CALLERS = 500;

  @TempDir private Path directory;

  @Test
  @Tag("T59")
  void if10MayWaitMostAreRefused() throws Exception {
    wants19MibEach(10);
  }

  @Test
  @Tag("T59")
  @Tag("soak")
  void if200MayWaitFewerAreRefused() throws Exception {
    wants19MibEach(200);
  }

  private void wants19MibEach(int waiting) throws Exception {
    // when
    System.out.println("ManyLoginsTest: " + CALLERS + " callers, of whom " + waiting + " may wait");
    int[] became = Arrays.stream(run(waiting).split(" ")).mapToInt(Integer::parseInt).toArray();
    int hashed = became[0];
    int refused = became[1];
    int failed = became[2];

    // then
    assertThat(hashed + refused).isEqualTo(CALLERS);
    assertThat(failed).isZero();
    // Each tenth caller may have been told to stop while it waited.
    assertThat(hashed).isGreaterThan((ManyLogins.PERMITS + waiting) / 2);
    assertThat(refused).isPositive();
    assertThat(became[3]).as("free permits").isEqualTo(ManyLogins.PERMITS);
    assertThat(became[4]).as("free places").isEqualTo(ManyLogins.PERMITS + waiting);
  }

  /** Returns the last line of a process of its own. */
  private String run(int waiting) throws Exception {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ManyLogins.class.getName(),
                Integer.toString(CALLERS),
                Integer.toString(waiting))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(output);
    assertThat(ended && process.exitValue() == 0).as(text).isTrue();
    String[] lines = text.strip().split("\n");
    return lines[lines.length - 1];
  }
}
