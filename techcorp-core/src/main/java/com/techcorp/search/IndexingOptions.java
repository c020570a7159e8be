package com.techcorp.search;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * Sizes and times of indexing. Immutable; each {@code with} method returns a changed copy.
 *
 * @param batch the most products that are read and written together; default 500
 * @param bulkBytes the most bytes of documents in one write, unless one document alone has more;
 *     default 5,000,000
 * @param readingAge what was read longer ago than this is read again instead of being written;
 *     default 1 hour
 * @param tombstoneAge how long it is remembered that a product is gone, which must be much longer
 *     than {@code readingAge}; default 7 days
 */
public record IndexingOptions(
    int batch, int bulkBytes, Duration readingAge, Duration tombstoneAge) {
  /** The defaults. */
  public static final IndexingOptions DEFAULT =
      new IndexingOptions(500, 5_000_000, Duration.ofHours(1), Duration.ofDays(7));

  /**
   * Refuses options out of range.
   *
   * @throws com.techcorp.error.WiringException names the option and its range
   */
  public IndexingOptions {
    Require.between("IndexingOptions.batch", batch, 1, 5_000);
    Require.between("IndexingOptions.bulkBytes", bulkBytes, 1_000, 50_000_000);
    Require.between(
        "IndexingOptions.readingAge", readingAge, Duration.ofSeconds(1), Duration.ofDays(1));
    Require.that(
        tombstoneAge.compareTo(readingAge.multipliedBy(2)) >= 0,
        "IndexingOptions.tombstoneAge",
        "at least twice readingAge",
        tombstoneAge);
  }

  /**
   * Returns the options with another size of batches.
   *
   * @param products 1 to 5,000
   * @return a changed copy
   */
  public IndexingOptions withBatch(int products) {
    return new IndexingOptions(products, bulkBytes, readingAge, tombstoneAge);
  }

  /**
   * Returns the options with another size of writes.
   *
   * @param bytes 1,000 to 50,000,000
   * @return a changed copy
   */
  public IndexingOptions withBulkBytes(int bytes) {
    return new IndexingOptions(batch, bytes, readingAge, tombstoneAge);
  }

  /**
   * Returns the options with another age of readings.
   *
   * @param most 1 s to 1 day
   * @return a changed copy
   */
  public IndexingOptions withReadingAge(Duration most) {
    return new IndexingOptions(batch, bulkBytes, most, tombstoneAge);
  }

  /**
   * Returns the options with another age of tombstones.
   *
   * @param least at least twice {@code readingAge}
   * @return a changed copy
   */
  public IndexingOptions withTombstoneAge(Duration least) {
    return new IndexingOptions(batch, bulkBytes, readingAge, least);
  }
}
