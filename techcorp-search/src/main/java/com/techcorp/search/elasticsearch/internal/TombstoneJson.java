package com.techcorp.search.elasticsearch.internal;

import com.techcorp.search.spi.IndexWrite;
import java.time.Instant;
import java.util.UUID;

/** The document that says that a product is gone. */
final class TombstoneJson {
  private TombstoneJson() {}

  static String of(IndexWrite.Tombstone tombstone) {
    return begin(tombstone.product()) + time(tombstone.deletedAt()) + "\"}";
  }

  /** Whether a document is a tombstone; in a product's, the title follows the id. */
  static boolean isTombstone(UUID product, String source) {
    return source.startsWith(begin(product));
  }

  private static String begin(UUID product) {
    return "{\"id\":\"" + product + "\",\"" + FieldNames.DELETED_AT + "\":\"";
  }

  private static String time(Instant time) {
    return time.toString();
  }
}
