package com.techcorp.servers.postgres;

import com.techcorp.error.Require;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a private PostgreSQL server is started. Immutable: each {@code with} method returns a changed
 * copy.
 *
 * <p>Whatever is set here, {@code fsync}, {@code synchronous_commit} and {@code full_page_writes}
 * are on: a test of durability proves nothing without them.
 *
 * @param settings configuration parameters of the server by their names in lower case, with
 *     precedence over its configuration files. Default 200 connections, 128 MB of shared buffers,
 *     time zone UTC
 * @param directory is kept when the server is closed. Default none: a temporary one, deleted at
 *     close
 */
public record PostgresOptions(Map<String, String> settings, Optional<Path> directory) {
  private static final Set<String> FIXED =
      Set.of(
          "fsync",
          "synchronous_commit",
          "full_page_writes",
          "listen_addresses",
          "port",
          "data_directory",
          "unix_socket_directories");

  /** The defaults named above. */
  public static final PostgresOptions DEFAULT =
      new PostgresOptions(
          Map.of(
              "max_connections", "200",
              "shared_buffers", "128MB",
              "timezone", "UTC",
              "log_timezone", "UTC"),
          Optional.empty());

  /**
   * Refuses parameters that the starter itself decides.
   *
   * @throws com.techcorp.error.WiringException names the parameter
   */
  public PostgresOptions {
    for (String name : settings.keySet()) {
      Require.that(
          !FIXED.contains(name.toLowerCase(Locale.ROOT)),
          "PostgresOptions.settings",
          "free of " + name.toLowerCase(Locale.ROOT) + ", which the starter decides",
          settings);
    }
    settings = Map.copyOf(settings);
    directory = directory.map(Path::toAbsolutePath);
  }

  /**
   * Replaces all configuration parameters; {@link #withSetting} adds one.
   *
   * @param settings parameters by their names in lower case
   * @return a changed copy
   */
  public PostgresOptions withSettings(Map<String, String> settings) {
    return new PostgresOptions(settings, directory);
  }

  /**
   * Adds a configuration parameter of the server.
   *
   * @param name the parameter's name, for example {@code deadlock_timeout}
   * @param value its value as in {@code postgresql.conf}, without quotes
   * @return a changed copy
   */
  public PostgresOptions withSetting(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(name.toLowerCase(Locale.ROOT), value);
    return withSettings(more);
  }

  /**
   * Changes the directory that is kept when the server is closed.
   *
   * @param directory one that does not exist, is empty, or was used so before, in which case its
   *     data is there again; empty: a temporary one, the default
   * @return a changed copy
   */
  public PostgresOptions withDirectory(Optional<Path> directory) {
    return new PostgresOptions(settings, directory);
  }

  /**
   * Keeps the server's data in a directory.
   *
   * @param directory as in {@link #withDirectory(Optional)}
   * @return a changed copy
   */
  public PostgresOptions withDirectory(Path directory) {
    return withDirectory(Optional.of(directory));
  }
}
