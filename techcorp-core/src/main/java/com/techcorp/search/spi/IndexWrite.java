package com.techcorp.search.spi;

import com.techcorp.search.ProductDocument;
import java.time.Instant;
import java.util.UUID;

/** A versioned write to an index: what a product is from that version on. */
public sealed interface IndexWrite {
  /**
   * Returns the product.
   *
   * @return its id
   */
  UUID product();

  /**
   * Returns the version.
   *
   * @return above 0; a write of a lower or equal version than the stored one changes nothing
   */
  long version();

  /**
   * Stores a product.
   *
   * @param document the product; its {@link ProductDocument#json} is stored byte for byte
   * @param version see {@link #version}
   */
  record Put(ProductDocument document, long version) implements IndexWrite {
    @Override
    public UUID product() {
      return document.id();
    }
  }

  /**
   * Stores that a product is gone: a tombstone, which no search finds, and which keeps an older
   * write from bringing the product back.
   *
   * @param product see {@link #product}
   * @param version see {@link #version}
   * @param deletedAt when it was found to be gone; tombstones are purged by it
   */
  record Tombstone(UUID product, long version, Instant deletedAt) implements IndexWrite {}
}
