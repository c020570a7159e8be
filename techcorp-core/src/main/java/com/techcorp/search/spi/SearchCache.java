package com.techcorp.search.spi;

import com.techcorp.search.SearchPage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of hits (SPI), in a process or for all of them. A page belongs to the generation of
 * its index in which its query began: once the index has moved to a later one, the page is not
 * current any more. An adapter passes {@code SearchCacheContracts}. Thread-safe; throws {@link
 * com.techcorp.error.UnavailableException} on a fault, and then the search goes on without it.
 */
public interface SearchCache {
  /**
   * Looks for the current page of a query. Who is given a lease asks the engine, and then calls
   * {@link #store} or {@link #release}; nobody else is given one for that page until then, or until
   * the lease's time is over.
   *
   * @param key whose page
   * @param lease how long the lease lasts, if one is given
   * @param earliness a page is to be refreshed early if less than this many times the duration of
   *     its query is left of its time; 0: never
   * @return the page, or who asks the engine for it
   */
  LookUp lookUp(PageKey key, Duration lease, double earliness);

  /**
   * Keeps a page, unless its lease is lost or its generation is over: then nothing changes.
   *
   * @param key whose page
   * @param lease as {@link #lookUp} gave it, before the engine was asked
   * @param page what the engine found
   * @param times how long it is kept
   * @return whether it is kept
   */
  boolean store(PageKey key, Lease lease, SearchPage page, Times times);

  /**
   * Gives a lease back without a page, so that the next look-up gets one. A lost lease changes
   * nothing.
   *
   * @param key whose page
   * @param lease as {@link #lookUp} gave it
   */
  void release(PageKey key, Lease lease);

  /**
   * Returns the last page that was kept for a query, whatever its generation, for as long as {@link
   * Times#stale} allows. It is for the time in which the engine is away.
   *
   * @param key whose page
   * @return as it was stored
   */
  Optional<SearchPage> lastPage(PageKey key);

  /**
   * Makes the pages of earlier generations not current any more. A generation that is not later
   * than the known one changes nothing. An index begins with generation 0.
   *
   * @param index which index
   * @param generation the generation that has begun
   */
  void moveTo(String index, long generation);

  /**
   * Names a page.
   *
   * @param index the index, or the process's copy of it
   * @param query SHA-256 of all that decides what the page looks like, in hexadecimal digits
   */
  record PageKey(String index, String query) {}

  /**
   * The right to ask the engine for a page, and to store it.
   *
   * @param token tells leases apart
   * @param generation the index's generation at the look-up
   */
  record Lease(String token, long generation) {}

  /**
   * How long a page is kept.
   *
   * @param current for how long it is current, if the generation does not move
   * @param stale for how long {@link #lastPage} finds it; not shorter than {@code current}
   * @param query how long its query took
   */
  record Times(Duration current, Duration stale, Duration query) {}

  /** What a look-up found. */
  sealed interface LookUp {
    /**
     * The current page.
     *
     * @param page as it was stored
     * @param refresh a lease to ask the engine again before the page's time is over; null: not yet,
     *     or somebody else does
     */
    record Hit(SearchPage page, @Nullable Lease refresh) implements LookUp {}

    /**
     * There is no current page: ask the engine.
     *
     * @param lease for the answer
     */
    record Miss(Lease lease) implements LookUp {}

    /**
     * There is no current page, and somebody else asks the engine: wait.
     *
     * @param generation the index's generation at the look-up
     */
    record Taken(long generation) implements LookUp {}

    /** The cache does not answer: search without it. */
    record Away() implements LookUp {}
  }
}
