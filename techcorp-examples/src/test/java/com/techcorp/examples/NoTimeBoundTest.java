package com.techcorp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A test waits for what must happen for as long as a busy machine may need: half a minute at least.
 * Exact times belong to the benchmark. This finds the usual ways to write a shorter bound; it reads
 * text, so an unusual way passes.
 */
class NoTimeBoundTest {
  private static final String SHORT = "(Duration\\.ofMillis\\(|Duration\\.ofSeconds\\([12]?\\d\\))";

  private static final List<Pattern> BOUNDS =
      List.of(
          Pattern.compile("\\bassertTimeout(Preemptively)?\\("),
          Pattern.compile("\\b(atMost|succeedsWithin|failsWithin)\\(\\s*" + SHORT),
          Pattern.compile("\\b(LIMIT|PATIENCE)\\w*\\s*=\\s*" + SHORT),
          Pattern.compile(
              "\\.(get|await|orTimeout|awaitTermination)\\(\\s*[12]?\\d,\\s*TimeUnit\\.SECONDS\\)"),
          Pattern.compile("\\.join\\([12]?\\d_?\\d{3}\\)"),
          // a measured time, unless it has ten times what it is said to take
          Pattern.compile(
              "isLessThan(OrEqualTo)?\\((?![^;]*multipliedBy\\(10\\))[^;]*\\b(Duration\\.of|LEASE)"),
          // ten seconds, if nothing is said
          Pattern.compile(
              "\\bawait\\((\"[^\"]*\")?\\)(?:(?!atMost|;).)*?\\.until", Pattern.DOTALL));

  @Test
  void noTestAssertsATimeThatABusyMachineDoesNotKeep() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> sources = sources();
    sources.forEach(source -> found.addAll(bounds(source.getFileName().toString(), text(source))));

    assertThat(sources).as("tests of all modules").hasSizeGreaterThan(200);
    assertThat(found).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assertTimeout(LONG, () -> run());",
        "await().until(() -> done);",
        "await()\n        .pollInterval(TICK)\n        .untilAsserted(() -> check());",
        "await().atMost(Duration.ofSeconds(9)).until(() -> done);",
        "private static final Duration LIMIT = Duration.ofSeconds(10);",
        "assertThat(answer).succeedsWithin(Duration.ofMillis(300));",
        "answer.get(10, TimeUnit.SECONDS);",
        "closer.join(10_000);",
        "assertThat(took).isLessThan(Duration.ofSeconds(40));",
        "assertThat(took).isLessThan(LEASE.plusSeconds(1));"
      })
  void findsABound(String line) {
    assertThat(bounds("Test", line)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "await().atMost(LIMIT).until(() -> done);",
        "await()\n    .atMost(Duration.ofSeconds(30))\n    .pollInterval(TICK)\n    .until(() -> done);",
        "private static final Duration LIMIT = Duration.ofSeconds(60);",
        "answer.get(60, TimeUnit.SECONDS);",
        "assertThat(took).isLessThan(LEASE.plusSeconds(1).multipliedBy(10));",
        "assertThat(commits).isLessThan(128);"
      })
  void leavesOthersAlone(String line) {
    assertThat(bounds("Test", line)).isEmpty();
  }

  private static List<String> bounds(String name, String text) {
    List<String> found = new ArrayList<>();
    for (Pattern bound : BOUNDS) {
      Matcher matcher = bound.matcher(text);
      while (matcher.find()) {
        long line = text.substring(0, matcher.start()).lines().count();
        found.add(name + ", line " + line + ": " + matcher.group());
      }
    }
    return found;
  }

  /** Of all modules: tests, and what the testkit asserts in them. */
  private static List<Path> sources() throws IOException {
    return JavaSources.ofAllModules().stream()
        .filter(
            file ->
                file.toString().contains("/src/test/java/")
                    || file.toString().contains("/techcorp-contracts/src/main/"))
        .filter(file -> !file.endsWith("NoTimeBoundTest.java"))
        .toList();
  }

  private static String text(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
