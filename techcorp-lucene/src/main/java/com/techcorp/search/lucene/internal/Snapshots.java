package com.techcorp.search.lucene.internal;

import com.techcorp.error.OverloadedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.apache.lucene.index.IndexReader;
import org.jspecify.annotations.Nullable;

/** States of targets that are kept for pages that follow each other. Thread-safe. */
public final class Snapshots {
  private final int most;
  private final Duration age;
  private final LongSupplier nanoTime;
  private final Map<String, Snapshot> open = new HashMap<>();

  /**
   * Creates an empty set.
   *
   * @param most how many there are at the most
   * @param age how long each is kept at the most
   * @param nanoTime the time
   */
  public Snapshots(int most, Duration age, LongSupplier nanoTime) {
    this.most = most;
    this.age = age;
    this.nanoTime = nanoTime;
  }

  /** A state, and how long it is kept after its last use. */
  private static final class Snapshot {
    private final IndexReader reader;
    private final long keep;
    private final long openedAt;
    private long usedAt;

    Snapshot(IndexReader reader, Duration keep, long now) {
      this.reader = reader;
      this.keep = keep.toNanos();
      this.openedAt = now;
      this.usedAt = now;
    }

    boolean isOver(long now, Duration age) {
      return now - usedAt > keep || now - openedAt > age.toNanos();
    }
  }

  /**
   * Keeps a state.
   *
   * @param reader the state, which is released when it is over
   * @param keep how long it is kept after each use
   * @return its name
   * @throws OverloadedException if there are too many; the state is not kept, and not released
   */
  public synchronized String open(IndexReader reader, Duration keep) {
    closeOld();
    if (open.size() >= most) {
      throw new OverloadedException(
          "There are as many snapshots as LuceneOptions.snapshots allows, "
              + most
              + ": search without one, or try again later");
    }
    String name = UUID.randomUUID().toString();
    open.put(name, new Snapshot(reader, keep, nanoTime.getAsLong()));
    return name;
  }

  /**
   * Uses a state.
   *
   * @param name what {@link #open} gave
   * @return the state; the caller releases it by {@code decRef}; null: it is gone
   */
  public synchronized @Nullable IndexReader use(String name) {
    closeOld();
    Snapshot snapshot = open.get(name);
    if (snapshot == null) {
      return null;
    }
    snapshot.usedAt = nanoTime.getAsLong();
    snapshot.reader.incRef();
    return snapshot.reader;
  }

  /** Releases the states that are over. */
  public synchronized void closeOld() {
    long now = nanoTime.getAsLong();
    Iterator<Snapshot> each = open.values().iterator();
    while (each.hasNext()) {
      Snapshot snapshot = each.next();
      if (snapshot.isOver(now, age)) {
        each.remove();
        release(snapshot);
      }
    }
  }

  /** Releases all states. */
  public synchronized void close() {
    open.values().forEach(Snapshots::release);
    open.clear();
  }

  private static void release(Snapshot snapshot) {
    try {
      snapshot.reader.decRef();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
