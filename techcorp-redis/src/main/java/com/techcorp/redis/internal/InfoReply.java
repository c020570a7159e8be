package com.techcorp.redis.internal;

import java.util.Optional;

/** What a server answers to {@code INFO}: lines of a name, a colon and a value. */
final class InfoReply {
  private InfoReply() {}

  /** The value of a field, or empty if there is no such field. */
  static Optional<String> field(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).trim())
        .findFirst();
  }

  /** Whether the server stands alone, or is a node of a Cluster or a Sentinel. */
  static Optional<String> mode(String info) {
    return field(info, "redis_mode").or(() -> field(info, "server_mode")); // Valkey's name
  }
}
