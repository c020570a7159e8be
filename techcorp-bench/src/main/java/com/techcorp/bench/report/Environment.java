package com.techcorp.bench.report;

import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.text.MarkdownTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a run took place.
 *
 * @param lines Markdown
 * @param settings of the server, as a table
 */
public record Environment(List<String> lines, List<String> settings) {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  private static final String SETTINGS =
      """
      select name, current_setting(name) from pg_settings
      where name in ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'wal_level',
        'wal_sync_method', 'wal_compression', 'shared_buffers', 'wal_buffers', 'max_wal_size',
        'checkpoint_timeout', 'max_connections', 'work_mem', 'effective_cache_size', 'random_page_cost',
        'autovacuum', 'autovacuum_naptime', 'jit', 'commit_delay', 'io_method',
        'shared_preload_libraries', 'pg_stat_statements.track')
      order by name
      """;

  public static Environment of(BenchServer server) {
    List<String> lines = new ArrayList<>();
    Runtime runtime = Runtime.getRuntime();
    lines.add("- " + LocalDate.now(ZoneOffset.UTC));
    lines.add(
        "- "
            + runtime.availableProcessors()
            + " cores shared by the clients and the server, "
            + cpu()
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch"));
    lines.add(
        "- PostgreSQL "
            + server.version()
            + "; Java "
            + System.getProperty("java.version")
            + ", heap of at most "
            + runtime.maxMemory() / 1_000_000
            + " MB");
    return new Environment(lines, settings(server));
  }

  private static String cpu() {
    try {
      return Files.readAllLines(CPU, StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("CPU unknown");
    } catch (IOException notLinux) {
      return "CPU unknown";
    }
  }

  private static List<String> settings(BenchServer server) {
    MarkdownTable table = new MarkdownTable("setting", "value");
    try (Connection connection = DriverManager.getConnection(server.url("postgres"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SETTINGS)) {
      while (rows.next()) {
        table.row("`" + rows.getString(1) + "`", rows.getString(2));
      }
    } catch (SQLException e) {
      throw BenchDatabase.failed("the settings could not be read", e);
    }
    return table.lines();
  }
}
