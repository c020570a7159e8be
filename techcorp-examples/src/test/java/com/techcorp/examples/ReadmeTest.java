package com.techcorp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String SOURCE =
      "techcorp-examples/src/main/java/com/techcorp/examples/PlaceOneOrder.java";

  @Test
  void showsTheExampleThatIsCompiledAndRun() throws IOException {
    assertThat(block("README.md"))
        .as("the first java block of README.md: copy the region 'readme' of " + SOURCE)
        .isEqualTo(region("readme"));
  }

  @Test
  void staysShort() throws IOException {
    assertThat(lines("README.md")).hasSizeLessThan(150);
  }

  @Test
  void linksToWhatExists() throws IOException {
    for (String page : pages()) {
      Path folder = ROOT.resolve(page).getParent();
      for (String target : links(page)) {
        assertThat(folder.resolve(target)).as("a link of " + page).exists();
      }
    }
  }

  private static List<String> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      List<String> pages =
          docs.map(doc -> "docs/" + doc.getFileName()).filter(doc -> doc.endsWith(".md")).toList();
      return Stream.concat(Stream.of("README.md", "CHANGELOG.md"), pages.stream()).toList();
    }
  }

  private static List<String> links(String page) throws IOException {
    return java.util.regex.Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)")
        .matcher(String.join("\n", lines(page)))
        .results()
        .map(link -> link.group(1))
        .toList();
  }

  private static List<String> block(String page) throws IOException {
    List<String> lines = lines(page);
    int start = lines.indexOf("```java") + 1;
    return lines.subList(start, start + lines.subList(start, lines.size()).indexOf("```"));
  }

  private static List<String> region(String name) throws IOException {
    List<String> lines =
        lines(SOURCE).stream().map(line -> line.replaceFirst("^ {4}", "")).toList();
    return lines.subList(
        lines.indexOf("// tag::" + name + "[]") + 1, lines.indexOf("// end::" + name + "[]"));
  }

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(ROOT.resolve(file));
  }
}
