package com.techcorp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The pages show code that is compiled and run. The line {@code <!-- from path#region -->} before a
 * block of code says which: what stands in that file between {@code // tag::region[]} and {@code //
 * end::region[]}.
 */
class PagesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String README_EXAMPLE =
      "techcorp-examples/src/main/java/com/techcorp/examples/features/PlaceOneOrder.java#readme";
  private static final Pattern FROM = Pattern.compile("<!-- from (\\S+)#(\\S+) -->");
  private static final Pattern MARK = Pattern.compile("\\s*// (tag|end)::\\w+\\[]");
  private static final int LEAST = 15;

  @Test
  void showsCodeThatIsCompiledAndRun() throws IOException {
    int shown = 0;
    for (String page : pages()) {
      List<String> lines = lines(page);
      for (int i = 0; i < lines.size(); i++) {
        Matcher from = FROM.matcher(lines.get(i));
        if (from.matches()) {
          assertThat(block(lines, i + 1))
              .as("%s: the block after %s", page, lines.get(i))
              .isEqualTo(region(from.group(1), from.group(2)));
          shown++;
        }
      }
    }
    assertThat(shown).isGreaterThanOrEqualTo(LEAST);
  }

  @Test
  void theFirstBlockOfTheReadmeIsTheExample() throws IOException {
    List<String> readme = lines("README.md");
    assertThat(readme.get(readme.indexOf("```java") - 1))
        .isEqualTo("<!-- from " + README_EXAMPLE + " -->");
  }

  @Test
  void theReadmeStaysShort() throws IOException {
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
    return Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)")
        .matcher(String.join("\n", lines(page)))
        .results()
        .map(link -> link.group(1))
        .toList();
  }

  private static List<String> block(List<String> page, int fence) {
    assertThat(page.get(fence)).isEqualTo("```java");
    List<String> rest = page.subList(fence + 1, page.size());
    return rest.subList(0, rest.indexOf("```"));
  }

  /** Without the indentation that its lines share, and without the marks of other regions. */
  private static List<String> region(String file, String name) throws IOException {
    List<String> lines = lines(file);
    int begin = indexOf(lines, "// tag::" + name + "[]");
    int end = indexOf(lines, "// end::" + name + "[]");
    assertThat(begin).as("%s has the region %s", file, name).isBetween(0, end);
    List<String> region = new ArrayList<>(lines.subList(begin + 1, end));
    region.removeIf(line -> MARK.matcher(line).matches());
    while (region.get(region.size() - 1).isBlank()) {
      region.remove(region.size() - 1);
    }
    int shared =
        region.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return region.stream().map(line -> line.isBlank() ? "" : line.substring(shared)).toList();
  }

  private static int indexOf(List<String> lines, String mark) {
    return lines.stream().map(String::strip).toList().indexOf(mark);
  }

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(ROOT.resolve(file));
  }
}
