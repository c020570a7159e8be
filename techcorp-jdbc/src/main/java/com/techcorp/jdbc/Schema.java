package com.techcorp.jdbc;

import com.techcorp.error.UnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** The library's schemas and their Flyway history. */
final class Schema {
  static final String HISTORY = "techcorp_schema_history";

  /** The newest migration that this build ships. */
  static final String NEWEST = "1";

  private Schema() {}

  /**
   * Migrates.
   *
   * @param silence how long the answer to a statement may take
   */
  static void migrate(DataSource dataSource, Duration silence) {
    try {
      flyway(new LimitedDataSource(dataSource, silence)).load().migrate();
    } catch (FlywayException e) {
      SQLException cause = Sql.in(e);
      if (cause != null && Sql.connectionLost(cause)) {
        throw new UnavailableException(
            "PostgreSQL did not answer during the migration, which may be repeated: "
                + cause.getMessage(),
            e);
      }
      throw e;
    }
  }

  private static FluentConfiguration flyway(DataSource dataSource) {
    return Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:db/techcorp")
        .table(HISTORY)
        .defaultSchema("public")
        // The host's own tables may stand in the same schema already.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .failOnMissingLocations(true);
  }

  /** Whether a history's version is new enough. */
  static boolean sufficient(@Nullable String version) {
    return version != null && MigrationVersion.fromVersion(version).isAtLeast(NEWEST);
  }
}
