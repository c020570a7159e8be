package com.techcorp.search.internal;

import com.techcorp.search.CompareOptions;
import com.techcorp.search.CompareReport;
import com.techcorp.search.IndexResult;
import com.techcorp.search.ProductIndexer;
import com.techcorp.search.ReindexOptions;
import com.techcorp.search.ReindexProgress;
import com.techcorp.search.spi.SearchIndex;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** The one entry to everything that changes an index. Thread-safe. */
public final class IndexMaintenance implements ProductIndexer {
  private final SearchIndex index;
  private final Indexer indexer;
  private final Comparison comparison;
  private final TargetRoles roles;
  private final Rebuilder rebuilder;

  /**
   * Creates the maintenance of an open index.
   *
   * @param wiring the index and the catalogue
   */
  public IndexMaintenance(IndexWiring wiring) {
    this.index = wiring.index();
    this.indexer = new Indexer(wiring);
    this.comparison = new Comparison(wiring, indexer);
    this.roles = new TargetRoles(wiring);
    this.rebuilder = new Rebuilder(wiring, indexer, comparison, roles);
  }

  /** Has the current target written from now on; to be called before the first event is taken. */
  public void start() {
    roles.becameCurrent(index.current());
  }

  @Override
  public Map<UUID, IndexResult> index(Collection<UUID> products) {
    return indexer.index(products);
  }

  @Override
  public Map<UUID, IndexResult> delete(Collection<UUID> products) {
    return indexer.delete(products);
  }

  @Override
  public ReindexProgress reindex(ReindexOptions options, Consumer<ReindexProgress> listener) {
    return rebuilder.run(options, listener);
  }

  @Override
  public boolean abandonReindex() {
    return roles.abandon();
  }

  @Override
  public String rollback() {
    return roles.rollback();
  }

  @Override
  public CompareReport compare(CompareOptions options) {
    return comparison.compare(index.current(), options);
  }
}
