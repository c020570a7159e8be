package com.techcorp.search.elasticsearch;

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

/** A small public face without the client, and nothing of Lucene. */
@AnalyzeClasses(
    packages = "com.techcorp.search.elasticsearch",
    importOptions = ImportOption.DoNotIncludeTests.class)
class SearchArchitectureTest {
  private static final String FACE = "com.techcorp.search.elasticsearch";

  @ArchTest
  static final ArchRule itDependsOnCoreAndTheClientAlone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              FACE + "..",
              "com.techcorp.search",
              "com.techcorp.search.spi",
              "com.techcorp.error..",
              "java..",
              "javax.net.ssl",
              "co.elastic.clients.transport.rest5_client.low_level",
              "com.fasterxml.jackson..",
              "io.github.resilience4j.circuitbreaker",
              "org.apache.hc..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule hostsSeeNoClient =
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
                  "of no internal package and of no library",
                  type ->
                      type.isPrimitive()
                          || type.getPackageName().startsWith("java.")
                          || (type.getPackageName().startsWith("com.techcorp.")
                              && !type.getPackageName().contains("internal"))));

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
        .containsExactlyInAnyOrder("Builder", "ElasticIndex", "ElasticOptions", "TargetOptions");
  }
}
