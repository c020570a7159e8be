package com.techcorp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mutation testing leaves out a class that its POM names wrongly, and says nothing. */
class MutationTargetsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @ParameterizedTest
  @CsvSource({
    "techcorp-core, targetClass, src/main/java",
    "techcorp-core, targetTest, src/test/java",
    "techcorp-jdbc, targetClass, src/main/java",
    "techcorp-jdbc, targetTest, src/test/java"
  })
  void areClassesThatExist(String module, String element, String sources) throws IOException {
    // given
    String pom = Files.readString(ROOT.resolve(module).resolve("pom.xml"));
    Pattern named = Pattern.compile("<" + element + ">([^<]+)</" + element + ">");

    // when
    List<String> targets = named.matcher(pom).results().map(MutationTargetsTest::name).toList();

    // then
    assertThat(targets).isNotEmpty();
    for (String target : targets) {
      assertThat(files(ROOT.resolve(module).resolve(sources), target)).as(target).isNotEmpty();
    }
  }

  /** The name without what is nested in it: a pattern may end in {@code *} or {@code $*}. */
  private static String name(MatchResult found) {
    int nested = found.group(1).indexOf('$');
    return nested < 0 ? found.group(1) : found.group(1).substring(0, nested);
  }

  private static List<Path> files(Path sources, String target) throws IOException {
    PathMatcher matcher =
        FileSystems.getDefault()
            .getPathMatcher("glob:" + target.replace('.', '/').replace("*", "**") + ".java");
    try (Stream<Path> all = Files.walk(sources)) {
      return all.filter(file -> matcher.matches(sources.relativize(file))).toList();
    }
  }
}
