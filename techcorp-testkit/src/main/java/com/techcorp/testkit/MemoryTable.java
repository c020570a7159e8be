package com.techcorp.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Immutable rows by key; every change can be taken back. Used under the database's lock only. */
final class MemoryTable<K, V> {
  private final MemoryDatabase database;
  private final Map<K, V> rows = new LinkedHashMap<>();

  MemoryTable(MemoryDatabase database) {
    this.database = database;
  }

  @Nullable V get(K key) {
    return rows.get(key);
  }

  boolean has(K key) {
    return rows.containsKey(key);
  }

  void put(K key, V row) {
    V before = rows.put(key, row);
    database.onRollback(() -> restore(key, before));
  }

  void remove(K key) {
    V before = rows.remove(key);
    if (before != null) {
      database.onRollback(() -> restore(key, before));
    }
  }

  /**
   * Returns the rows, oldest first unless a removal was taken back; do not change the table
   * meanwhile.
   */
  Stream<V> rows() {
    return rows.values().stream();
  }

  /** Returns the rows with their keys. */
  Stream<Map.Entry<K, V>> entries() {
    return rows.entrySet().stream();
  }

  int size() {
    return rows.size();
  }

  private void restore(K key, @Nullable V before) {
    if (before == null) {
      rows.remove(key);
    } else {
      rows.put(key, before);
    }
  }
}
