package com.techcorp.jdbc;

import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;

/** The library's schemas and their Flyway history. */
final class Schema {
  static final String HISTORY = "techcorp_schema_history";

  private static final String LOCATION = "db/techcorp";

  /** The newest migration that this build ships. */
  static final String NEWEST = "1";

  /** Until the first release this one migration is edited in place. */
  private static final String UNRELEASED = "V1__orders_inventory_payments_saga.sql";

  private Schema() {}

  /**
   * Requires that the first migration, as it was run, is the one of this build.
   *
   * @param checksum as Flyway recorded it
   * @throws WiringException if it is another
   */
  static void requireReleased(int checksum) {
    if (checksum != checksum(UNRELEASED)) {
      throw unreleased(null);
    }
  }

  private static WiringException unreleased(@Nullable Throwable cause) {
    return new WiringException(
        "the database was made by an unreleased build: create it anew", cause);
  }

  /** As Flyway computes it: over the lines, without their ends. */
  private static int checksum(String migration) {
    CRC32 sum = new CRC32();
    try (InputStream in = Schema.class.getResourceAsStream("/" + LOCATION + "/" + migration)) {
      new BufferedReader(
              new InputStreamReader(Objects.requireNonNull(in, migration), StandardCharsets.UTF_8))
          .lines()
          .forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (int) sum.getValue();
  }

  /**
   * Migrates.
   *
   * @param silence how long the answer to a statement may take
   */
  static void migrate(DataSource dataSource, Duration silence) {
    try {
      flyway(new LimitedDataSource(dataSource, silence)).load().migrate();
    } catch (FlywayValidateException e) {
      throw unreleased(e);
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
        .locations("classpath:" + LOCATION)
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
