package com.techcorp.search.spi;

import com.techcorp.search.IndexOptions;
import com.techcorp.search.Suggestion;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An engine's index of products (SPI), such as an alias in Elasticsearch or a folder of Lucene. It
 * consists of <i>targets</i>, physical indexes with names of their own: searches read the current
 * one, writes name theirs. An adapter passes {@code SearchIndexContracts}. Thread-safe.
 *
 * <p>Every method throws {@link com.techcorp.search.SearchUnavailableException} if the engine
 * cannot be reached, does not answer in time, or answers for a part only, and {@link
 * com.techcorp.error.OverloadedException} if as many calls run as the adapter's options allow. No
 * message contains text from the engine.
 */
public interface SearchIndex extends AutoCloseable {
  /**
   * Checks that the engine can serve this index, and prepares it. A missing index is created,
   * empty. Called once, before anything else.
   *
   * @param settings name, language and currency
   * @return the current target
   * @throws com.techcorp.error.WiringException says what is wrong and what to do: an index stands
   *     where the alias should be, the mapping is older than this library, the password is wrong,
   *     or the server is another product
   */
  String open(IndexOptions settings);

  /**
   * Returns the id of this copy of the index, if each process has a copy of its own, such as a
   * folder. Writes and progress are kept for each copy. May be called before {@link #open}.
   *
   * @return lower-case letters and digits; empty: all processes share the index
   */
  Optional<String> copyId();

  /**
   * Runs a search on the current target.
   *
   * @param plan what to find
   * @return what was found, of the whole index
   * @throws com.techcorp.search.InvalidQueryException {@code cursor}: the plan's snapshot is gone
   */
  SearchAnswer search(SearchPlan plan);

  /**
   * Returns products whose title has all words, the last of them as the beginning of a word.
   *
   * @param typed the words, not blank
   * @param limit how many at the most
   * @return the most popular first, equal ones by id; at most one for each title
   */
  List<Suggestion> suggest(String typed, int limit);

  /**
   * Corrects words that no title or description has, by the most similar word that one has; of
   * equally similar ones by the most frequent. Words are compared without stems and accents.
   *
   * @param words lower-case words
   * @return by word, for those that have a correction, which has no accents
   */
  Map<String, String> corrections(Set<String> words);

  /**
   * Opens a snapshot of the current target, for pages that follow each other.
   *
   * @param keep how long it is kept after each use
   * @return its name, for {@link SearchPlan.PageRequest#snapshot}
   * @throws com.techcorp.error.OverloadedException if there are as many snapshots as the adapter's
   *     options allow
   */
  String openSnapshot(Duration keep);

  /**
   * Writes to a target, each write for itself. What is {@link WriteResult.Written} survives a crash
   * of the engine's process.
   *
   * @param target an existing target
   * @param writes each product at most once
   * @return one result for each write, in the same order
   * @throws IllegalArgumentException if a product comes twice; then nothing is written
   * @throws com.techcorp.error.NotFoundException if there is no such target; none is created
   */
  List<WriteResult> write(String target, List<? extends IndexWrite> writes);

  /**
   * Makes everything visible to searches that was written to a target.
   *
   * @param target an existing target
   * @throws com.techcorp.error.NotFoundException if there is no such target
   */
  void refresh(String target);

  /**
   * Reads what a target has of products, also what no refresh has made visible yet.
   *
   * @param target an existing target
   * @param products which
   * @return by product; those that the target does not know are left out
   * @throws com.techcorp.error.NotFoundException if there is no such target
   */
  Map<UUID, StoredEntry> read(String target, Collection<UUID> products);

  /**
   * Lists what a target has, page by page, as of the last refresh.
   *
   * @param target an existing target
   * @param after the product behind which the page begins; null: from the beginning
   * @param limit how many at the most
   * @return by id in the order of its text, tombstones included; fewer than the limit only at the
   *     end
   * @throws com.techcorp.error.NotFoundException if there is no such target
   */
  List<StoredEntry> scan(String target, @Nullable UUID after, int limit);

  /**
   * Counts the products of a target, as of the last refresh.
   *
   * @param target an existing target
   * @return how many, tombstones left out
   * @throws com.techcorp.error.NotFoundException if there is no such target
   */
  long count(String target);

  /**
   * Removes tombstones for good, unless they were written again meanwhile.
   *
   * @param target an existing target
   * @param deletedBefore those that were found to be gone before this time
   * @param limit how many at the most
   * @return how many
   * @throws com.techcorp.error.NotFoundException if there is no such target
   */
  int purgeTombstones(String target, Instant deletedBefore, int limit);

  /**
   * Returns all targets of this index.
   *
   * @return their names; the current one is among them
   */
  Set<String> targets();

  /**
   * Returns the target that searches read.
   *
   * @return its name
   */
  String current();

  /**
   * Creates an empty target. Searches do not read it.
   *
   * @param target a name that no target has, beginning with the index's name and {@code -};
   *     lower-case letters, digits and {@code -}
   * @throws IllegalArgumentException if it is not such a name
   */
  void create(String target);

  /**
   * Lets searches read another target, from one moment on. Searches that run are not disturbed.
   *
   * @param target an existing target
   * @throws com.techcorp.error.NotFoundException if there is no such target
   */
  void makeCurrent(String target);

  /**
   * Deletes a target; if there is none of this name, does nothing.
   *
   * @param target not the current one
   * @throws IllegalArgumentException if it is the current one
   */
  void delete(String target);

  /** Closes connections and files. */
  @Override
  void close();
}
