package com.techcorp.search.internal;

import com.techcorp.search.spi.IndexWrite;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Divides writes into bulks, bounded by bytes and by count. */
final class Bulks {
  /** What a write costs beside its document: its action line, id and version. */
  private static final int OVERHEAD = 200;

  private final int maxWrites;
  private final int maxBytes;

  Bulks(int maxWrites, int maxBytes) {
    this.maxWrites = maxWrites;
    this.maxBytes = maxBytes;
  }

  /** Returns the writes in order, none of them in two bulks; a large one may be a bulk alone. */
  List<List<IndexWrite>> of(List<IndexWrite> writes) {
    List<List<IndexWrite>> bulks = new ArrayList<>();
    List<IndexWrite> bulk = new ArrayList<>();
    long bytes = 0;
    for (IndexWrite write : writes) {
      int size = OVERHEAD + sizeOf(write);
      if (!bulk.isEmpty() && (bulk.size() == maxWrites || bytes + size > maxBytes)) {
        bulks.add(bulk);
        bulk = new ArrayList<>();
        bytes = 0;
      }
      bulk.add(write);
      bytes += size;
    }
    if (!bulk.isEmpty()) {
      bulks.add(bulk);
    }
    return bulks;
  }

  private static int sizeOf(IndexWrite write) {
    return write instanceof IndexWrite.Put put
        ? put.document().json().getBytes(StandardCharsets.UTF_8).length
        : 0;
  }
}
