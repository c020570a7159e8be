package com.techcorp.servers;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a private PostgreSQL server is started. Immutable: each method returns a copy.
 *
 * <p>Whatever is set here, {@code fsync}, {@code synchronous_commit} and {@code full_page_writes}
 * are on: a test of durability proves nothing without them.
 */
public final class PostgresOptions {
  private static final Set<String> FIXED =
      Set.of(
          "fsync",
          "synchronous_commit",
          "full_page_writes",
          "listen_addresses",
          "port",
          "data_directory",
          "unix_socket_directories");
  private static final PostgresOptions DEFAULTS =
      new PostgresOptions(
          Map.of(
              "max_connections", "200",
              "shared_buffers", "128MB",
              "timezone", "UTC",
              "log_timezone", "UTC"),
          Optional.empty());

  private final Map<String, String> settings;
  private final Optional<Path> directory;

  private PostgresOptions(Map<String, String> settings, Optional<Path> directory) {
    this.settings = settings;
    this.directory = directory;
  }

  /**
   * The options of a server in a temporary directory: 200 connections, 128 MB of shared buffers,
   * time zone UTC.
   *
   * @return the default options
   */
  public static PostgresOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Sets a configuration parameter of the server, with precedence over its configuration files.
   *
   * @param name the parameter's name, for example {@code deadlock_timeout}
   * @param value its value as in {@code postgresql.conf}, without quotes
   * @return the changed copy
   * @throws IllegalArgumentException for a parameter that the starter itself decides
   */
  public PostgresOptions setting(String name, String value) {
    String key = name.toLowerCase(Locale.ROOT);
    if (FIXED.contains(key)) {
      throw new IllegalArgumentException(
          "The starter decides " + key + ": start a server of your own to change it");
    }
    Map<String, String> changed = new LinkedHashMap<>(settings);
    changed.put(key, value);
    return new PostgresOptions(Map.copyOf(changed), directory);
  }

  /**
   * Sets a directory that is kept when the server is closed. Default: a temporary one, deleted at
   * close.
   *
   * @param kept a directory that does not exist, is empty, or was used so before, in which case its
   *     data is there again
   * @return the changed copy
   */
  public PostgresOptions directory(Path kept) {
    return new PostgresOptions(settings, Optional.of(kept.toAbsolutePath()));
  }

  Map<String, String> settings() {
    return settings;
  }

  Optional<Path> directory() {
    return directory;
  }
}
