package com.techcorp.servers.redis;

import com.techcorp.error.Require;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a private Redis server is started. Immutable: each {@code with} method returns a changed
 * copy.
 *
 * @param settings directives of {@code redis.conf} by their names in lower case. Default {@code
 *     appendonly yes} with {@code appendfsync everysec} and no snapshots ({@code save ""}), {@code
 *     maxmemory-policy noeviction}, and copies to replicas begin at once ({@code
 *     repl-diskless-sync-delay 0})
 * @param directory is kept when the server is closed. Default none: a temporary one, deleted at
 *     close
 */
public record RedisOptions(Map<String, String> settings, Optional<Path> directory) {
  private static final Set<String> FIXED =
      Set.of(
          "bind",
          "port",
          "dir",
          "daemonize",
          "logfile",
          "requirepass", // the starter itself would be refused
          "replicaof",
          "cluster-enabled",
          "cluster-config-file");

  /** The defaults named above. */
  public static final RedisOptions DEFAULT =
      new RedisOptions(
          Map.of(
              "appendonly", "yes",
              "appendfsync", "everysec",
              "save", "",
              "maxmemory-policy", "noeviction",
              "repl-diskless-sync-delay", "0"),
          Optional.empty());

  /**
   * Refuses directives that the starter itself decides.
   *
   * @throws com.techcorp.error.WiringException names the directive
   */
  public RedisOptions {
    for (String name : settings.keySet()) {
      Require.that(
          !FIXED.contains(name.toLowerCase(Locale.ROOT)),
          "RedisOptions.settings",
          "free of " + name.toLowerCase(Locale.ROOT) + ", which the starter decides",
          settings);
    }
    settings = Map.copyOf(settings);
    directory = directory.map(Path::toAbsolutePath);
  }

  /**
   * Replaces all directives; {@link #withSetting} adds one.
   *
   * @param settings directives by their names in lower case
   * @return a changed copy
   */
  public RedisOptions withSettings(Map<String, String> settings) {
    return new RedisOptions(settings, directory);
  }

  /**
   * Adds a directive.
   *
   * @param name its name, for example {@code maxmemory}
   * @param value what stands behind it in {@code redis.conf}
   * @return a changed copy
   */
  public RedisOptions withSetting(String name, String value) {
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
  public RedisOptions withDirectory(Optional<Path> directory) {
    return new RedisOptions(settings, directory);
  }

  /**
   * Keeps the server's data in a directory.
   *
   * @param directory as in {@link #withDirectory(Optional)}
   * @return a changed copy
   */
  public RedisOptions withDirectory(Path directory) {
    return withDirectory(Optional.of(directory));
  }
}
