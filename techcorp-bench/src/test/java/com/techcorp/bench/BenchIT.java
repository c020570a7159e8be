package com.techcorp.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.bench.report.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The whole command, as small as it gets. */
class BenchIT {
  @TempDir private Path directory;

  @Test
  void oneCommandWritesATableAndAPicture() throws Exception {
    Path page = directory.resolve("benchmarks.md");
    Files.writeString(page, "# Before\n\n" + Page.BEGIN + "\nold\n" + Page.END + "\n\nAfter\n");

    int code =
        Bench.commandLine()
            .execute(
                "quick",
                "--scenario=uniform,start",
                "--clients=2",
                "--contenders=engine,two-commit,commit-a-step",
                "--provider=0",
                "--rounds=1",
                "--seconds=3",
                "--warm-up=1",
                "--pool=2",
                "--shared-buffers=128MB",
                "--docs=" + page);

    assertThat(code).isEqualTo(Bench.CLEAN);
    assertThat(Files.readString(page))
        .startsWith("# Before\n")
        .endsWith("After\n")
        .doesNotContain("old")
        .contains("| clients | contender     |")
        .contains("| 2       | engine        |")
        .contains("| 2       | two-commit    |")
        .contains("| 2       | commit-a-step |")
        .contains("### Start")
        .contains("`synchronous_commit`")
        .contains("(benchmarks.svg)");
    Document picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(directory.resolve("benchmarks.svg").toFile());
    assertThat(picture.getElementsByTagName("title").getLength()).isEqualTo(3);
  }
}
