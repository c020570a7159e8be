package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.WiringException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of schemas: which are allowed, and where they are put in. */
class SchemaNamesTest {
  /** What the library creates in its schemas. */
  private static final Pattern CREATED =
      Pattern.compile("create (?:table|function|sequence) \\$\\{(\\w+)\\}\\.(\\w+)");

  private static final List<Path> MIGRATIONS =
      List.of(
          Path.of("src/main/resources/db/techcorp/engine/V1__orders_inventory_payments_saga.sql"),
          Path.of("src/main/resources/db/techcorp/host/V1__carts_catalog_customers.sql"),
          Path.of("src/main/resources/db/techcorp/auth/V1__users_signing_keys.sql"));

  @Test
  void byDefaultTheyAreThoseOfTheSeed() {
    assertThat(SchemaNames.DEFAULT.orders()).isEqualTo("orders");
    assertThat(SchemaNames.DEFAULT.saga()).isEqualTo("saga");
    assertThat(SchemaNames.DEFAULT.hostTables()).isFalse();
    assertThat(SchemaNames.DEFAULT.authTables()).isFalse();
    assertThat(SchemaNames.DEFAULT.resolve("select ${saga}.clock() from ${orders}.orders"))
        .isEqualTo("select saga.clock() from orders.orders");
  }

  @Test
  void aPrefixStandsBeforeEach() {
    SchemaNames names = SchemaNames.prefixed("techcorp_");

    assertThat(
            List.of(
                names.orders(),
                names.inventory(),
                names.payments(),
                names.messaging(),
                names.notifications(),
                names.saga(),
                names.carts(),
                names.catalog(),
                names.customers(),
                names.auth()))
        .containsExactly(
            "techcorp_orders",
            "techcorp_inventory",
            "techcorp_payments",
            "techcorp_messaging",
            "techcorp_notifications",
            "techcorp_saga",
            "techcorp_carts",
            "techcorp_catalog",
            "techcorp_customers",
            "techcorp_auth");
  }

  @Test
  void eachCanBeNamedByItself() {
    SchemaNames names =
        SchemaNames.DEFAULT
            .withOrders("o")
            .withInventory("i")
            .withPayments("p")
            .withMessaging("m")
            .withNotifications("n")
            .withSaga("s")
            .withCarts("ca")
            .withCatalog("ct")
            .withCustomers("cu")
            .withAuth("au")
            .withSearch("se");

    assertThat(
            names.resolve(
                "${orders} ${inventory} ${payments} ${messaging} ${notifications} ${saga} ${carts}"
                    + " ${catalog} ${customers} ${auth} ${search}"))
        .isEqualTo("\"o\" \"i\" \"p\" \"m\" \"n\" \"s\" \"ca\" \"ct\" \"cu\" \"au\" \"se\"");
    assertThat(names.withHostTables()).isNotEqualTo(names);
    assertThat(names.withHostTables().orders()).isEqualTo("o");
    assertThat(names.withAuthTables()).isNotEqualTo(names);
    assertThat(names.withAuthTables().auth()).isEqualTo("au");
    assertThat(names.withSearchTables()).isNotEqualTo(names);
    assertThat(names.withSearchTables().search()).isEqualTo("se");
  }

  @Test
  void tablesForTheHostAndThoseOfAuthenticationAreAskedForApart() {
    SchemaNames host = SchemaNames.DEFAULT.withHostTables();
    SchemaNames auth = SchemaNames.DEFAULT.withAuthTables();

    assertThat(host.authTables()).isFalse();
    assertThat(auth.hostTables()).isFalse();
    assertThat(host.withAuthTables()).isEqualTo(auth.withHostTables());
    assertThat(host.withAuthTables().withAuth("logins").hostTables()).isTrue();
    assertThat(host.withAuthTables().withAuth("logins").authTables()).isTrue();
    assertThat(host.withAuthTables()).asString().endsWith(" with host tables with auth tables");
    assertThat(host.searchTables()).isFalse();
    assertThat(host.withSearchTables().searchTables()).isTrue();
    assertThat(host.withSearchTables().authTables()).isFalse();
    assertThat(host.withSearchTables()).asString().endsWith(" with host tables with search tables");
  }

  @Test
  void namesArePutInQuotedAndNothingElseIsTouched() {
    SchemaNames names = SchemaNames.DEFAULT.withOrders("order");

    assertThat(names.resolve("select '${other}', $1, '$' from ${orders}.orders, ${saga}.nodes"))
        .isEqualTo("select '${other}', $1, '$' from \"order\".orders, saga.nodes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Orders", "1orders", "shop-orders", "shop.orders", "o\"", "órders"})
  void aMalformedNameIsRefused(String name) {
    refused(name, "malformed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"public", "pg_catalog", "pg_orders", "information_schema"})
  void aReservedNameIsRefused(String name) {
    refused(name, "reserved");
  }

  @Test
  void aNameThatPostgresWouldCutOffIsRefused() {
    String longest = "o".repeat(63);

    assertThat(SchemaNames.DEFAULT.withOrders(longest).orders()).isEqualTo(longest);
    refused(longest + "o", "63");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> SchemaNames.prefixed("p".repeat(51)))
        .withMessageContaining("notifications");
  }

  @Test
  void aNameThatIsUsedTwiceIsRefused() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> SchemaNames.DEFAULT.withOrders("saga"))
        .withMessageContaining("saga");
  }

  private static void refused(String name, String why) {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> SchemaNames.DEFAULT.withOrders(name))
        .withMessageContaining(name)
        .withMessageContaining(why);
  }

  @Test
  void noStatementOfTheLibraryNamesASchemaItself() throws IOException {
    // given
    List<String> created = new ArrayList<>();
    for (Path migration : MIGRATIONS) {
      CREATED
          .matcher(Files.readString(migration))
          .results()
          .forEach(found -> created.add(found.group(1) + "\\." + found.group(2)));
    }
    assertThat(created).hasSizeGreaterThan(25);
    Pattern named = Pattern.compile("(?<![\\w.}])(?:" + String.join("|", created) + ")\\b");

    // then
    assertThat(linesOfStatements()).hasSizeGreaterThan(1_000);
    assertThat(linesOfStatements()).noneMatch(line -> named.matcher(line).find());
  }

  /** What is SQL, and more: all lines of the sources but comments. */
  private static List<String> linesOfStatements() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> !line.strip().matches("(?s)(?:\\*|/\\*|//|--|import |package ).*"))
            .forEach(lines::add);
      }
    }
    return lines;
  }
}
