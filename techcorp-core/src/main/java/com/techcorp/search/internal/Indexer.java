package com.techcorp.search.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.error.InvalidInputException;
import com.techcorp.error.NotFoundException;
import com.techcorp.error.UnavailableException;
import com.techcorp.search.IndexResult;
import com.techcorp.search.IndexingOptions;
import com.techcorp.search.ProductSource;
import com.techcorp.search.spi.IndexJournal;
import com.techcorp.search.spi.IndexJournal.Reading;
import com.techcorp.search.spi.IndexJournal.Turn;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.search.spi.WriteResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Brings an index up to what the catalogue has of products: takes a turn to read them, and writes
 * what was read, with the turn's versions, to every target of that turn. Thread-safe.
 */
final class Indexer {
  private final IndexWiring wiring;
  private final SearchIndex index;
  private final IndexJournal journal;
  private final IndexingOptions options;
  private final Threads threads;
  private final Bulks bulks;
  private final IndexCounts counts;
  private final GenerationMover generation;

  Indexer(IndexWiring wiring, IndexCounts counts, GenerationMover generation) {
    this.wiring = wiring;
    this.counts = counts;
    this.generation = generation;
    this.index = wiring.index();
    this.journal = wiring.journal();
    this.options = wiring.options();
    this.threads = wiring.threads();
    this.bulks = new Bulks(options.batch(), options.bulkBytes());
  }

  /**
   * Indexes products as they are now. Those that are gone become tombstones.
   *
   * @param products which products
   * @return one result for each of them
   * @throws com.techcorp.error.UnavailableException if the catalogue, the journal or the engine
   *     cannot be reached; nothing needs to be undone
   */
  Map<UUID, IndexResult> index(Collection<UUID> products) {
    Map<UUID, IndexResult> results = new LinkedHashMap<>();
    List<UUID> all = new ArrayList<>(new LinkedHashSet<>(products));
    for (int from = 0; from < all.size(); from += options.batch()) {
      List<UUID> batch = all.subList(from, Math.min(all.size(), from + options.batch()));
      results.putAll(indexBatch(batch, wiring.source()));
    }
    return results;
  }

  /**
   * Writes tombstones for products, whatever the catalogue has.
   *
   * @param products which products
   * @return one result for each of them
   */
  Map<UUID, IndexResult> delete(Collection<UUID> products) {
    return indexBatch(List.copyOf(new LinkedHashSet<>(products)), new NoProducts());
  }

  /** Reads and writes a batch to every target of the turn. */
  private Map<UUID, IndexResult> indexBatch(List<UUID> products, ProductSource from) {
    long begun = threads.nanoTime();
    Turn turn = journal.turn(wiring.instance(), products, from);
    if (turn.targets().isEmpty()) { // written nowhere, a change would count as indexed
      throw new UnavailableException(
          "the journal knows no target of this index, as after its database was restored; it is told"
              + " again within a minute");
    }
    try {
      return write(turn, turn.targets(), begun);
    } finally { // a write that failed may have written a part
      generation.changed(turn.products().values().stream().anyMatch(Indexer::cannotBeHad));
    }
  }

  /** A page that still offers it is worse than an old price. */
  private static boolean cannotBeHad(Reading reading) {
    return reading.problem() == null
        && (reading.document() == null || !reading.document().inStock());
  }

  /**
   * Writes what a turn read to targets.
   *
   * @param turn what was read
   * @param targets where to write
   * @param begun {@link Threads#nanoTime} before the turn
   * @return one result for each product; the worst one of all targets
   */
  Map<UUID, IndexResult> write(Turn turn, Set<String> targets, long begun) {
    Map<UUID, IndexResult> results = new HashMap<>();
    List<IndexWrite> writes = new ArrayList<>(turn.products().size());
    turn.products()
        .forEach(
            (product, reading) -> {
              try {
                writes.add(write(product, reading, turn));
                results.put(product, new IndexResult.Indexed());
              } catch (InvalidInputException e) {
                results.put(product, new IndexResult.Refused(String.valueOf(e.getMessage())));
              }
            });
    for (String target : targets) {
      for (List<IndexWrite> bulk : bulks.of(writes)) {
        if (threads.nanoTime() - begun > options.readingAge().toNanos()) {
          bulk.forEach(w -> worsen(results, w, new IndexResult.Busy("it was read too long ago")));
        } else {
          writeTo(target, bulk, results);
        }
      }
    }
    counts.add(results.values());
    return results;
  }

  private IndexWrite write(UUID product, Reading reading, Turn turn) {
    if (reading.problem() != null) {
      throw new InvalidInputException("document", reading.problem());
    }
    return reading.document() == null
        ? new IndexWrite.Tombstone(product, reading.version(), turn.readAt())
        : new IndexWrite.Put(
            reading.document().withDecimals(wiring.settings().decimals()), reading.version());
  }

  private void writeTo(String target, List<IndexWrite> bulk, Map<UUID, IndexResult> results) {
    List<WriteResult> answers;
    try {
      answers = index.write(target, bulk);
    } catch (NotFoundException e) {
      if (isRegistered(target)) {
        throw e;
      }
      return; // it was removed after the turn
    }
    long last = 0;
    for (int i = 0; i < bulk.size(); i++) {
      WriteResult answer = answers.get(i);
      if (answer instanceof WriteResult.Refused refused) {
        worsen(results, bulk.get(i), new IndexResult.Refused(refused.reason()));
      } else if (answer instanceof WriteResult.Busy busy) {
        worsen(results, bulk.get(i), new IndexResult.Busy(busy.reason()));
      } else if (answer instanceof WriteResult.Conflict conflict) {
        last = last == 0 ? journal.lastVersion() : last;
        if (conflict.stored() > last) {
          worsen(results, bulk.get(i), new IndexResult.Ahead(conflict.stored()));
        }
      }
    }
  }

  private boolean isRegistered(String target) {
    return journal.targets(wiring.instance()).stream().anyMatch(t -> t.name().equals(target));
  }

  /** Of several results the one counts that asks for more: try again, alarm, give up, done. */
  private static void worsen(Map<UUID, IndexResult> results, IndexWrite write, IndexResult result) {
    results.merge(
        write.product(), result, (before, now) -> weight(now) > weight(before) ? now : before);
  }

  private static int weight(IndexResult result) {
    if (result instanceof IndexResult.Busy) {
      return 3;
    }
    if (result instanceof IndexResult.Ahead) {
      return 2;
    }
    return result instanceof IndexResult.Refused ? 1 : 0;
  }
}
