package com.techcorp.search.lucene.internal;

import com.techcorp.error.NotFoundException;
import com.techcorp.error.WiringException;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.lucene.LuceneOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.IOUtils;

/** The targets of an index, all of them open. Thread-safe. */
public final class Targets implements AutoCloseable {
  private final TargetStore store;
  private final LuceneOptions options;
  private final IndexOptions settings;
  private final Analyzer analyzer;
  private final Map<String, IndexTarget> open = new ConcurrentHashMap<>();
  private volatile String current = "";

  private Targets(TargetStore store, IndexOptions settings, LuceneOptions options) {
    this.store = store;
    this.settings = settings;
    this.options = options;
    this.analyzer = Analyzers.of(settings.language());
  }

  /**
   * Opens all targets; creates the first one if there is none.
   *
   * @param store where they are; closed if this fails
   * @param settings what they have in common
   * @param options times and bounds
   * @return the targets
   * @throws WiringException if they cannot be used
   * @throws IOException if the disk fails
   */
  public static Targets open(TargetStore store, IndexOptions settings, LuceneOptions options)
      throws IOException {
    Targets targets = new Targets(store, settings, options);
    try {
      store.open(settings);
      targets.openAll();
      return targets;
    } catch (CorruptIndexException | IndexFormatTooOldException | IndexFormatTooNewException e) {
      targets.closeQuietly();
      throw new WiringException(
          "The files of the index "
              + settings.name()
              + " are damaged, or another version of the library wrote them: give it an empty"
              + " folder and reindex",
          e);
    } catch (IOException | RuntimeException e) {
      targets.closeQuietly();
      throw e;
    }
  }

  private void openAll() throws IOException {
    for (String name : store.targets()) {
      open.put(name, openTarget(name));
    }
    String chosen = store.current();
    if (chosen.isEmpty()) {
      chosen = settings.name() + "-1";
      if (!open.containsKey(chosen)) {
        open.put(chosen, openTarget(chosen));
      }
      store.makeCurrent(chosen);
    }
    if (!open.containsKey(chosen)) {
      throw new WiringException(
          "The current target of the index "
              + settings.name()
              + " is missing from its folder: give it an empty folder and reindex");
    }
    current = chosen;
  }

  private IndexTarget openTarget(String name) throws IOException {
    return new IndexTarget(store.directory(name), analyzer, options);
  }

  /**
   * Returns a target.
   *
   * @param name its name
   * @return the target
   * @throws NotFoundException if there is none of this name
   */
  public IndexTarget get(String name) {
    IndexTarget target = open.get(name);
    if (target == null) {
      throw new NotFoundException("The index " + settings.name() + " has no such target");
    }
    return target;
  }

  /**
   * Returns all targets.
   *
   * @return their names
   */
  public Set<String> names() {
    return new TreeSet<>(open.keySet());
  }

  /**
   * Returns the target that searches read.
   *
   * @return its name
   */
  public String current() {
    return current;
  }

  /**
   * Takes the state of the current target that is visible now.
   *
   * @return a reader; the caller releases it by {@code decRef}
   * @throws IOException if the disk fails
   */
  public IndexReader acquireCurrent() throws IOException {
    while (true) {
      String name = current;
      IndexTarget target = open.get(name);
      try {
        if (target != null) {
          return target.acquire();
        }
      } catch (AlreadyClosedException e) {
        if (name.equals(current)) {
          throw e;
        } // else another one became current, and this one was deleted
      }
    }
  }

  /**
   * Creates an empty target.
   *
   * @param name its name
   * @throws IOException if the disk fails
   */
  public synchronized void create(String name) throws IOException {
    if (!name.matches("[a-z0-9-]{1,200}") || !name.startsWith(settings.name() + "-")) {
      throw new IllegalArgumentException(
          "a target's name must be the index's name, - and lower-case letters, digits or -");
    }
    if (open.containsKey(name)) {
      throw new IllegalArgumentException("a target of this name exists");
    }
    open.put(name, openTarget(name));
  }

  /**
   * Lets searches read another target.
   *
   * @param name its name
   * @throws IOException if the disk fails
   */
  public synchronized void makeCurrent(String name) throws IOException {
    get(name);
    store.makeCurrent(name);
    current = name;
  }

  /**
   * Deletes a target; if there is none of this name, does nothing.
   *
   * @param name its name
   * @throws IOException if the disk fails
   */
  public synchronized void delete(String name) throws IOException {
    if (name.equals(current)) {
      throw new IllegalArgumentException("the current target cannot be deleted");
    }
    IndexTarget target = open.remove(name);
    if (target != null) {
      target.close();
      store.delete(name);
    }
  }

  /**
   * Makes everything visible that was written.
   *
   * @throws IOException if the disk fails
   */
  public void refresh() throws IOException {
    for (Map.Entry<String, IndexTarget> target : open.entrySet()) {
      try {
        target.getValue().refresh();
      } catch (AlreadyClosedException e) {
        if (open.get(target.getKey()) == target.getValue()) {
          throw e;
        } // else it was deleted meanwhile
      }
    }
  }

  private void closeQuietly() {
    IOUtils.closeWhileHandlingException(open.values());
    IOUtils.closeWhileHandlingException(store::close);
  }

  @Override
  public synchronized void close() throws IOException {
    IOUtils.close(open.values());
    store.close();
  }
}
