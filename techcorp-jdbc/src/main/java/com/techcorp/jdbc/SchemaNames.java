package com.techcorp.jdbc;

import com.techcorp.error.WiringException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the library's schemas in your database. Give the same names to {@link
 * PostgresStorage#migrate(javax.sql.DataSource, SchemaNames)}, {@link
 * PostgresStorage.Builder#schemas} and {@link InvariantCheck#withSchemas}. Immutable.
 *
 * <p>You need other names than the {@link #DEFAULT} if your database has a schema of the same name,
 * or if it holds two engines that know nothing of each other:
 *
 * <pre>{@code
 * SchemaNames names = SchemaNames.prefixed("techcorp_"); // techcorp_orders, techcorp_saga …
 * SchemaNames other = SchemaNames.DEFAULT.withOrders("shop_orders");
 * }</pre>
 *
 * <p>A name has at most 63 characters out of {@code a-z}, {@code 0-9} and {@code _}, does not begin
 * with a digit, and is neither used twice nor one of PostgreSQL's own. Every method that takes a
 * name throws {@link WiringException} otherwise.
 *
 * <p>SQL of your own, such as that of an {@link EffectWriter}, may call a schema {@code ${saga}}
 * instead of {@code saga}: the storage puts in the name.
 */
public final class SchemaNames {
  private static final int LONGEST = 63;
  private static final Pattern WELL_FORMED = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z]+)\\}");

  private static final String ORDERS = "orders";
  private static final String INVENTORY = "inventory";
  private static final String PAYMENTS = "payments";
  private static final String MESSAGING = "messaging";
  private static final String NOTIFICATIONS = "notifications";
  private static final String SAGA = "saga";
  private static final String CARTS = "carts";
  private static final String CATALOG = "catalog";
  private static final String CUSTOMERS = "customers";
  private static final String AUTH = "auth";
  private static final String SEARCH = "search";

  private static final List<String> ALL =
      List.of(
          ORDERS,
          INVENTORY,
          PAYMENTS,
          MESSAGING,
          NOTIFICATIONS,
          SAGA,
          CARTS,
          CATALOG,
          CUSTOMERS,
          AUTH,
          SEARCH);

  /** The schemas {@code orders}, {@code inventory}, {@code payments} and so on. */
  public static final SchemaNames DEFAULT = prefixed("");

  private final Map<String, String> names;
  private final Set<Optional> optional;

  /** Tables that are made only where they are asked for. */
  private enum Optional {
    HOST,
    AUTH,
    SEARCH
  }

  private SchemaNames(Map<String, String> names, Set<Optional> optional) {
    this.names = Collections.unmodifiableMap(names);
    this.optional = Set.copyOf(optional);
    names.values().forEach(SchemaNames::requireUsable);
    HashSet<String> different = new HashSet<>();
    for (String name : names.values()) {
      if (!different.add(name)) {
        throw new WiringException("two schemas are to be named " + name);
      }
    }
  }

  private static void requireUsable(String name) {
    if (!WELL_FORMED.matcher(name).matches()) {
      throw new WiringException(
          "the schema name '"
              + name
              + "' is malformed: use a-z, 0-9 and _, and begin with a letter or _");
    }
    if (name.length() > LONGEST) {
      throw new WiringException(
          "the schema name " + name + " is longer than " + LONGEST + " characters");
    }
    if (name.startsWith("pg_") || name.equals("information_schema") || name.equals("public")) {
      throw new WiringException("the schema name " + name + " is reserved");
    }
  }

  /**
   * Returns the default names, each behind a prefix.
   *
   * @param prefix such as {@code techcorp_}
   * @return the names
   */
  public static SchemaNames prefixed(String prefix) {
    Map<String, String> names = new LinkedHashMap<>();
    ALL.forEach(schema -> names.put(schema, prefix + schema));
    return new SchemaNames(names, Set.of());
  }

  private SchemaNames with(String schema, String name) {
    Map<String, String> changed = new LinkedHashMap<>(names);
    changed.put(schema, name);
    return new SchemaNames(changed, optional);
  }

  private SchemaNames with(Optional tables) {
    Set<Optional> more = EnumSet.of(tables);
    more.addAll(optional);
    return new SchemaNames(new LinkedHashMap<>(names), more);
  }

  /**
   * Adds the schemas {@code carts}, {@code catalog} and {@code customers} with simple tables, for
   * hosts that have none: {@link PostgresStorage#migrate(javax.sql.DataSource, SchemaNames)} makes
   * them, and {@link PostgresStorage#carts}, {@link PostgresStorage#catalog} and {@link
   * PostgresStorage#customers} read them. Default: they are not made.
   *
   * @return the names with these three
   */
  public SchemaNames withHostTables() {
    return with(Optional.HOST);
  }

  /**
   * Returns whether carts, products and customers are kept in tables of the library.
   *
   * @return true after {@link #withHostTables}
   */
  public boolean hostTables() {
    return optional.contains(Optional.HOST);
  }

  /**
   * Adds the schema {@code auth} with tables of users and signing keys, for hosts whose users log
   * in here: {@link PostgresStorage#migrate(javax.sql.DataSource, SchemaNames)} makes it, and
   * {@link PostgresStorage#users} uses it. Default: it is not made.
   *
   * @return the names with this one
   */
  public SchemaNames withAuthTables() {
    return with(Optional.AUTH);
  }

  /**
   * Returns whether users and signing keys are kept in tables of the library.
   *
   * @return true after {@link #withAuthTables}
   */
  public boolean authTables() {
    return optional.contains(Optional.AUTH);
  }

  /**
   * Adds the schema {@code search} with the journal of indexing and with synonyms and rules, for
   * hosts whose products are searched: {@link PostgresStorage#migrate(javax.sql.DataSource,
   * SchemaNames)} makes it, and {@link PostgresStorage#indexJournal} uses it. Default: it is not
   * made.
   *
   * @return the names with this one
   */
  public SchemaNames withSearchTables() {
    return with(Optional.SEARCH);
  }

  /**
   * Returns whether the journal of indexing is kept in tables of the library.
   *
   * @return true after {@link #withSearchTables}
   */
  public boolean searchTables() {
    return optional.contains(Optional.SEARCH);
  }

  /**
   * Renames the schema of orders, their items, events and idempotency keys.
   *
   * @param name instead of {@code orders}
   * @return the names with this one
   */
  public SchemaNames withOrders(String name) {
    return with(ORDERS, name);
  }

  /**
   * Renames the schema of stock, reservations and movements.
   *
   * @param name instead of {@code inventory}
   * @return the names with this one
   */
  public SchemaNames withInventory(String name) {
    return with(INVENTORY, name);
  }

  /**
   * Renames the schema of charges, refunds and what providers reported.
   *
   * @param name instead of {@code payments}
   * @return the names with this one
   */
  public SchemaNames withPayments(String name) {
    return with(PAYMENTS, name);
  }

  /**
   * Renames the schema of the outbox, the inbox and what waits for consumers.
   *
   * @param name instead of {@code messaging}
   * @return the names with this one
   */
  public SchemaNames withMessaging(String name) {
    return with(MESSAGING, name);
  }

  /**
   * Renames the schema of what was sent to whom.
   *
   * @param name instead of {@code notifications}
   * @return the names with this one
   */
  public SchemaNames withNotifications(String name) {
    return with(NOTIFICATIONS, name);
  }

  /**
   * Renames the schema of sagas, nodes, the functions that statements call, and the migration
   * history.
   *
   * @param name instead of {@code saga}
   * @return the names with this one
   */
  public SchemaNames withSaga(String name) {
    return with(SAGA, name);
  }

  /**
   * Renames the schema of carts, if {@link #withHostTables} asks for them.
   *
   * @param name instead of {@code carts}
   * @return the names with this one
   */
  public SchemaNames withCarts(String name) {
    return with(CARTS, name);
  }

  /**
   * Renames the schema of products, if {@link #withHostTables} asks for them.
   *
   * @param name instead of {@code catalog}
   * @return the names with this one
   */
  public SchemaNames withCatalog(String name) {
    return with(CATALOG, name);
  }

  /**
   * Renames the schema of customers, if {@link #withHostTables} asks for them.
   *
   * @param name instead of {@code customers}
   * @return the names with this one
   */
  public SchemaNames withCustomers(String name) {
    return with(CUSTOMERS, name);
  }

  /**
   * Renames the schema of users and signing keys, if {@link #withAuthTables} asks for it.
   *
   * @param name instead of {@code auth}
   * @return the names with this one
   */
  public SchemaNames withAuth(String name) {
    return with(AUTH, name);
  }

  /**
   * Renames the schema of the journal of indexing, if {@link #withSearchTables} asks for it.
   *
   * @param name instead of {@code search}
   * @return the names with this one
   */
  public SchemaNames withSearch(String name) {
    return with(SEARCH, name);
  }

  /**
   * Returns the schema of orders, their items, events and idempotency keys.
   *
   * @return its name
   */
  public String orders() {
    return name(ORDERS);
  }

  /**
   * Returns the schema of stock, reservations and movements.
   *
   * @return its name
   */
  public String inventory() {
    return name(INVENTORY);
  }

  /**
   * Returns the schema of charges, refunds and what providers reported.
   *
   * @return its name
   */
  public String payments() {
    return name(PAYMENTS);
  }

  /**
   * Returns the schema of the outbox, the inbox and what waits for consumers.
   *
   * @return its name
   */
  public String messaging() {
    return name(MESSAGING);
  }

  /**
   * The schema of what was sent to whom.
   *
   * @return its name
   */
  public String notifications() {
    return name(NOTIFICATIONS);
  }

  /**
   * Returns the schema of sagas, nodes, the functions that statements call, and the migration
   * history.
   *
   * @return its name
   */
  public String saga() {
    return name(SAGA);
  }

  /**
   * Returns the schema of carts, if {@link #withHostTables} asks for them.
   *
   * @return its name
   */
  public String carts() {
    return name(CARTS);
  }

  /**
   * Returns the schema of products, if {@link #withHostTables} asks for them.
   *
   * @return its name
   */
  public String catalog() {
    return name(CATALOG);
  }

  /**
   * Returns the schema of customers, if {@link #withHostTables} asks for them.
   *
   * @return its name
   */
  public String customers() {
    return name(CUSTOMERS);
  }

  /**
   * Returns the schema of users and signing keys, if {@link #withAuthTables} asks for it.
   *
   * @return its name
   */
  public String auth() {
    return name(AUTH);
  }

  /**
   * Returns the schema of the journal of indexing, if {@link #withSearchTables} asks for it.
   *
   * @return its name
   */
  public String search() {
    return name(SEARCH);
  }

  private String name(String schema) {
    return Objects.requireNonNull(names.get(schema), schema);
  }

  /**
   * Puts the names into SQL that calls the schemas {@code ${orders}}, {@code ${saga}} and so on.
   * Other placeholders stay as they are.
   *
   * @param sql a text of yours, never of a user
   * @return the text with the names of the schemas
   */
  public String resolve(String sql) {
    Matcher placeholder = PLACEHOLDER.matcher(sql);
    return placeholder.replaceAll(
        found ->
            Matcher.quoteReplacement(
                names.containsKey(found.group(1)) ? identifier(found.group(1)) : found.group()));
  }

  /** A name of the host's choice may be a key word. */
  private String identifier(String schema) {
    String name = name(schema);
    return name.equals(schema) ? name : '"' + name + '"';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SchemaNames those
        && names.equals(those.names)
        && optional.equals(those.optional);
  }

  @Override
  public int hashCode() {
    return Objects.hash(names, optional);
  }

  @Override
  public String toString() {
    return "SchemaNames"
        + names.values()
        + (hostTables() ? " with host tables" : "")
        + (authTables() ? " with auth tables" : "")
        + (searchTables() ? " with search tables" : "");
  }
}
