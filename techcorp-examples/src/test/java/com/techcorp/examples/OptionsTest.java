package com.techcorp.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.amqp.QueueLimit;
import com.techcorp.amqp.RabbitOptions;
import com.techcorp.amqp.RequestOptions;
import com.techcorp.amqp.SigningKeys;
import com.techcorp.auth.gateway.ContextOptions;
import com.techcorp.auth.password.PasswordOptions;
import com.techcorp.auth.service.AttemptOptions;
import com.techcorp.auth.service.AuthOptions;
import com.techcorp.auth.session.SessionOptions;
import com.techcorp.auth.spi.LoginLimits.Budget;
import com.techcorp.auth.token.RemoteKeysOptions;
import com.techcorp.auth.token.RevocationOptions;
import com.techcorp.auth.token.SharedKeysOptions;
import com.techcorp.auth.token.TokenOptions;
import com.techcorp.error.WiringException;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.SoldOutOptions;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.LocalStep;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.SearchLimits;
import com.techcorp.servers.postgres.PostgresOptions;
import com.techcorp.servers.redis.RedisOptions;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All options of all modules have the shape that docs/decisions/options.md describes. */
class OptionsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("com.techcorp");

  /** Values for components that no rule of {@link #candidates} serves. */
  private static final Map<String, Object> VALUES =
      Map.ofEntries(
          Map.entry("AttemptOptions.account", new Budget(7, Duration.ofMinutes(7))),
          Map.entry("AttemptOptions.address", new Budget(7, Duration.ofMinutes(7))),
          Map.entry("AttemptOptions.accountAndAddress", new Budget(7, Duration.ofMinutes(7))),
          Map.entry("AttemptOptions.device", new Budget(7, Duration.ofMinutes(7))),
          Map.entry("CallOptions.executor", (Executor) Runnable::run),
          Map.entry(
              "OrderOptions.extraSteps",
              List.of(
                  new OrderOptions.ExtraStep(
                      "pay", LocalStep.named("points", order -> List.of())))),
          Map.entry("SoldOutOptions.answer", SoldOutOptions.Answer.RECORDED),
          Map.entry("IndexOptions.name", "things"),
          Map.entry("IndexOptions.language", IndexOptions.Language.PORTUGUESE),
          Map.entry("IndexOptions.currency", Currency.getInstance("BRL")),
          Map.entry("CacheOptions.jitter", 0.2),
          Map.entry("ReindexOptions.smallestShare", 0.5),
          Map.entry("SearchOptions.limits", SearchLimits.DEFAULT.withWords(7)),
          Map.entry(
              "ElasticsearchOptions.settings", Map.of("indices.recovery.max_bytes_per_sec", "1mb")),
          Map.entry("ElasticsearchOptions.jvmOptions", List.of("-Xmx300m")),
          Map.entry(
              "ElasticsearchOptions.directory", Optional.of(Path.of("kept").toAbsolutePath())),
          Map.entry("RabbitOptions.prefix", "shop"),
          Map.entry("RabbitOptions.waits", List.of(Duration.ofSeconds(7))),
          Map.entry("RabbitOptions.wanted", Set.of("product.updated")),
          Map.entry("RabbitOptions.signing", SigningKeys.of(new byte[32])),
          Map.entry("RabbitOptions.limits", Map.of("search", QueueLimit.refuse(7))),
          Map.entry("RevocationOptions.mostAge", Optional.of(Duration.ofMinutes(7))),
          Map.entry("TokenOptions.issuer", "https://id.example"),
          Map.entry("TokenOptions.audience", "shop"),
          Map.entry("TokenOptions.lifetime", Duration.ofSeconds(60)),
          Map.entry("SessionOptions.idle", Optional.of(Duration.ofMinutes(45))),
          Map.entry("PostgresOptions.settings", Map.of("deadlock_timeout", "50ms")),
          Map.entry("PostgresOptions.directory", Optional.of(Path.of("kept").toAbsolutePath())),
          Map.entry("RedisOptions.prefix", "shop:"),
          Map.entry("RedisOptions.settings", Map.of("maxmemory", "50mb")),
          Map.entry("RedisOptions.directory", Optional.of(Path.of("kept").toAbsolutePath())));

  static Stream<Class<?>> options() {
    return CLASSES.stream()
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
        .filter(
            type ->
                type.getSimpleName().endsWith("Options") || type.isEquivalentTo(RetryPolicy.class))
        .map(JavaClass::reflect);
  }

  @Test
  void theOptionsOfAllModulesAreFound() {
    assertThat(options())
        .contains(
            AttemptOptions.class,
            AuthOptions.class,
            EngineOptions.class,
            OrderOptions.class,
            RetryPolicy.class,
            RabbitOptions.class,
            RequestOptions.class,
            PasswordOptions.class,
            PostgresOptions.class,
            ContextOptions.class,
            RemoteKeysOptions.class,
            SessionOptions.class,
            RevocationOptions.class,
            SharedKeysOptions.class,
            TokenOptions.class,
            RedisOptions.class,
            com.techcorp.redis.RedisOptions.class)
        .hasSizeGreaterThanOrEqualTo(15)
        .allMatch(Class::isRecord);
  }

  @Test
  void nothingPublicIsCalledSettingsAndNoBuilderStandsBesideWhatItBuilds() {
    assertThat(CLASSES.stream())
        .filteredOn(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .filteredOn(JavaClass::isTopLevelClass)
        .extracting(JavaClass::getSimpleName)
        .noneMatch(name -> name.endsWith("Settings") || name.endsWith("Builder"));
  }

  @ParameterizedTest
  @MethodSource("options")
  void theDefaultPassesItsOwnChecks(Class<?> type) throws ReflectiveOperationException {
    // given
    Object defaults = defaultOf(type);
    List<Object> values = values(type, defaults);

    // when
    Object again = canonical(type).newInstance(values.toArray());

    // then
    assertThat(again).isEqualTo(defaults);
  }

  @ParameterizedTest
  @MethodSource("options")
  void eachComponentHasAMethodThatChangesNothingElse(Class<?> type)
      throws ReflectiveOperationException {
    // given
    Object defaults = defaultOf(type);
    List<Object> before = values(type, defaults);
    RecordComponent[] components = type.getRecordComponents();
    assertThat(components).hasSizeLessThanOrEqualTo(9);

    for (int i = 0; i < components.length; i++) {
      // when
      Changed changed = changed(type, defaults, components[i]);

      // then
      List<Object> expected = new ArrayList<>(before);
      expected.set(i, changed.value());
      assertThat(changed.value()).as("%s", components[i]).isNotEqualTo(before.get(i));
      assertThat(values(type, changed.options())).as("%s", components[i]).isEqualTo(expected);
      assertThat(values(type, defaults)).as("the default").isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("options")
  void whatIsOutOfRangeIsRefusedByNameRangeAndValue(Class<?> type)
      throws ReflectiveOperationException {
    for (RecordComponent component : type.getRecordComponents()) {
      Object value = negative(component.getType());
      if (value != null) {
        Method with = with(type, component);
        assertThatExceptionOfType(InvocationTargetException.class)
            .as("%s", component)
            .isThrownBy(() -> with.invoke(defaultOf(type), value))
            .satisfies(
                thrown ->
                    assertThat(thrown.getCause())
                        .isInstanceOf(WiringException.class)
                        .hasMessageMatching(
                            type.getSimpleName()
                                + "\\."
                                + component.getName()
                                + " must be .+, was -1( s)?"));
      }
    }
  }

  private record Changed(Object options, Object value) {}

  private static Changed changed(Class<?> type, Object defaults, RecordComponent component)
      throws ReflectiveOperationException {
    Method with = with(type, component);
    Throwable refusal = new AssertionError("no value for " + type + "." + component);
    for (Object value : candidates(type, component, component.getAccessor().invoke(defaults))) {
      try {
        return new Changed(with.invoke(defaults, value), value);
      } catch (InvocationTargetException e) {
        refusal = e.getCause();
      }
    }
    throw new AssertionError(refusal);
  }

  /** Other values than the default, of which at least one is in range. */
  private static List<Object> candidates(Class<?> type, RecordComponent component, Object value)
      throws ReflectiveOperationException {
    Object given = VALUES.get(type.getSimpleName() + "." + component.getName());
    if (given != null) {
      return List.of(given);
    }
    if (value instanceof Duration time) {
      return List.of(time.plusMillis(1), time.minusMillis(1));
    }
    if (value instanceof Integer number) {
      return List.of(number + 1);
    }
    if (value instanceof Long number) {
      return List.of(number + 1);
    }
    if (value instanceof Boolean flag) {
      return List.of(!flag);
    }
    Class<?> nested = component.getType();
    assertThat(options()).as("%s", component).contains(nested);
    return List.of(changed(nested, value, nested.getRecordComponents()[0]).options());
  }

  private static Object negative(Class<?> type) {
    if (type == Duration.class) {
      return Duration.ofSeconds(-1);
    }
    return type == int.class ? (Object) (-1) : type == long.class ? (Object) (-1L) : null;
  }

  private static Object defaultOf(Class<?> type) throws ReflectiveOperationException {
    return type.getField("DEFAULT").get(null);
  }

  private static Method with(Class<?> type, RecordComponent component)
      throws NoSuchMethodException {
    String name = component.getName();
    return type.getMethod(
        "with" + Character.toUpperCase(name.charAt(0)) + name.substring(1), component.getType());
  }

  private static Constructor<?> canonical(Class<?> type) throws NoSuchMethodException {
    return type.getDeclaredConstructor(
        Stream.of(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new));
  }

  private static List<Object> values(Class<?> type, Object options)
      throws ReflectiveOperationException {
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      values.add(component.getAccessor().invoke(options));
    }
    return values;
  }
}
