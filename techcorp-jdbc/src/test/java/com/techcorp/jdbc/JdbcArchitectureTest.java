package com.techcorp.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** A small public face, and arrows in one direction behind it. */
@AnalyzeClasses(
    packages = "com.techcorp.jdbc",
    importOptions = ImportOption.DoNotIncludeTests.class)
class JdbcArchitectureTest {
  private static final String FACE = "com.techcorp.jdbc";
  private static final String INTERNAL = FACE + ".internal";

  @ArchTest
  static final ArchRule filesAreFreeOfCircles =
      slices().assignedFrom(new Files()).should().beFreeOfCycles();

  @ArchTest static final ArchRule batchSeesNoOther = sees("batch");
  @ArchTest static final ArchRule writeSeesBatch = sees("write", "batch");
  @ArchTest static final ArchRule readSeesBatch = sees("read", "batch");
  @ArchTest static final ArchRule schemaSeesBatch = sees("schema", "batch");
  @ArchTest static final ArchRule checkSeesBatchAndSchema = sees("check", "batch", "schema");

  /** Of the internal packages this one sees itself and these only. */
  private static ArchRule sees(String from, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(INTERNAL + "." + from)
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are in another internal package than " + String.join(", ", others),
                type -> isForeign(type, from, others)));
  }

  private static boolean isForeign(JavaClass type, String from, String... others) {
    String name = type.getPackageName();
    if (!name.startsWith(INTERNAL) || name.equals(INTERNAL + "." + from)) {
      return false;
    }
    for (String other : others) {
      if (name.equals(INTERNAL + "." + other)) {
        return false;
      }
    }
    return true;
  }

  @ArchTest
  static final ArchRule ofOursItSeesTheCoreOnly =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.techcorp.amqp..",
              "com.techcorp.auth.[email|gateway|memory|password|service|session|token]..",
              "com.techcorp.mail..",
              "com.techcorp.cli..",
              "com.techcorp.testkit..",
              "com.techcorp.contracts..",
              "com.techcorp.servers..");

  @ArchTest
  static final ArchRule theFaceIsOfTheseTypes =
      noClasses()
          .that()
          .resideInAPackage(FACE)
          .and()
          .doNotBelongToAnyOf(
              PostgresStorage.class,
              SchemaNames.class,
              InvariantCheck.class,
              InvariantReport.class,
              EffectWriter.class,
              Statements.class)
          .should()
          .bePublic();

  @ArchTest
  static final ArchRule theFaceNamesNothingInternal =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage(FACE)
          .and()
          .arePublic()
          .should(nameNothingInternal());

  private static ArchCondition<JavaMethod> nameNothingInternal() {
    return new ArchCondition<>("name no internal type") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        method.getAllInvolvedRawTypes().stream()
            .filter(type -> type.getPackageName().startsWith(INTERNAL))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " names " + type.getName())));
      }
    };
  }

  /** A top-level type with what is nested in it. */
  private static final class Files implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getName();
      if (!name.startsWith(FACE + ".")) {
        return SliceIdentifier.ignore();
      }
      int nested = name.indexOf('$');
      return SliceIdentifier.of(nested < 0 ? name : name.substring(0, nested));
    }

    @Override
    public String getDescription() {
      return "files";
    }
  }
}
