package com.techcorp.redis.internal;

import java.util.Optional;
import java.util.stream.Stream;

/** What a key is for, by its name behind the prefix. */
enum KeyFamily {
  SESSION("session:", "sessions"),
  INDEX("user_sessions:", "lists of sessions"),
  LIMIT("limit:", "limits"),
  REVOCATIONS("revocations", "sets of revocations");

  private final String begin;
  private final String title;

  KeyFamily(String begin, String title) {
    this.begin = begin;
    this.title = title;
  }

  /** Empty: it is not one of ours. */
  static Optional<KeyFamily> of(String key, String prefix) {
    return Stream.of(values()).filter(family -> family.has(key, prefix)).findFirst();
  }

  /** In a report. */
  String title() {
    return title;
  }

  /** The key of one thing. */
  String key(String prefix, String id) {
    return prefix + begin + id;
  }

  /** What the key is about. */
  String id(String key, String prefix) {
    return key.substring(prefix.length() + begin.length());
  }

  private boolean has(String key, String prefix) {
    String all = prefix + begin;
    return this == REVOCATIONS ? key.equals(all) : key.startsWith(all);
  }
}
