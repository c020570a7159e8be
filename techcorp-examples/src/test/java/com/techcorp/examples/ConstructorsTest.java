package com.techcorp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** No value of any module is put together from more parts than a reader can tell apart. */
class ConstructorsTest {
  private static final int MOST_PARAMETERS = 9;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("com.techcorp");

  @Test
  void allModulesAreLookedAt() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName))
        .contains(
            "com.techcorp.order",
            "com.techcorp.jdbc",
            "com.techcorp.amqp",
            "com.techcorp.auth.memory",
            "com.techcorp.auth.session",
            "com.techcorp.auth.email",
            "com.techcorp.auth.password",
            "com.techcorp.auth.gateway",
            "com.techcorp.auth.token",
            "com.techcorp.mail",
            "com.techcorp.redis.internal",
            "com.techcorp.testkit",
            "com.techcorp.contracts",
            "com.techcorp.servers",
            "com.techcorp.cli",
            "com.techcorp.examples.data");
  }

  @Test
  void noConstructorAndNoRecordTakesMoreThanNineParameters() {
    assertThat(CLASSES.stream().flatMap(type -> type.getConstructors().stream()))
        .filteredOn(each -> each.getRawParameterTypes().size() > MOST_PARAMETERS)
        .extracting(JavaConstructor::getFullName)
        .isEmpty();
  }
}
