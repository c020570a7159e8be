package com.techcorp.search;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Keeps an index as the catalogue is. Events do that by themselves; this is for hosts that cannot
 * wait for one, and for operators. Thread-safe. Every method throws {@link
 * com.techcorp.error.UnavailableException} if the catalogue, the journal or the engine cannot be
 * reached; call it again then.
 */
public interface ProductIndexer {
  /**
   * Indexes products as the catalogue has them now; those that are gone are found no more. A search
   * sees it after the next refresh, about a second later.
   *
   * @param products which products
   * @return what became of each
   */
  Map<UUID, IndexResult> index(Collection<UUID> products);

  /**
   * Has products not found any more, whatever the catalogue has. The next event of such a product
   * brings it back if it is still there.
   *
   * @param products which products
   * @return what became of each
   */
  Map<UUID, IndexResult> delete(Collection<UUID> products);

  /**
   * Rebuilds the index beside the current one, from the whole catalogue, checks it, and lets
   * searches read it. Changes that are made meanwhile reach both. A rebuild that was interrupted
   * goes on where it was. Returns when it is done; the index before is kept for a way back.
   *
   * @param options rate and checks
   * @param listener told after each batch
   * @return the last progress
   * @throws ReindexException if another rebuild is under way, or a check fails
   */
  ReindexProgress reindex(ReindexOptions options, Consumer<ReindexProgress> listener);

  /**
   * Gives up a rebuild that was interrupted, and deletes what it built.
   *
   * @return whether there was one
   * @throws ReindexException if a process is working on it
   */
  boolean abandonReindex();

  /**
   * Lets searches read the index before the last rebuild again. It was fed all the time, so nothing
   * is lost. A second call goes forth again.
   *
   * @return the name of the index that searches read now
   * @throws ReindexException if there is none, because it was kept for a day only
   */
  String rollback();

  /**
   * Compares the current index with the whole catalogue. Changes whose events are still under way
   * count as differences.
   *
   * @param options rate, and whether to repair
   * @return what differs
   */
  CompareReport compare(CompareOptions options);
}
