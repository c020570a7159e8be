package com.techcorp.servers.elasticsearch;

import com.techcorp.error.Require;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a private Elasticsearch server is started. Immutable: each {@code with} method returns a
 * changed copy.
 *
 * @param settings what stands in {@code elasticsearch.yml}, by its flat name. Default {@code
 *     discovery.type single-node} and {@code cluster.routing.allocation.disk.threshold_enabled
 *     false}: a nearly full disk of a developer stops no test
 * @param jvmOptions of the server's JVM. Default a heap of 256 MB, the serial collector and the
 *     first compiler only, which is the least that a short life costs
 * @param directory is kept when the server is closed. Default none: a temporary one, deleted at
 *     close
 */
public record ElasticsearchOptions(
    Map<String, String> settings, List<String> jvmOptions, Optional<Path> directory) {
  private static final Set<String> FIXED =
      Set.of(
          "cluster.name",
          "network.host",
          "http.port",
          "transport.port",
          "path.home",
          "path.data",
          "path.logs");

  /** The defaults named above. */
  public static final ElasticsearchOptions DEFAULT =
      new ElasticsearchOptions(
          Map.of(
              "discovery.type", "single-node",
              "cluster.routing.allocation.disk.threshold_enabled", "false"),
          List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
          Optional.empty());

  /**
   * Refuses settings that the starter itself decides.
   *
   * @throws com.techcorp.error.WiringException names the setting
   */
  public ElasticsearchOptions {
    for (String name : settings.keySet()) {
      Require.that(
          !FIXED.contains(name),
          "ElasticsearchOptions.settings",
          "free of " + name + ", which the starter decides",
          settings);
    }
    settings = Map.copyOf(settings);
    jvmOptions = List.copyOf(jvmOptions);
    directory = directory.map(Path::toAbsolutePath);
  }

  /**
   * Replaces all settings; {@link #withSetting} adds one.
   *
   * @param settings values by their flat names
   * @return a changed copy
   */
  public ElasticsearchOptions withSettings(Map<String, String> settings) {
    return new ElasticsearchOptions(settings, jvmOptions, directory);
  }

  /**
   * Adds a setting.
   *
   * @param name its flat name, for example {@code indices.memory.index_buffer_size}
   * @param value its value; of a list, the parts with commas between them
   * @return a changed copy
   */
  public ElasticsearchOptions withSetting(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(name, value);
    return withSettings(more);
  }

  /**
   * Replaces the options of the server's JVM, for example in a benchmark, which wants all compilers
   * and more heap.
   *
   * @param jvmOptions such as {@code -Xmx1g}
   * @return a changed copy
   */
  public ElasticsearchOptions withJvmOptions(List<String> jvmOptions) {
    return new ElasticsearchOptions(settings, jvmOptions, directory);
  }

  /**
   * Changes the directory that is kept when the server is closed.
   *
   * @param directory one that does not exist, is empty, or was used so before, in which case its
   *     data is there again; empty: a temporary one, the default
   * @return a changed copy
   */
  public ElasticsearchOptions withDirectory(Optional<Path> directory) {
    return new ElasticsearchOptions(settings, jvmOptions, directory);
  }

  /**
   * Keeps the server's data in a directory.
   *
   * @param directory as in {@link #withDirectory(Optional)}
   * @return a changed copy
   */
  public ElasticsearchOptions withDirectory(Path directory) {
    return withDirectory(Optional.of(directory));
  }
}
