package com.techcorp.redis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** A small public face without Lettuce, and everything else behind it. */
@AnalyzeClasses(
    packages = "com.techcorp.redis",
    importOptions = ImportOption.DoNotIncludeTests.class)
class RedisArchitectureTest {
  private static final String FACE = "com.techcorp.redis";

  @ArchTest
  static final ArchRule noHostSeesLettuce =
      noClasses()
          .that()
          .resideInAPackage(FACE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.lettuce..", "io.netty..", "reactor..");

  @ArchTest
  static final ArchRule hostsSeePortsOnly =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage(FACE)
          .should()
          .haveRawReturnType(
              DescribedPredicate.describe(
                  "of no internal package", type -> !type.getPackageName().contains("internal")));

  @ArchTest
  static final ArchRule eachPortIsOneClassBehindTheFace =
      classes()
          .that()
          .resideInAPackage(FACE + ".internal")
          .and()
          .implement(
              DescribedPredicate.describe(
                  "a port", type -> type.getPackageName().equals("com.techcorp.auth.spi")))
          .should()
          .haveSimpleNameStartingWith("Redis");

  @Test
  void theFaceIsSmall() {
    assertThat(
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(FACE)
                    .stream()
                    .filter(type -> type.getPackageName().equals(FACE))
                    .filter(type -> !type.getSimpleName().equals("package-info"))
                    .map(JavaClass::getSimpleName))
        .containsExactlyInAnyOrder(
            "Checked", "RedisCache", "RedisCheck", "RedisOptions", "RedisReport");
  }
}
