package com.techcorp.jdbc.internal.schema;

import com.techcorp.error.WiringException;
import com.techcorp.jdbc.SchemaNames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * Schemas that Flyway makes together, with a history of their own in the schema of sagas.
 *
 * @param location where Flyway finds it
 * @param unreleased until the first release this one file is edited in place
 * @param history the table of Flyway's history
 * @param schemas what its schemas are called
 */
public record Migration(
    String location,
    String unreleased,
    String history,
    Function<SchemaNames, List<String>> schemas) {
  public static final Migration ENGINE =
      new Migration(
          "db/techcorp/engine",
          "V1__orders_inventory_payments_saga.sql",
          "techcorp_schema_history",
          names ->
              List.of(
                  names.orders(),
                  names.inventory(),
                  names.payments(),
                  names.messaging(),
                  names.notifications(),
                  names.saga()));

  public static final Migration HOST_TABLES =
      new Migration(
          "db/techcorp/host",
          "V1__carts_catalog_customers.sql",
          "techcorp_host_schema_history",
          names -> List.of(names.carts(), names.catalog(), names.customers()));

  public static final Migration AUTH_TABLES =
      new Migration(
          "db/techcorp/auth",
          "V1__users_signing_keys.sql",
          "techcorp_auth_schema_history",
          names -> List.of(names.auth()));

  public static final Migration SEARCH_TABLES =
      new Migration(
          "db/techcorp/search",
          "V1__index_journal.sql",
          "techcorp_search_schema_history",
          names -> List.of(names.search()));

  /** The newest migration of each that this build ships. */
  static final String NEWEST = "1";

  /** Returns the migrations that a database with these schemas needs. */
  public static List<Migration> of(SchemaNames names) {
    List<Migration> needed = new ArrayList<>(List.of(ENGINE));
    if (names.hostTables()) {
      needed.add(HOST_TABLES);
    }
    if (names.authTables()) {
      needed.add(AUTH_TABLES);
    }
    if (names.searchTables()) {
      needed.add(SEARCH_TABLES);
    }
    return needed;
  }

  /** Returns the schemas' names in a database with these names. */
  public List<String> schemas(SchemaNames names) {
    return schemas.apply(names);
  }

  /**
   * Requires that a database was migrated, and by this build's migrations.
   *
   * @throws WiringException if it was not
   */
  public void requireDone(Connection connection, SchemaNames names) throws SQLException {
    String version = version(connection, names);
    if (version == null || !MigrationVersion.fromVersion(version).isAtLeast(NEWEST)) {
      requireNoUnreleasedBuild(connection, names);
      throw new WiringException(
          "the database has "
              + (version == null
                  ? "no schema of the library's with its history in " + names.saga()
                  : "its schema at version " + version)
              + ", this build needs version "
              + NEWEST
              + ": run PostgresStorage.migrate(dataSource) with the same SchemaNames before start()");
    }
    try (Statement statement = connection.createStatement();
        ResultSet first =
            statement.executeQuery(
                names.resolve(
                    "select checksum from ${saga}.%s where version = '1' and success"
                        .formatted(history)))) {
      if (first.next() && first.getInt(1) != checksum()) {
        throw unreleased(null);
      }
    }
  }

  /** Returns the version that a database is at, or null if it was never migrated. */
  @Nullable String version(Connection connection, SchemaNames names) throws SQLException {
    if (!exists(connection, names.saga(), history)) {
      return null;
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                names.resolve(
                    """
                    select version from ${saga}.%s where success and version is not null
                    order by installed_rank desc limit 1
                    """
                        .formatted(history)))) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /** Unreleased builds kept the history in the schema public. */
  static void requireNoUnreleasedBuild(Connection connection, SchemaNames names)
      throws SQLException {
    if (exists(connection, "public", ENGINE.history)
        && exists(connection, names.saga(), "instances")) {
      throw unreleased(null);
    }
  }

  /**
   * Looks into the catalogue, because the role may lack the right to read a schema of another
   * owner.
   */
  static boolean exists(Connection connection, String schema, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname = ?
            """)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  static WiringException unreleased(@Nullable Throwable cause) {
    return new WiringException(
        "the database was made by an unreleased build: create it anew", cause);
  }

  /** Returns Flyway's checksum: over the lines, without their ends. */
  private int checksum() {
    CRC32 sum = new CRC32();
    try (InputStream in = Migration.class.getResourceAsStream("/" + location + "/" + unreleased)) {
      new BufferedReader(
              new InputStreamReader(Objects.requireNonNull(in, unreleased), StandardCharsets.UTF_8))
          .lines()
          .forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (int) sum.getValue();
  }
}
