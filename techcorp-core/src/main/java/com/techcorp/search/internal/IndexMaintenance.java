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
final class IndexMaintenance implements ProductIndexer {
  private final SearchIndex index;
  private final IndexOpening opening;
  private final Indexer indexer;
  private final Comparison comparison;
  private final TargetRoles roles;
  private final Rebuilder rebuilder;
  private final GenerationMover generation;

  IndexMaintenance(
      IndexWiring wiring,
      IndexOpening opening,
      Indexer indexer,
      TargetRoles roles,
      GenerationMover generation) {
    this.index = wiring.index();
    this.opening = opening;
    this.indexer = indexer;
    this.comparison = new Comparison(wiring, indexer);
    this.roles = roles;
    this.generation = generation;
    this.rebuilder = new Rebuilder(wiring, indexer, comparison, roles);
  }

  @Override
  public Map<UUID, IndexResult> index(Collection<UUID> products) {
    opening.requireOpen();
    return indexer.index(products);
  }

  @Override
  public Map<UUID, IndexResult> delete(Collection<UUID> products) {
    opening.requireOpen();
    return indexer.delete(products);
  }

  @Override
  public ReindexProgress reindex(ReindexOptions options, Consumer<ReindexProgress> listener) {
    opening.requireOpen();
    ReindexProgress done = rebuilder.run(options, listener);
    generation.moveNow();
    return done;
  }

  @Override
  public boolean abandonReindex() {
    opening.requireOpen();
    return roles.abandon();
  }

  @Override
  public String rollback() {
    opening.requireOpen();
    String current = roles.rollback();
    generation.moveNow();
    return current;
  }

  @Override
  public CompareReport compare(CompareOptions options) {
    opening.requireOpen();
    return comparison.compare(index.current(), options);
  }
}
