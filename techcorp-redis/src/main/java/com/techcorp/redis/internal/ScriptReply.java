package com.techcorp.redis.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** What a script returned: a word that says what happened, and values. */
final class ScriptReply {
  private final List<Object> values;

  ScriptReply(List<Object> values) {
    this.values = values;
  }

  /** What happened. */
  String word() {
    return text(0);
  }

  boolean is(String word) {
    return word().equals(word);
  }

  int size() {
    return values.size();
  }

  String text(int index) {
    Object value = values.get(index);
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(value);
  }

  long number(int index) {
    return Long.parseLong(text(index));
  }

  /** The values behind the word. */
  List<String> texts() {
    return IntStream.range(1, size()).mapToObj(this::text).toList();
  }
}
