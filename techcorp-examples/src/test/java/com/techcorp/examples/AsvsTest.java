package com.techcorp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about authentication goes through all of OWASP ASVS 5 that concerns it. */
class AsvsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final PathMatcher TESTS =
      FileSystems.getDefault()
          .getPathMatcher("glob:**/src/{test,main}/java/**/*{Test,IT,Contract}.java");
  private static final Pattern ROW =
      Pattern.compile("\\| (\\d+\\.\\d+\\.\\d+) \\| [123] \\| [^|]+ \\| ([^|]+) \\|");
  private static final Pattern SHOWN_BY = Pattern.compile("`([A-Z]\\w+)#(\\w+)`");

  /** Of each section of V6, V7 and V9: how many requirements it has. */
  private static final Map<String, Integer> SECTIONS =
      Map.ofEntries(
          Map.entry("6.1", 3),
          Map.entry("6.2", 12),
          Map.entry("6.3", 8),
          Map.entry("6.4", 6),
          Map.entry("6.5", 8),
          Map.entry("6.6", 4),
          Map.entry("6.7", 2),
          Map.entry("6.8", 4),
          Map.entry("7.1", 3),
          Map.entry("7.2", 4),
          Map.entry("7.3", 2),
          Map.entry("7.4", 5),
          Map.entry("7.5", 3),
          Map.entry("7.6", 2),
          Map.entry("9.1", 3),
          Map.entry("9.2", 4));

  /**
   * A requirement.
   *
   * @param number its number
   * @param here how it is met, or why not
   */
  private record Requirement(String number, String here) {}

  @Test
  void eachNumberIsThereOnce() throws IOException {
    List<String> numbers = new ArrayList<>();
    SECTIONS.forEach(
        (section, count) -> {
          for (int i = 1; i <= count; i++) {
            numbers.add(section + "." + i);
          }
        });
    assertThat(requirements())
        .extracting(Requirement::number)
        .containsExactlyInAnyOrderElementsOf(numbers);
  }

  @Test
  void eachNumberHasATestOrSaysWhyNot() throws IOException {
    for (Requirement requirement : requirements()) {
      assertThat(requirement.here())
          .as(requirement.number())
          .containsPattern("#\\w+`|^Host[:, ]|^There is nothing to test: |^\\[[^]]+]\\(#");
    }
  }

  @Test
  void theTestsExist() throws IOException {
    Map<String, Path> tests = tests();
    List<MatchResult> named =
        requirements().stream()
            .flatMap(requirement -> SHOWN_BY.matcher(requirement.here()).results())
            .toList();
    assertThat(named).hasSizeGreaterThan(30);
    for (MatchResult test : named) {
      Path file = tests.get(test.group(1));
      assertThat(file).as(test.group()).isNotNull();
      assertThat(Files.readString(file)).as(test.group()).contains(" void " + test.group(2) + "(");
    }
  }

  private static List<Requirement> requirements() throws IOException {
    return Files.readAllLines(ROOT.resolve("docs/authentication.md")).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(row -> new Requirement(row.group(1), row.group(2)))
        .toList();
  }

  /** Test classes of all modules by their names. */
  private static Map<String, Path> tests() throws IOException {
    return JavaSources.ofAllModules().stream()
        .filter(TESTS::matches)
        .collect(
            Collectors.toMap(
                file -> file.getFileName().toString().replace(".java", ""),
                Function.identity(),
                (one, other) -> one));
  }
}
