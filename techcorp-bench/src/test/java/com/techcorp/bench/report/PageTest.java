package com.techcorp.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  @TempDir private Path directory;

  @Test
  void onlyWhatIsBetweenTheMarkersIsWritten() throws Exception {
    Path file = directory.resolve("page.md");
    Files.writeString(file, "before\n" + Page.BEGIN + "\nold\n" + Page.END + "\nafter\n");

    new Page(file).write(List.of("new"), Map.of("page.svg", "<svg/>"));

    assertThat(Files.readString(file))
        .isEqualTo("before\n" + Page.BEGIN + "\n\nnew\n\n" + Page.END + "\nafter\n");
    assertThat(directory.resolve("page.svg")).hasContent("<svg/>");
  }

  @Test
  void aPageThatIsNotThereIsBegun() throws Exception {
    Path file = directory.resolve("docs").resolve("page.md");

    new Page(file).write(List.of("new"), Map.of("page.svg", "<svg/>"));

    assertThat(Files.readString(file)).startsWith(Page.BEGIN).contains("new");
  }

  @Test
  void aPageWithoutMarkersIsLeftAlone() throws Exception {
    Path file = directory.resolve("page.md");
    Files.writeString(file, "no markers");

    assertThatThrownBy(() -> new Page(file).check())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Page.BEGIN);
  }
}
