package com.techcorp.search.lucene.internal;

import com.techcorp.search.lucene.LuceneOptions;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.StoredEntry;
import com.techcorp.search.spi.WriteResult;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A target: writes to it, what it has, and the state that searches read. Thread-safe.
 *
 * <p>The comparison of a version and the write after it happen under a lock; the commit that makes
 * them durable does not, so that writes of several threads share one.
 */
public final class IndexTarget implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(IndexTarget.class);
  private static final String DISK = "the index's disk fails or is full";

  private final Directory directory;
  private final Analyzer analyzer;
  private final LuceneOptions options;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile TargetFiles files;
  private volatile boolean closed;

  IndexTarget(Directory directory, Analyzer analyzer, LuceneOptions options) throws IOException {
    this.directory = directory;
    this.analyzer = analyzer;
    this.options = options;
    this.files = TargetFiles.open(directory, analyzer, options);
  }

  /** The files to write; opened again if a fault of the disk closed them. */
  private TargetFiles writable() throws IOException {
    TargetFiles usable = files;
    if (usable.isUsable() || closed) {
      return usable;
    }
    writing.lock();
    try {
      if (!files.isUsable() && !closed) {
        TargetFiles broken = files;
        files = TargetFiles.open(directory, analyzer, options);
        IOUtils.closeWhileHandlingException(broken);
        log.info("The index's files are open again");
      }
      return files;
    } finally {
      writing.unlock();
    }
  }

  /**
   * Writes, and returns when what it wrote is durable.
   *
   * @param writes each product at most once
   * @return a result for each
   */
  public List<WriteResult> write(List<? extends IndexWrite> writes) {
    try {
      TargetFiles target = writable();
      List<WriteResult> results = new ArrayList<>(writes.size());
      writing.lock();
      try {
        for (IndexWrite write : writes) {
          results.add(write(target, write));
        }
      } finally {
        writing.unlock();
      }
      // also for conflicts: what they conflict with may not be durable yet
      target.writer.commit();
      return results;
    } catch (IOException | AlreadyClosedException e) {
      log.warn("The index cannot be written", e);
      return Collections.nCopies(writes.size(), new WriteResult.Busy(DISK));
    }
  }

  private static WriteResult write(TargetFiles target, IndexWrite write) throws IOException {
    StoredEntry stored = target.entries.entry(write.product());
    if (stored != null && stored.version() >= write.version()) {
      return new WriteResult.Conflict(stored.version());
    }
    try {
      target.writer.updateDocument(
          DocumentMapping.term(write.product()), DocumentMapping.document(write));
    } catch (IllegalArgumentException e) {
      return new WriteResult.Refused("the index cannot keep a value of this product");
    }
    String json = write instanceof IndexWrite.Put put ? put.document().json() : null;
    target.entries.written(new StoredEntry(write.product(), write.version(), json));
    return new WriteResult.Written();
  }

  /**
   * Makes visible what was written.
   *
   * @throws IOException if the disk fails
   */
  public void refresh() throws IOException {
    writable().searchers.maybeRefreshBlocking();
  }

  /**
   * Reads what there is of products, visible or not.
   *
   * @param products which
   * @return by product
   * @throws IOException if the disk fails
   */
  public Map<UUID, StoredEntry> read(Collection<UUID> products) throws IOException {
    TargetFiles target = writable();
    Map<UUID, StoredEntry> found = new HashMap<>();
    for (UUID product : products) {
      StoredEntry entry = target.entries.entry(product);
      if (entry != null) {
        found.put(product, entry);
      }
    }
    return found;
  }

  /**
   * Lists what is visible.
   *
   * @param after behind which product; null: from the beginning
   * @param limit how many at the most
   * @return by id
   * @throws IOException if the disk fails
   */
  public List<StoredEntry> scan(@Nullable UUID after, int limit) throws IOException {
    IndexReader reader = acquire();
    try {
      return EntryReader.list(reader, after, limit);
    } finally {
      reader.decRef();
    }
  }

  /**
   * Counts the visible products.
   *
   * @return how many, tombstones left out
   * @throws IOException if the disk fails
   */
  public long count() throws IOException {
    IndexReader reader = acquire();
    try {
      Query tombstones = new FieldExistsQuery(DocumentMapping.DELETED_AT);
      int gone = new IndexSearcher(reader).count(tombstones);
      return Math.subtractExact(reader.numDocs(), gone);
    } finally {
      reader.decRef();
    }
  }

  /**
   * Removes tombstones for good.
   *
   * @param deletedBefore those from before this time
   * @param limit how many at the most
   * @return how many
   * @throws IOException if the disk fails
   */
  public int purgeTombstones(Instant deletedBefore, int limit) throws IOException {
    refresh();
    List<StoredEntry> old = tombstones(deletedBefore.toEpochMilli(), limit);
    TargetFiles target = writable();
    int removed = 0;
    writing.lock();
    try {
      for (StoredEntry tombstone : old) {
        UUID product = tombstone.product();
        boolean writtenAgain = !tombstone.equals(target.entries.entry(product));
        if (!writtenAgain) {
          target.writer.deleteDocuments(DocumentMapping.term(product));
          target.entries.removed(product);
          removed++;
        }
      }
    } finally {
      writing.unlock();
    }
    target.writer.commit();
    return removed;
  }

  private List<StoredEntry> tombstones(long before, int limit) throws IOException {
    if (limit < 1) {
      return List.of();
    }
    IndexReader reader = acquire();
    try {
      Query old = LongField.newRangeQuery(DocumentMapping.DELETED_AT, Long.MIN_VALUE, before - 1);
      Sort byId = new Sort(new SortField(DocumentMapping.ID, SortField.Type.STRING));
      List<StoredEntry> found = new ArrayList<>();
      for (ScoreDoc hit : new IndexSearcher(reader).search(old, limit, byId).scoreDocs) {
        BytesRef id = (BytesRef) ((FieldDoc) hit).fields[0];
        StoredEntry entry = EntryReader.find(reader, UUID.fromString(id.utf8ToString()));
        if (entry != null) {
          found.add(entry);
        }
      }
      return found;
    } finally {
      reader.decRef();
    }
  }

  /**
   * Takes the state that is visible now. It stays readable whatever happens to the target.
   *
   * @return a reader; the caller releases it by {@code decRef}
   * @throws IOException if the disk fails
   * @throws AlreadyClosedException if the target is closed
   */
  public IndexReader acquire() throws IOException {
    while (true) {
      TargetFiles target = files;
      try {
        return target.searchers.acquire().getIndexReader();
      } catch (AlreadyClosedException e) {
        if (target == files) {
          throw e;
        } // else the files were opened again meanwhile
      }
    }
  }

  @Override
  public void close() throws IOException {
    writing.lock();
    try {
      closed = true;
      IOUtils.close(files, directory);
    } finally {
      writing.unlock();
    }
  }
}
