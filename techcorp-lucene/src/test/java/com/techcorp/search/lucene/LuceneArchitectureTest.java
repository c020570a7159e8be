package com.techcorp.search.lucene;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** A small public face without Lucene, and everything else behind it. */
@AnalyzeClasses(
    packages = "com.techcorp.search.lucene",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LuceneArchitectureTest {
  private static final String FACE = "com.techcorp.search.lucene";

  @ArchTest
  static final ArchRule itDependsOnCoreAndLuceneAlone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              FACE + "..",
              "com.techcorp.search",
              "com.techcorp.search.spi",
              "com.techcorp.error..",
              "com.techcorp.concurrent..",
              "java..",
              "org.apache.lucene..",
              "org.jspecify..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule hostsSeeNoLucene =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage(FACE)
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .should()
          .haveRawReturnType(
              DescribedPredicate.describe(
                  "of no internal package and not of Lucene",
                  type ->
                      !type.getPackageName().contains("internal")
                          && !type.getPackageName().startsWith("org.apache")));

  @Test
  void theFaceIsSmall() {
    assertThat(
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(FACE)
                    .stream()
                    .filter(type -> type.getPackageName().equals(FACE))
                    .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                    .map(JavaClass::getSimpleName))
        .containsExactlyInAnyOrder("LuceneIndex", "LuceneOptions");
  }
}
