package com.techcorp.search.internal;

import com.techcorp.error.OverloadedException;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.spi.SearchIndex;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens an index as soon as its engine answers, so that a process starts, and takes orders, while
 * the engine is away. Thread-safe.
 */
final class IndexOpening {
  private static final Logger log = LoggerFactory.getLogger("com.techcorp.SearchService");

  private final IndexWiring wiring;
  private final TargetRoles roles;
  private boolean tried;
  private volatile boolean open;
  private volatile @Nullable String problem;

  IndexOpening(IndexWiring wiring, TargetRoles roles) {
    this.wiring = wiring;
    this.roles = roles;
  }

  /**
   * Opens the index, unless it is open.
   *
   * @return whether it is open now; false: the engine is away
   * @throws WiringException at the first call only: the engine answers, and cannot serve this index
   */
  synchronized boolean tryOpen() {
    if (open) {
      return true;
    }
    boolean first = !tried;
    tried = true;
    try {
      SearchIndex index = wiring.index();
      roles.becameCurrent(index.open(wiring.settings()));
      open = true;
      problem = null;
    } catch (UnavailableException | OverloadedException e) {
      report("the search engine is away: " + e.getMessage());
    } catch (WiringException e) {
      if (first) {
        throw e;
      }
      report(String.valueOf(e.getMessage()));
    }
    return open;
  }

  /** Returns whether the index is open. */
  boolean isOpen() {
    return open;
  }

  private void report(String what) {
    if (!what.equals(problem)) {
      log.warn("The index is not open, which is tried again: {}", what);
    }
    problem = what;
  }

  /**
   * Refuses a search as long as the index is not open.
   *
   * @throws SearchUnavailableException says why
   */
  void requireOpen() {
    if (!open) {
      throw new SearchUnavailableException(
          "the index is not open yet, which is tried again each second: " + problem);
    }
  }

  /** Returns why the index is not open; null if it is. */
  @Nullable String problem() {
    return problem;
  }
}
