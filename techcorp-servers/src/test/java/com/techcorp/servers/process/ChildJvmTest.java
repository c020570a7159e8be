package com.techcorp.servers.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ChildJvmTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofMillis(300);

  @Test
  void passesArgumentsAndOptionsAndReadsLines() {
    try (ChildJvm child =
        ChildJvm.of(Talker.class)
            .jvmOptions("-Dgreeting=good day")
            .args("a b", "c\\d", "e\"f", "")
            .start()) {
      assertThat(child.readLine(LIMIT)).isEqualTo("good day");
      assertThat(child.awaitLine("args", LIMIT)).isEqualTo("args=[a b, c\\d, e\"f, ]");
      assertThat(child.exitCode(LIMIT)).isEqualTo(7);
      assertThat(child.stderr()).contains("to standard error");
      assertThat(child.isAlive()).isFalse();
    }
  }

  @Test
  void runsWithAnotherClassPath() {
    String other = System.getProperty("java.class.path") + File.pathSeparator + "an/other/entry";
    try (ChildJvm child = ChildJvm.of(OfClassPath.class).classPath(other).start()) {
      assertThat(child.readLine(LIMIT)).isEqualTo(other);
    }
  }

  @Test
  void saysWhatTheChildSaidInsteadOfTheLine() {
    try (ChildJvm child = ChildJvm.of(Talker.class).jvmOptions("-Dgreeting=hello").start()) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> child.awaitLine("never said", LIMIT))
          .withMessageContaining("ended")
          .withMessageContaining("hello")
          .withMessageContaining("to standard error");
    }
  }

  @Test
  void sendsLines() {
    try (ChildJvm child = ChildJvm.of(Echo.class).start()) {
      child.send("one");
      child.send("zwei: \u00fc");
      assertThat(child.readLine(LIMIT)).isEqualTo("heard one");
      assertThat(child.readLine(LIMIT)).isEqualTo("heard zwei: \u00fc");
      child.closeInput();
      assertThat(child.exitCode(LIMIT)).isEqualTo(ChildJvm.ORPHANED);
    }
  }

  @Test
  void saysThatThereIsNoLine() {
    try (ChildJvm child = ChildJvm.of(Talker.class).jvmOptions("-Dgreeting=hello").start()) {
      assertThat(child.pollLine(LIMIT)).contains("hello");
      assertThat(child.pollLine(LIMIT)).isPresent();
      assertThat(child.pollLine(LIMIT)).as("the output has ended").isEmpty();
      assertThat(child.pollLine(LIMIT)).as("and stays so").isEmpty();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void killsTheChild() {
    try (ChildJvm child = ChildJvm.of(Ticker.class).start()) {
      // given
      child.awaitLine("tick", LIMIT);

      // when
      child.kill();

      // then
      assertThat(child.exitCode(LIMIT)).isEqualTo(137);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void freezesTheChildAndLetsItGoOn() {
    try (ChildJvm child = ChildJvm.of(Ticker.class).start()) {
      // given
      child.awaitLine("tick", LIMIT);

      // when
      child.pause();

      // then
      assertThat(child.isAlive()).isTrue();
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> child.awaitLine("never said", SOON))
          .withMessageContaining("PT0.3S");

      // when
      child.resume();

      // then
      assertThat(child.awaitLine("tick", LIMIT)).startsWith("tick");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void noThreadOfAFrozenChildRunsOn() {
    try (ChildJvm child = ChildJvm.of(Spinner.class).start()) {
      child.awaitLine("spinning", LIMIT);
      for (int time = 0; time < 5; time++) {
        // when
        child.pause();

        // then
        Duration frozen = cpuOf(child);
        OsProcess.await(SOON, () -> false);
        assertThat(cpuOf(child)).isEqualTo(frozen);
        child.resume();
      }
    }
  }

  @Test
  void endsTheChildOnClose() {
    // given
    ChildJvm child = ChildJvm.of(Ticker.class).start();
    child.awaitLine("tick", LIMIT);

    // when
    child.close();
    child.close();

    // then
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void haltsWhenItsInputEnds() throws Exception {
    try (ChildJvm child = ChildJvm.of(Ticker.class).start()) {
      // given
      child.awaitLine("tick", LIMIT);

      // when
      child.closeInput();

      // then
      assertThat(child.exitCode(LIMIT)).isEqualTo(ChildJvm.ORPHANED);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void endsWithAKilledParentEvenWhenFrozen() {
    try (ChildJvm parent = ChildJvm.of(Parent.class).start()) {
      // given
      String pid = parent.awaitLine("grandchild=", LIMIT).split("=", 2)[1];
      ProcessHandle grandchild = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();

      // when
      parent.kill();

      // then
      await().atMost(LIMIT).until(() -> !grandchild.isAlive());
    }
  }

  private static Duration cpuOf(ChildJvm child) {
    ProcessHandle.Info info = ProcessHandle.of(child.pid()).orElseThrow().info();
    return info.totalCpuDuration().orElseThrow();
  }

  static final class Talker {
    public static void main(String[] args) {
      System.out.println(System.getProperty("greeting"));
      System.out.println("args=" + Arrays.toString(args));
      System.err.println("to standard error");
      System.exit(7);
    }
  }

  static final class OfClassPath {
    public static void main(String[] args) {
      System.out.println(System.getProperty("java.class.path"));
    }
  }

  static final class Ticker {
    public static void main(String[] args) {
      ChildJvm.haltWithParent();
      for (long i = 0; ; i++) {
        System.out.println("tick " + i);
        OsProcess.await(Duration.ofMillis(20), () -> false);
      }
    }
  }

  /** More threads than processors, so that each waits before it learns of a signal. */
  static final class Spinner {
    private static long turns;

    public static void main(String[] args) {
      ChildJvm.haltWithParent();
      for (int i = 0; i < 40; i++) {
        new Thread(
                () -> {
                  while (true) {
                    turns++;
                  }
                })
            .start();
      }
      System.out.println("spinning");
    }
  }

  static final class Parent {
    public static void main(String[] args) throws InterruptedException {
      ChildJvm.haltWithParent();
      ChildJvm child = ChildJvm.of(Ticker.class).start();
      child.awaitLine("tick", LIMIT);
      child.pause();
      System.out.println("grandchild=" + child.pid());
      Thread.currentThread().join();
    }
  }

  /** Says what it hears. */
  static final class Echo {
    public static void main(String[] args) throws InterruptedException {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      ChildJvm.listen(line -> out.println("heard " + line));
      Thread.currentThread().join();
    }
  }
}
