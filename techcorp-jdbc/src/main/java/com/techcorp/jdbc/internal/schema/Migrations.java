package com.techcorp.jdbc.internal.schema;

import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.jdbc.SchemaNames;
import com.techcorp.jdbc.internal.batch.Connections;
import com.techcorp.jdbc.internal.batch.LimitedDataSource;
import com.techcorp.jdbc.internal.batch.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Creates and updates the library's schemas, unless a schema of that name has another owner. */
public final class Migrations {
  /** Marks the schema of sagas as ours until the history is in it. */
  private static final String MARK = "TechCorp order engine";

  /** An advisory lock that only one migration has at a time: "techcorp" in ASCII. */
  private static final long LOCK = 0x74656368636f7270L;

  private static final int ATTEMPTS = 3;

  private static final List<String> PLACEHOLDERS =
      List.of(
          "orders",
          "inventory",
          "payments",
          "messaging",
          "notifications",
          "saga",
          "carts",
          "catalog",
          "customers",
          "auth",
          "search");

  private final DataSource dataSource;
  private final Connections connections;
  private final SchemaNames names;
  private final Duration silence;

  /**
   * Creates migrations for the schemas of these names.
   *
   * @param silence how long the answer to a statement may take
   */
  public Migrations(DataSource dataSource, SchemaNames names, Duration silence) {
    this.dataSource = new LimitedDataSource(dataSource, silence);
    this.connections = new Connections(dataSource);
    this.names = names;
    this.silence = silence;
  }

  public void run() {
    prepare();
    for (Migration migration : Migration.of(names)) {
      migrate(migration);
    }
  }

  private void migrate(Migration migration) {
    for (int attempt = 1; ; attempt++) {
      try {
        flyway(migration).migrate();
        return;
      } catch (FlywayValidateException e) {
        throw Migration.unreleased(e);
      } catch (FlywayException e) {
        SQLException cause = Sql.in(e);
        if (cause != null && Sql.connectionLost(cause)) {
          throw unanswered(cause, e);
        }
        // Without an error of the database: Flyway looked while another process was creating the
        // history, and took the schema for one of another owner.
        if (cause != null || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Flyway flyway(Migration migration) {
    return Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:" + migration.location())
        .table(migration.history())
        .defaultSchema(names.saga())
        .createSchemas(false)
        .placeholders(placeholders())
        // The schema holds both histories, and from the first migration on the tables of sagas.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .failOnMissingLocations(true)
        .load();
  }

  private Map<String, String> placeholders() {
    return PLACEHOLDERS.stream()
        .collect(Collectors.toMap(schema -> schema, schema -> names.resolve("${" + schema + "}")));
  }

  /**
   * Creates the schema for the history, if there is none.
   *
   * @throws WiringException if a schema has another owner; then nothing was created
   */
  private void prepare() {
    try (Connections.Lent lent = connections.open(silence)) {
      Connection connection = lent.connection();
      connection.setAutoCommit(false);
      try {
        prepare(connection);
        connection.commit();
      } catch (SQLException | TechCorpException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      if (Sql.connectionLost(e)) {
        throw unanswered(e, e);
      }
      throw new WiringException("the database refuses the migration: " + e.getMessage(), e);
    }
  }

  private void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      if (!requireOurs(connection)) {
        statement.execute(names.resolve("create schema ${saga}"));
        statement.execute(names.resolve("comment on schema ${saga} is '" + MARK + "'"));
      }
    }
  }

  /** Returns whether the schema for the history is there already. */
  private boolean requireOurs(Connection connection) throws SQLException {
    List<String> foreign = new ArrayList<>();
    boolean marked = isMarked(connection);
    for (Migration migration : Migration.of(names)) {
      // In this order: another process may migrate at the same time.
      List<String> found = existing(connection, migration.schemas(names));
      if (migration.version(connection, names) == null) {
        foreign.addAll(found);
      }
    }
    boolean ours = marked || Migration.exists(connection, names.saga(), Migration.ENGINE.history());
    if (ours) {
      foreign.remove(names.saga());
    }
    if (!foreign.isEmpty()) {
      Migration.requireNoUnreleasedBuild(connection, names);
      throw new WiringException(
          (foreign.size() == 1 ? "the schema " : "the schemas ")
              + String.join(", ", foreign)
              + (foreign.size() == 1 ? " exists" : " exist")
              + " and the library did not create "
              + (foreign.size() == 1 ? "it" : "them")
              + ": give other SchemaNames, such as SchemaNames.prefixed(\"techcorp_\")");
    }
    return ours;
  }

  private boolean isMarked(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select from pg_catalog.pg_namespace
            where nspname = ? and pg_catalog.obj_description(oid, 'pg_namespace') = ?
            """)) {
      statement.setString(1, names.saga());
      statement.setString(2, MARK);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static List<String> existing(Connection connection, List<String> schemas)
      throws SQLException {
    List<String> existing = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select nspname from pg_catalog.pg_namespace where nspname = any (?) order by nspname")) {
      statement.setArray(1, connection.createArrayOf("name", schemas.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          existing.add(rows.getString(1));
        }
      }
    }
    return existing;
  }

  private static UnavailableException unanswered(SQLException cause, Exception thrown) {
    return new UnavailableException(
        "PostgreSQL did not answer during the migration, which may be repeated: "
            + cause.getMessage(),
        thrown);
  }
}
