package com.techcorp.search.lucene.internal;

import com.techcorp.search.spi.StoredEntry;
import java.io.IOException;
import java.util.UUID;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LiveFieldValues;
import org.apache.lucene.search.SearcherManager;
import org.jspecify.annotations.Nullable;

/**
 * What a target has of each product, written or not yet visible: what was written since the last
 * refresh is kept in memory, all else is read.
 */
final class RecentEntries extends LiveFieldValues<IndexSearcher, StoredEntry> {
  private static final StoredEntry REMOVED = new StoredEntry(new UUID(0, 0), 0, null);

  RecentEntries(SearcherManager searchers) {
    super(searchers, REMOVED);
  }

  @Nullable StoredEntry entry(UUID product) throws IOException {
    return get(product.toString());
  }

  void written(StoredEntry entry) {
    add(entry.product().toString(), entry);
  }

  void removed(UUID product) {
    delete(product.toString());
  }

  @Override
  protected @Nullable StoredEntry lookupFromSearcher(IndexSearcher searcher, String id)
      throws IOException {
    return EntryReader.find(searcher.getIndexReader(), UUID.fromString(id));
  }
}
