package com.techcorp.search.lucene.internal;

import com.techcorp.search.IndexOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/** Keeps targets in memory; they are gone when it is closed. */
public final class MemoryStore implements TargetStore {
  private final String id = StoreId.random();
  private final Map<String, Directory> targets = new HashMap<>();
  private String current = "";

  @Override
  public void open(IndexOptions settings) {
    // nothing is there yet
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Set<String> targets() {
    return new TreeSet<>(targets.keySet());
  }

  @Override
  public Directory directory(String target) {
    return targets.computeIfAbsent(target, name -> new ByteBuffersDirectory());
  }

  @Override
  public void delete(String target) {
    targets.remove(target);
  }

  @Override
  public String current() {
    return current;
  }

  @Override
  public void makeCurrent(String target) {
    current = target;
  }

  @Override
  public void close() {
    targets.clear();
  }
}
