package com.techcorp.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;

/** Arrows in one direction, as the root package's documentation draws them. */
@AnalyzeClasses(
    packages = "com.techcorp.bench",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BenchArchitectureTest {
  private static final String ROOT = "com.techcorp.bench";

  @ArchTest
  static final ArchRule filesAreFreeOfCircles =
      slices().assignedFrom(new Files()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobodySeesTheCommand =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT);

  @ArchTest static final ArchRule statisticsSeeNoOther = sees("statistics");
  @ArchTest static final ArchRule textSeesStatistics = sees("text", "statistics");
  @ArchTest static final ArchRule workloadSeesNoOther = sees("workload");

  @ArchTest
  static final ArchRule databaseSeesTextAndWorkload = sees("database", "text", "workload");

  @ArchTest static final ArchRule floorSeesWorkload = sees("floor", "workload");

  @ArchTest
  static final ArchRule contenderSeesFloorAndWorkload = sees("contender", "floor", "workload");

  @ArchTest
  static final ArchRule measureSeesDatabaseAndWorkload = sees("measure", "database", "workload");

  @ArchTest
  static final ArchRule planSeesNoScenario =
      sees("plan", "contender", "database", "measure", "workload");

  @ArchTest
  static final ArchRule scenarioSeesNoReport =
      sees(
          "scenario", "contender", "database", "measure", "plan", "statistics", "text", "workload");

  @ArchTest
  static final ArchRule brokerSeesNoTrust =
      sees(
          "scenario.broker",
          "contender",
          "database",
          "measure",
          "scenario",
          "statistics",
          "text",
          "workload");

  @ArchTest
  static final ArchRule trustSeesNoBroker =
      sees(
          "scenario.trust",
          "contender",
          "database",
          "measure",
          "scenario",
          "statistics",
          "text",
          "workload");

  @ArchTest
  static final ArchRule authSeesNoOrders =
      sees("scenario.auth", "database", "measure", "statistics", "text");

  @ArchTest
  static final ArchRule countersSeeNoTrust =
      sees(
          "scenario.counters",
          "contender",
          "database",
          "measure",
          "scenario",
          "statistics",
          "text",
          "workload");

  @ArchTest
  static final ArchRule reportSeesNoSingleScenario =
      sees(
          "report",
          "contender",
          "database",
          "measure",
          "plan",
          "scenario",
          "statistics",
          "text",
          "workload");

  @ArchTest
  static final ArchRule compareSeesNoPlan =
      sees("compare", "contender", "database", "measure", "statistics", "text", "workload");

  @ArchTest
  static final ArchRule microSeesNoServer = sees("micro", "contender", "floor", "workload");

  /** Of the packages below the root, one sees itself and these only. */
  private static ArchRule sees(String from, String... others) {
    List<String> allowed = List.of(others);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + "." + from)
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are in another package than " + String.join(", ", allowed),
                type -> isForeign(type, from, allowed)));
  }

  private static boolean isForeign(JavaClass type, String from, List<String> allowed) {
    String name = type.getPackageName();
    return name.startsWith(ROOT + ".")
        && !name.equals(ROOT + "." + from)
        && allowed.stream().noneMatch(other -> name.equals(ROOT + "." + other));
  }

  /** A top-level type with what is nested in it. */
  private static final class Files implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getName();
      if (!name.startsWith(ROOT + ".")) {
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
