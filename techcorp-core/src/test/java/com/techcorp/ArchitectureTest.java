package com.techcorp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.stream.Stream;

/** The arrows between and out of the packages of core. */
@AnalyzeClasses(packages = "com.techcorp", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().assignedFrom(new TopLevelPackages()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule coreKnowsNoSqlBrokerOrHttp =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "javax.sql..", "java.net.http..", "java.rmi..", "javax.naming..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule coreDependsOnFewLibraries =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "com.techcorp..",
              "java..",
              "javax.crypto..",
              "org.slf4j..",
              "org.jspecify..",
              "com.fasterxml.jackson..",
              "com.samskivert.mustache..",
              "com.github.benmanes.caffeine..",
              "com.github.f4b6a3.uuid..")
          .allowEmptyShould(true);

  /** A host has a Jackson of its own, maybe of another major version, or none. */
  @ArchTest
  static final ArchRule hostsSeeNoJackson =
      noCodeUnits()
          .that()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackage("com.techcorp.*.internal..")
          .and()
          .areNotPrivate()
          .should(haveTypesOf("com.fasterxml"));

  private static ArchCondition<JavaCodeUnit> haveTypesOf(String library) {
    return new ArchCondition<>("have types of " + library) {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        boolean has =
            Stream.concat(unit.getAllInvolvedRawTypes().stream(), unit.getExceptionTypes().stream())
                .anyMatch(type -> type.getPackageName().startsWith(library));
        boolean shown =
            unit.getOwner().getModifiers().contains(JavaModifier.PUBLIC)
                && (unit.getModifiers().contains(JavaModifier.PUBLIC)
                    || unit.getModifiers().contains(JavaModifier.PROTECTED));
        events.add(new SimpleConditionEvent(unit, has && shown, unit.getDescription()));
      }
    };
  }

  private static final int MOST_PARAMETERS = 9;

  /** So no record has more components either. */
  @ArchTest
  static final ArchRule noConstructorTakesMoreThanNineParameters =
      constructors()
          .should(
              new ArchCondition<>("take at most " + MOST_PARAMETERS + " parameters") {
                @Override
                public void check(JavaConstructor constructor, ConditionEvents events) {
                  int count = constructor.getRawParameterTypes().size();
                  boolean fits = count <= MOST_PARAMETERS;
                  events.add(
                      new SimpleConditionEvent(
                          constructor, fits, constructor.getFullName() + " takes " + count));
                }
              });

  private static final String[] DOMAINS = {
    "com.techcorp.auth",
    "com.techcorp.order",
    "com.techcorp.inventory",
    "com.techcorp.payment",
    "com.techcorp.notification",
    "com.techcorp.messaging",
    "com.techcorp.catalog",
    "com.techcorp.saga",
    "com.techcorp.search"
  };

  /** Only the facade and the builders, in the root, see everything. */
  @ArchTest
  static final ArchRule domainsSeeNeitherSpiNorInternals =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAINS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.techcorp.*.spi..", "com.techcorp.*.internal..");

  @ArchTest
  static final ArchRule spiSeesNoInternals =
      noClasses()
          .that()
          .resideInAPackage("com.techcorp.*.spi..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.techcorp.*.internal..");

  @ArchTest
  static final ArchRule domainsStandOnTheFoundation =
      noClasses()
          .that()
          .resideInAnyPackage(
              "com.techcorp.storage..",
              "com.techcorp.retry..",
              "com.techcorp.concurrent..",
              "com.techcorp.error..",
              "com.techcorp.health..",
              "com.techcorp.json..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.techcorp.auth..",
              "com.techcorp.order..",
              "com.techcorp.inventory..",
              "com.techcorp.payment..",
              "com.techcorp.notification..",
              "com.techcorp.messaging..",
              "com.techcorp.catalog..",
              "com.techcorp.saga..",
              "com.techcorp.search..");

  @ArchTest
  static final ArchRule messagingKnowsNoDomain =
      noClasses()
          .that()
          .resideInAPackage("com.techcorp.messaging..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.techcorp.auth..",
              "com.techcorp.saga..",
              "com.techcorp.order..",
              "com.techcorp.inventory..",
              "com.techcorp.payment..",
              "com.techcorp.notification..",
              "com.techcorp.catalog..",
              "com.techcorp.search..");

  /** Finding products and taking orders for them never meet: neither can make the other fail. */
  @ArchTest
  static final ArchRule ordersKnowNoSearch =
      noClasses()
          .that()
          .resideInAnyPackage(
              "com.techcorp.saga..",
              "com.techcorp.order..",
              "com.techcorp.inventory..",
              "com.techcorp.payment..",
              "com.techcorp.notification..",
              "com.techcorp.catalog..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.techcorp.search..");

  @ArchTest static final ArchRule searchInternals = onlyForItsOwnAndTheRoot("search");
  @ArchTest static final ArchRule sagaInternals = onlyForItsOwnAndTheRoot("saga");
  @ArchTest static final ArchRule orderInternals = onlyForItsOwnAndTheRoot("order");
  @ArchTest static final ArchRule inventoryInternals = onlyForItsOwnAndTheRoot("inventory");
  @ArchTest static final ArchRule paymentInternals = onlyForItsOwnAndTheRoot("payment");
  @ArchTest static final ArchRule messagingInternals = onlyForItsOwnAndTheRoot("messaging");
  @ArchTest static final ArchRule notificationInternals = onlyForItsOwnAndTheRoot("notification");

  /** The root wires everything, so it may see everything; nobody else looks behind another port. */
  private static ArchRule onlyForItsOwnAndTheRoot(String slice) {
    return classes()
        .that()
        .resideInAPackage("com.techcorp." + slice + ".internal..")
        .should()
        .onlyBeAccessed()
        .byAnyPackage("com.techcorp." + slice + "..", "com.techcorp");
  }

  /** The first package below the root, and the root itself, which a pattern would leave out. */
  private static final class TopLevelPackages implements SliceAssignment {
    private static final String ROOT = "com.techcorp";

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      String name = javaClass.getPackageName();
      if (name.equals(ROOT)) {
        return SliceIdentifier.of(ROOT);
      }
      if (!name.startsWith(ROOT + ".")) {
        return SliceIdentifier.ignore();
      }
      String below = name.substring(ROOT.length() + 1);
      int dot = below.indexOf('.');
      return SliceIdentifier.of(ROOT + "." + (dot < 0 ? below : below.substring(0, dot)));
    }

    @Override
    public String getDescription() {
      return "packages directly below " + ROOT + ", and " + ROOT;
    }
  }
}
