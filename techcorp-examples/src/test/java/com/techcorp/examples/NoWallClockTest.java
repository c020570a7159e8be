package com.techcorp.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * Core has one source of time, the storage: a process whose clock is wrong does nothing wrong. The
 * adapter of PostgreSQL has one too: the database, or the clock that a test gives it.
 */
@AnalyzeClasses(packages = "com.techcorp", importOptions = ImportOption.DoNotIncludeTests.class)
class NoWallClockTest {
  /** By owner and method; ids may be made of the clock, by the library that makes them. */
  private static final Set<String> READS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.time.InstantSource.system",
          "java.util.Calendar.getInstance");

  @ArchTest
  static final ArchRule nobodyReadsTheProcesssWallClock =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "com.techcorp.amqp..",
              "com.techcorp.auth.[gateway|memory|service|token]..",
              "com.techcorp.bench..",
              "com.techcorp.cli..",
              "com.techcorp.contracts..",
              "com.techcorp.examples..",
              "com.techcorp.mail..",
              "com.techcorp.servers..",
              "com.techcorp.testkit..")
          .should()
          .accessTargetWhere(DescribedPredicate.describe("reads the wall clock", it -> reads(it)))
          .because("all time is the storage's: SagaInstance.readAt, saga.clock()");

  private static boolean reads(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getFullName();
    String name = access.getTarget().getName();
    return READS.contains(owner + "." + name)
        || (owner.startsWith("java.time.") && name.equals("now"))
        || (owner.equals("java.time.Clock")
            && (name.startsWith("system") || name.startsWith("tick")))
        || (owner.equals("java.util.Date") && access.getTarget().getFullName().endsWith("<init>()"))
        || (owner.equals("java.util.GregorianCalendar") && name.equals("<init>"));
  }
}
