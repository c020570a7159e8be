package com.techcorp.search.lucene;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.error.WiringException;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.InvalidQueryException;
import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.Suggestion;
import com.techcorp.search.lucene.internal.FolderStore;
import com.techcorp.search.lucene.internal.MemoryStore;
import com.techcorp.search.lucene.internal.Searches;
import com.techcorp.search.lucene.internal.Snapshots;
import com.techcorp.search.lucene.internal.TargetStore;
import com.techcorp.search.lucene.internal.Targets;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.search.spi.SearchPlan;
import com.techcorp.search.spi.StoredEntry;
import com.techcorp.search.spi.WriteResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index within the process, on Apache Lucene, in a folder or in memory. Thread-safe.
 *
 * <pre>{@code
 * SearchIndex index = LuceneIndex.at(Path.of("/var/lib/shop/search"));
 * }</pre>
 *
 * <p>A folder has one writer, so each process has a folder of its own and indexes for itself. What
 * is written survives a crash of the process and of the machine; a search sees it after {@link
 * LuceneOptions#refreshInterval} at the latest.
 */
public final class LuceneIndex implements SearchIndex {
  private static final Logger log = LoggerFactory.getLogger(LuceneIndex.class);

  private final TargetStore store;
  private final LuceneOptions options;
  private final Snapshots snapshots;
  private final ScheduledExecutorService timer =
      new FaultBoundary().around(new OwnThreads()).timer("techcorp-lucene-refresh", 1);
  private volatile @Nullable Opened opened;
  private volatile boolean closed;
  private boolean refreshFails; // of the timer's one thread

  private LuceneIndex(TargetStore store, LuceneOptions options) {
    this.store = store;
    this.options = options;
    this.snapshots = new Snapshots(options.snapshots(), options.snapshotAge(), System::nanoTime);
  }

  /** What there is once the index is open. */
  private record Opened(Targets targets, Searches searches) {}

  /**
   * Returns an index in a folder with {@link LuceneOptions#DEFAULT}.
   *
   * @param folder for this process and this index alone; created if it is missing
   * @return the index, to be opened; the caller closes it
   */
  public static LuceneIndex at(Path folder) {
    return at(folder, LuceneOptions.DEFAULT);
  }

  /**
   * Returns an index in a folder. Nothing is read or written before {@link #open}.
   *
   * @param folder for this process and this index alone; created if it is missing
   * @param options times and bounds
   * @return the index, to be opened; the caller closes it
   */
  public static LuceneIndex at(Path folder, LuceneOptions options) {
    return new LuceneIndex(new FolderStore(folder), options);
  }

  /**
   * Returns an empty index in memory with {@link LuceneOptions#DEFAULT}, for tests and small
   * catalogues. What is in it is gone with the process.
   *
   * @return the index, to be opened; the caller closes it
   */
  public static LuceneIndex inMemory() {
    return inMemory(LuceneOptions.DEFAULT);
  }

  /**
   * Returns an empty index in memory.
   *
   * @param options times and bounds
   * @return the index, to be opened; the caller closes it
   */
  public static LuceneIndex inMemory(LuceneOptions options) {
    return new LuceneIndex(new MemoryStore(), options);
  }

  /**
   * {@inheritDoc}
   *
   * @throws WiringException if the folder is open elsewhere, holds something else, or was written
   *     with another name, language, currency or mapping
   */
  @Override
  public synchronized String open(IndexOptions settings) {
    if (opened != null || closed) {
      throw new IllegalStateException("an index is opened once");
    }
    try {
      Targets targets = Targets.open(store, settings, options);
      opened = new Opened(targets, new Searches(settings.language(), options));
      long interval = options.refreshInterval().toNanos();
      timer.scheduleWithFixedDelay(
          () -> refreshAll(targets), interval, interval, TimeUnit.NANOSECONDS);
      return targets.current();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private void refreshAll(Targets targets) {
    snapshots.closeOld();
    try {
      targets.refresh();
      refreshFails = false;
    } catch (IOException | AlreadyClosedException e) {
      if (!closed && !refreshFails) {
        log.warn("The index cannot be refreshed; until it can, searches see its last state", e);
      }
      refreshFails = true;
    }
  }

  private Opened opened() {
    Opened index = opened;
    if (closed) {
      throw new SearchUnavailableException("The index is closed");
    }
    if (index == null) {
      throw new IllegalStateException("the index is not open: call open first");
    }
    return index;
  }

  private interface Call<T> {
    T on(Opened index) throws IOException;
  }

  private <T> T call(Call<T> call) {
    try {
      return call.on(opened());
    } catch (IOException | AlreadyClosedException e) {
      throw new SearchUnavailableException(
          closed ? "The index is closed" : "The index's files cannot be used: check its disk", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @return the folder's id, which it keeps; in memory another one each time
   * @throws WiringException if the folder is open elsewhere or holds something else
   */
  @Override
  public synchronized Optional<String> copyId() {
    try {
      return Optional.of(store.id());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static WiringException unusable(IOException e) {
    return new WiringException(
        "The index's files cannot be read or written: check the folder's owner and its disk", e);
  }

  @Override
  public SearchAnswer search(SearchPlan plan) {
    return call(index -> index.searches().search(() -> state(index, plan), plan));
  }

  private IndexReader state(Opened index, SearchPlan plan) throws IOException {
    String snapshot = plan.page().snapshot();
    if (snapshot == null) {
      return index.targets().acquireCurrent();
    }
    IndexReader reader = snapshots.use(snapshot);
    if (reader == null) {
      throw new InvalidQueryException(
          "cursor", "the snapshot that it reads is over: begin with the first page again");
    }
    return reader;
  }

  @Override
  public List<Suggestion> suggest(String typed, int limit) {
    return call(index -> index.searches().suggest(index.targets()::acquireCurrent, typed, limit));
  }

  @Override
  public Map<String, String> corrections(Set<String> words) {
    return call(index -> index.searches().corrections(index.targets()::acquireCurrent, words));
  }

  @Override
  public String openSnapshot(Duration keep) {
    return call(
        index -> {
          IndexReader reader = index.targets().acquireCurrent();
          try {
            return snapshots.open(reader, keep);
          } catch (RuntimeException e) {
            reader.decRef();
            throw e;
          }
        });
  }

  @Override
  public List<WriteResult> write(String target, List<? extends IndexWrite> writes) {
    Set<UUID> products = new HashSet<>();
    for (IndexWrite write : writes) {
      if (!products.add(write.product())) {
        throw new IllegalArgumentException("each product must be written at most once in a call");
      }
    }
    return call(index -> index.targets().get(target).write(writes));
  }

  @Override
  public void refresh(String target) {
    call(
        index -> {
          index.targets().get(target).refresh();
          return target;
        });
  }

  @Override
  public Map<UUID, StoredEntry> read(String target, Collection<UUID> products) {
    return call(index -> index.targets().get(target).read(products));
  }

  @Override
  public List<StoredEntry> scan(String target, @Nullable UUID after, int limit) {
    return call(index -> index.targets().get(target).scan(after, limit));
  }

  @Override
  public long count(String target) {
    return call(index -> index.targets().get(target).count());
  }

  @Override
  public int purgeTombstones(String target, Instant deletedBefore, int limit) {
    return call(index -> index.targets().get(target).purgeTombstones(deletedBefore, limit));
  }

  @Override
  public Set<String> targets() {
    return opened().targets().names();
  }

  @Override
  public String current() {
    return opened().targets().current();
  }

  @Override
  public void create(String target) {
    call(
        index -> {
          index.targets().create(target);
          return target;
        });
  }

  @Override
  public void makeCurrent(String target) {
    call(
        index -> {
          index.targets().makeCurrent(target);
          return target;
        });
  }

  @Override
  public void delete(String target) {
    call(
        index -> {
          index.targets().delete(target);
          return target;
        });
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    timer.shutdownNow();
    snapshots.close();
    Opened index = opened;
    try {
      if (index != null) {
        index.targets().close();
      } else {
        store.close(); // it may be taken already
      }
    } catch (IOException e) {
      log.warn("The index's files were not closed properly; what was written is kept", e);
    }
  }
}
