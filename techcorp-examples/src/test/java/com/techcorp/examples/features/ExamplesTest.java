package com.techcorp.examples.features;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every example promises to who copies from it. */
class ExamplesTest {
  private static final Path SOURCES =
      Path.of("src", "main", "java", "com", "techcorp", "examples", "features");
  private static final int MOST_LINES = 100;
  private static final int LEAST = 16;

  @Test
  void anExampleUsesOnlyWhatAHostUses() {
    classes()
        .that()
        .doNotHaveSimpleName(ExampleShop.class.getSimpleName()) // starts the servers
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.sql..",
            "org.jspecify..",
            "com.techcorp",
            "com.techcorp.auth..",
            "com.techcorp.order",
            "com.techcorp.inventory",
            "com.techcorp.payment",
            "com.techcorp.notification",
            "com.techcorp.messaging",
            "com.techcorp.catalog",
            "com.techcorp.saga",
            "com.techcorp.error",
            "com.techcorp.retry",
            "com.techcorp.storage",
            "com.techcorp.json",
            "com.techcorp.search",
            "com.techcorp.search.lucene",
            "com.techcorp.jdbc",
            "com.techcorp.amqp",
            "com.techcorp.mail",
            "com.techcorp.testkit",
            "com.techcorp.testkit.fault",
            "com.techcorp.examples.features")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("com.techcorp.examples.features"));
  }

  @Test
  void everyExampleIsRunShortAndInTheTable() throws IOException {
    // given
    String page = Files.readString(Path.of("..", "docs", "examples.md"));
    Set<String> run =
        ExamplesIT.examples().map(ExamplesIT.Example::toString).collect(Collectors.toSet());
    run.addAll(Set.of("Host", "PlaceOneOrder")); // have tests of their own

    // when
    Set<String> programs = new TreeSet<>();
    for (Path source : sources()) {
      String name = source.getFileName().toString().replace(".java", "");
      List<String> lines = Files.readAllLines(source);
      if (lines.stream().anyMatch(line -> line.contains("public static void main("))) {
        programs.add(name);
        assertThat(lines).as(name).hasSizeLessThanOrEqualTo(MOST_LINES);
        assertThat(page).contains("features/" + name + ".java)");
      }
    }

    // then
    assertThat(programs).hasSizeGreaterThanOrEqualTo(LEAST).isEqualTo(run);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files.sorted().toList();
    }
  }
}
