package com.techcorp.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.bench.database.Verification;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The comparison of a build with itself, as small as it gets. */
class CompareIT {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void twoProcessesTakeTurnsAndEveryOrderIsChecked() {
    String own = System.getProperty("java.class.path");

    int code =
        compare(
            "--before=" + own,
            "--after=" + own,
            "--clients=4,8",
            "--pairs=1",
            "--seconds=1",
            "--warm=4",
            "--seed=1",
            "--shared-buffers=128MB");

    assertThat(said())
        .contains("Seed of the intervals: 1", "4 clients, pair 1: A ", "8 clients, pair 1: A ")
        .containsPattern("every order checked: A [0-9,]+, B [0-9,]+")
        .contains("| B over A |", "| CPU, B over A |");
    // So short a run may say either; the exit code says the same.
    assertThat(code).isEqualTo(said().contains("\nNOT SLOWER: ") ? 0 : 1);
    assertThat(said()).containsPattern("\n(NOT )?SLOWER: [^\n]+\n$");
  }

  @Test
  @Tag("soak") // half a minute, and the turns before show how processes are compared
  void refusalsAreComparedInTurnAndEveryOrderIsChecked() {
    String own = System.getProperty("java.class.path");

    int code =
        compare(
            "--refusals",
            "--before=" + own,
            "--after=" + own,
            "--pairs=2",
            "--seconds=1",
            "--warm=2",
            "--seed=1",
            "--shared-buffers=128MB");

    assertThat(said())
        .contains(
            "turn 1, a thread each: A ",
            "turn 2, no threads: A ",
            "| a thread each: B, recorded as CANCELLED ",
            "| no threads: B, by SoldOut ")
        .containsPattern(
            "every order checked: [0-9,]+ refused by A, [0-9,]+ and [0-9,]+ by B with a thread each");
    assertThat(code).isEqualTo(said().contains("\nENOUGH\n") ? 0 : 1);
  }

  @Test
  void aWorkerThatEndsSaysWhy() {
    assertThatThrownBy(
            () -> CompareProcess.start(CompareWorker.class, "nowhere", "jdbc:postgresql:none", 1))
        .isInstanceOf(Verification.FailedException.class)
        .hasMessageContaining("main class com.techcorp.bench.compare.CompareWorker");
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    assertThat(compare("--before=x")).isEqualTo(Compare.USAGE);
    assertThat(compare("--before=x", "--after=x", "--pairs=0")).isEqualTo(Compare.USAGE);
    assertThat(compare("--before=x", "--after=x", "--clients=0")).isEqualTo(Compare.USAGE);
  }

  private int compare(String... args) {
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      return Compare.commandLine().execute(args);
    } finally {
      System.setOut(before);
    }
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
