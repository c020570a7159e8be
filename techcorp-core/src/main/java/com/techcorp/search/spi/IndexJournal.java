package com.techcorp.search.spi;

import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductSource;
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
 * Gives versions to what is indexed, and keeps which targets are written and how far rebuilding
 * them is (SPI). All processes that index the same catalogue share one. An adapter passes {@code
 * IndexJournalContracts}. Thread-safe; throws {@link com.techcorp.error.UnavailableException} on a
 * fault, and then nothing was changed.
 *
 * <p>A version is a turn to read: of two turns of one product, the one that read later has the
 * higher version, in whichever process. Versions never repeat, also when the clock is set back or
 * the storage is restored to an earlier state: they are at least the microseconds since 1970.
 */
public interface IndexJournal {
  /**
   * Reads products, and gives each a version. While it runs, no other turn reads any of them: it
   * waits. The source is asked once the turn has begun, so that it sees all that was committed
   * before; then the versions are taken, and at the same time the targets.
   *
   * @param instance which index: its name, with {@link SearchIndex#copyId} if it has one
   * @param products which products
   * @param source reads them; may be called again without some of them
   * @return what was read; products that the source does not have are gone
   */
  Turn turn(String instance, Collection<UUID> products, ProductSource source);

  /**
   * What a turn read.
   *
   * @param products by id: the product and its version
   * @param targets the targets that must be written
   * @param readAt when it was read, by the journal's clock
   */
  record Turn(Map<UUID, Reading> products, Set<String> targets, Instant readAt) {
    /** Makes unmodifiable copies. */
    public Turn {
      products = Map.copyOf(products);
      targets = Set.copyOf(targets);
    }
  }

  /**
   * A product as a turn read it.
   *
   * @param version of this reading
   * @param document the product; null: it is gone, or the source could not make a document of it
   * @param problem why the source could not make a document of it; null: it could, or it is gone
   */
  record Reading(long version, @Nullable ProductDocument document, @Nullable String problem) {}

  /**
   * Returns the highest version given so far. An index that has a higher one was written with
   * another journal, or this one lost its state.
   *
   * @return a version; 0: none was given
   */
  long lastVersion();

  /**
   * Returns the journal's time, by which tombstones and targets age.
   *
   * @return the time
   */
  Instant now();

  /**
   * Returns the targets that are written.
   *
   * @param instance which index
   * @return by name; empty: none is registered
   */
  List<Target> targets(String instance);

  /**
   * Has a target written by every turn from now on, or changes its role.
   *
   * @param instance which index
   * @param target its name and role
   */
  void register(String instance, Target target);

  /**
   * Has a target not written any more.
   *
   * @param instance which index
   * @param target its name; if it is not registered, nothing happens
   */
  void remove(String instance, String target);

  /**
   * A target that is written.
   *
   * @param name its name
   * @param role why it is written
   * @param since when it got this role; ignored by {@link #register}, which takes the journal's
   *     time
   */
  record Target(String name, Role role, Instant since) {}

  /** Why a target is written. */
  enum Role {
    /** Searches read it. */
    CURRENT,
    /** It is being filled, and will be read. */
    FILLING,
    /** It was read before, and is kept for a way back. */
    PREVIOUS
  }

  /**
   * Begins or resumes the one rebuild of an index, or finds that another process does it. The lease
   * is prolonged by {@link #progress}.
   *
   * @param instance which index
   * @param owner who asks; different for each attempt
   * @param lease how long others leave it alone
   * @param target the target to fill, if there is no rebuild to resume
   * @return the rebuild, which belongs to the owner now; empty if another owner's lease stands
   */
  Optional<Rebuild> claimRebuild(String instance, String owner, Duration lease, String target);

  /**
   * Notes how far a rebuild is, and prolongs its lease.
   *
   * @param instance which index
   * @param owner who has it
   * @param lease how long others leave it alone
   * @param after the last product that is written; null: none
   * @param done how many products are written
   * @return false if it belongs to someone else now, or is over: stop
   */
  boolean progress(String instance, String owner, Duration lease, @Nullable UUID after, long done);

  /**
   * Ends a rebuild, finished or given up.
   *
   * @param instance which index
   * @param owner who has it
   * @return false if it belongs to someone else now, or is over
   */
  boolean endRebuild(String instance, String owner);

  /**
   * Returns the rebuild that is under way.
   *
   * @param instance which index
   * @return the rebuild, or empty
   */
  Optional<Rebuild> rebuild(String instance);

  /**
   * A rebuild of an index.
   *
   * @param target the target that is filled
   * @param after the last product that is written; null: none
   * @param done how many products are written
   * @param startedAt when it began
   * @param owner who works on it
   */
  record Rebuild(String target, @Nullable UUID after, long done, Instant startedAt, String owner) {}

  /**
   * Returns the generation of an index's pages in caches.
   *
   * @param instance which index
   * @return 0 at first
   */
  long generation(String instance);

  /**
   * Moves the generation on: pages of earlier generations are not current any more.
   *
   * @param instance which index
   * @return the new generation
   */
  long nextGeneration(String instance);

  /**
   * Returns the key that cursors are signed with, the same for all processes.
   *
   * @return 32 random bytes; a new array each time
   */
  byte[] cursorKey();
}
