package com.techcorp.search.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexingOptions;
import com.techcorp.search.ProductSource;
import com.techcorp.search.spi.IndexJournal;
import com.techcorp.search.spi.SearchIndex;

/**
 * What keeping an index up to date needs.
 *
 * @param index an open index
 * @param journal gives turns, and knows the targets
 * @param source reads products
 * @param settings what the index's products have in common
 * @param options sizes and times
 * @param threads waits, and the time to measure by
 */
public record IndexWiring(
    SearchIndex index,
    IndexJournal journal,
    ProductSource source,
    IndexOptions settings,
    IndexingOptions options,
    Threads threads) {
  /** Returns the name under which the journal keeps this index, or this copy of it. */
  String instance() {
    return index.copyId().map(copy -> settings.name() + "-" + copy).orElse(settings.name());
  }
}
