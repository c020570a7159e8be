package com.techcorp.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** The arrows between modules: core ← testkit ← servers ← contracts; adapters see core only. */
@AnalyzeClasses(packages = "com.techcorp", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {
  private static final String AMQP = "com.techcorp.amqp..";

  /** The core has com.techcorp.auth itself and its spi. */
  private static final String AUTH =
      "com.techcorp.auth.[email|gateway|memory|password|service|session|token]..";

  private static final String BENCH = "com.techcorp.bench..";
  private static final String CLI = "com.techcorp.cli..";
  private static final String CONTRACTS = "com.techcorp.contracts..";
  private static final String EXAMPLES = "com.techcorp.examples..";
  private static final String JDBC = "com.techcorp.jdbc..";
  private static final String MAIL = "com.techcorp.mail..";
  private static final String REDIS = "com.techcorp.redis..";
  private static final String SERVERS = "com.techcorp.servers..";
  private static final String TESTKIT = "com.techcorp.testkit..";

  @ArchTest
  static final ArchRule coreSeesNoOtherModule =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              AMQP, AUTH, BENCH, CLI, CONTRACTS, EXAMPLES, JDBC, MAIL, REDIS, SERVERS, TESTKIT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              AMQP, AUTH, CLI, CONTRACTS, EXAMPLES, JDBC, MAIL, REDIS, SERVERS, TESTKIT);

  @ArchTest
  static final ArchRule jdbcSeesCoreOnly =
      from(JDBC)
          .resideInAnyPackage(AMQP, AUTH, CLI, CONTRACTS, EXAMPLES, MAIL, REDIS, SERVERS, TESTKIT);

  @ArchTest
  static final ArchRule amqpSeesCoreOnly =
      from(AMQP)
          .resideInAnyPackage(AUTH, CLI, CONTRACTS, EXAMPLES, JDBC, MAIL, REDIS, SERVERS, TESTKIT);

  @ArchTest
  static final ArchRule authSeesCoreOnly =
      from(AUTH)
          .resideInAnyPackage(AMQP, CLI, CONTRACTS, EXAMPLES, JDBC, MAIL, REDIS, SERVERS, TESTKIT);

  @ArchTest
  static final ArchRule mailSeesCoreOnly =
      from(MAIL)
          .resideInAnyPackage(AMQP, AUTH, CLI, CONTRACTS, EXAMPLES, JDBC, REDIS, SERVERS, TESTKIT);

  @ArchTest
  static final ArchRule redisSeesCoreOnly =
      from(REDIS)
          .resideInAnyPackage(AMQP, AUTH, CLI, CONTRACTS, EXAMPLES, JDBC, MAIL, SERVERS, TESTKIT);

  @ArchTest
  static final ArchRule cliSeesAdaptersOnly =
      from(CLI).resideInAnyPackage(AUTH, CONTRACTS, EXAMPLES, MAIL, SERVERS, TESTKIT);

  @ArchTest
  static final ArchRule testkitSeesCoreOnly =
      from(TESTKIT)
          .resideInAnyPackage(AMQP, AUTH, CLI, CONTRACTS, EXAMPLES, JDBC, MAIL, REDIS, SERVERS);

  @ArchTest
  static final ArchRule serversSeeCoreAndTestkitOnly =
      from(SERVERS).resideInAnyPackage(AMQP, AUTH, CLI, CONTRACTS, EXAMPLES, JDBC, MAIL, REDIS);

  @ArchTest
  static final ArchRule contractsSeeNoAdapter =
      from(CONTRACTS).resideInAnyPackage(AMQP, AUTH, CLI, EXAMPLES, JDBC, MAIL, REDIS);

  @ArchTest
  static final ArchRule examplesSeeNoContracts = from(EXAMPLES).resideInAnyPackage(CONTRACTS);

  /** The class path is checked too: the rule no-junit in the POMs of these modules. */
  @ArchTest
  static final ArchRule whatUsersRunNeedsNoJUnit =
      noClasses()
          .that()
          .resideOutsideOfPackage(CONTRACTS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.junit..", "junit..");

  @ArchTest
  static final ArchRule filesAreFreeOfCycles =
      slices().assignedFrom(new Files()).should().beFreeOfCycles();

  private static com.tngtech.archunit.lang.syntax.elements.ClassesThat<
          ? extends com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction>
      from(String module) {
    return noClasses().that().resideInAPackage(module).should().dependOnClassesThat();
  }

  /** A file is a top-level class with what is nested in it. */
  private static final class Files implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      String name = javaClass.getName();
      if (!name.startsWith("com.techcorp.")) {
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
