package com.techcorp.inventory.spi;

import java.util.OptionalLong;
import java.util.UUID;

/**
 * Remembers products that ran short a moment ago, so that an order for more than is left is refused
 * without locking the product's row. A hint and never the authority: the storage alone decides who
 * gets a unit. What is known here must not be older than a second, so that a unit which comes back,
 * wherever that happens, is sold within that time.
 *
 * <p>It remembers what this process was refused. Where counters are wired, they end what is known
 * as soon as units come back in another process. Thread-safe, and never blocks.
 */
public interface KnownShortages {
  /** Knows nothing and learns nothing. */
  KnownShortages NONE =
      new KnownShortages() {
        @Override
        public boolean isEmpty() {
          return true;
        }

        @Override
        public OptionalLong atMost(UUID productId) {
          return OptionalLong.empty();
        }

        @Override
        public boolean mayAsk(UUID productId) {
          return true;
        }

        @Override
        public void refused(UUID productId, long available) {}

        @Override
        public void forget(UUID productId) {}
      };

  /**
   * Returns whether nothing is known, so that nothing need be forgotten. Asked at every commit.
   * Default: false.
   *
   * @return true if certainly no shortage is known
   */
  default boolean isEmpty() {
    return false;
  }

  /**
   * Returns how many units there are at the most.
   *
   * @param productId the product
   * @return the bound, or empty: not known, ask the storage
   */
  OptionalLong atMost(UUID productId);

  /**
   * Returns whether this caller should ask the storage despite a known shortage, to see whether it
   * still exists. True for one caller at a time: the others need not wait for what it learns.
   *
   * @param productId a product for which {@link #atMost} gives a bound
   * @return true if the caller is to ask
   */
  boolean mayAsk(UUID productId);

  /**
   * Records that the storage refused an order.
   *
   * @param productId the product with insufficient stock
   * @param available how many units there were at the most, at least 0
   */
  void refused(UUID productId, long available);

  /**
   * Units came back, or there were more than known: the next orders ask the storage.
   *
   * @param productId the product
   */
  void forget(UUID productId);
}
