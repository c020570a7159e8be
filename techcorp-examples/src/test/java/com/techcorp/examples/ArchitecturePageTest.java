package com.techcorp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each file and method that docs/architecture.md names is there. */
class ArchitecturePageTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern STEP = Pattern.compile("\\[`(\\w+)\\.(\\w+)`]\\(([^)]+)\\)");
  private static final int LEAST = 40;

  private static String page() throws IOException {
    return Files.readString(DOCS.resolve("architecture.md"));
  }

  @Test
  void eachStepIsAMethodOfTheFileThatItLinksTo() throws IOException {
    // given
    List<MatchResult> steps = STEP.matcher(page()).results().toList();
    assertThat(steps).hasSizeGreaterThanOrEqualTo(LEAST);

    for (MatchResult step : steps) {
      // then
      Path file = DOCS.resolve(step.group(3));
      assertThat(file).exists().hasFileName(step.group(1) + ".java");
      Pattern declared =
          Pattern.compile("^ +[\\w<][^=;(*/]*[ >]" + step.group(2) + "\\(", Pattern.MULTILINE);
      assertThat(declared.matcher(Files.readString(file)).find())
          .as("%s.%s is declared", step.group(1), step.group(2))
          .isTrue();
    }
  }

  @Test
  void everyMethodThatIsNamedHasALink() throws IOException {
    String withoutLinks = STEP.matcher(page()).replaceAll("");
    assertThat(Pattern.compile("`[A-Z]\\w+\\.[a-z]\\w+`").matcher(withoutLinks).results())
        .extracting(MatchResult::group)
        .isEmpty();
  }
}
