package com.techcorp.search.internal;

import com.techcorp.error.TechCorpException;
import com.techcorp.search.spi.IndexJournal;
import com.techcorp.search.spi.SearchIndex;
import java.time.Duration;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the time of cached pages once a change of the index is visible. The order counts: first the
 * engine shows the change, then the generation moves; the other way round, a query in between would
 * store the old page in the new generation. Moves of other processes are learnt from the journal.
 * Thread-safe.
 */
final class GenerationMover {
  /** How often {@link #tick} is to be called. It bounds how often the engine is refreshed. */
  static final Duration TICK = Duration.ofMillis(250);

  private static final int TICKS_OF_LEARNING = 4;
  private static final Logger log = LoggerFactory.getLogger("com.techcorp.SearchService");

  private final IndexWiring wiring;
  private final SearchIndex index;
  private final IndexJournal journal;
  private final IndexOpening opening;
  private final ObjLongConsumer<String> moved;
  private final Duration interval;
  private final Object changes = new Object();
  private boolean changed = true; // a process that died may have shown a change and not moved
  private boolean urgent = true;
  private long movedAt;
  private int ticks;
  private volatile boolean failing;

  /**
   * Creates a mover whose first tick moves, once the index is open.
   *
   * @param wiring the index and its journal
   * @param opening nothing can be moved before the index is open
   * @param moved hears which generation an index has; throws nothing
   * @param interval the shortest time between two moves of changes that are not urgent
   */
  GenerationMover(
      IndexWiring wiring, IndexOpening opening, ObjLongConsumer<String> moved, Duration interval) {
    this.wiring = wiring;
    this.index = wiring.index();
    this.journal = wiring.journal();
    this.opening = opening;
    this.moved = moved;
    this.interval = interval;
    this.movedAt = wiring.threads().nanoTime() - interval.toNanos();
  }

  /**
   * Notes that the index was written. Called after the write, so that a refresh that follows shows
   * it.
   *
   * @param atOnce whether pages may not show it for longer than a tick: a product is gone, or its
   *     stock has changed
   */
  void changed(boolean atOnce) {
    synchronized (changes) {
      changed = true;
      urgent |= atOnce;
    }
  }

  /** Moves the generation if that is due; once a second learns what other processes moved. */
  void tick() {
    try {
      if (opening.isOpen() && isDue()) {
        move();
      } else if (ticks++ % TICKS_OF_LEARNING == 0) {
        moved.accept(wiring.instance(), journal.generation(wiring.instance()));
      }
      failing = false;
    } catch (RuntimeException e) {
      report(e);
    }
  }

  private void report(RuntimeException fault) {
    if (!failing) {
      failing = true;
      String what = "Cached pages were not told of changes of the index, which is tried again";
      if (fault instanceof TechCorpException) {
        log.warn("{}: {}", what, fault.getMessage());
      } else {
        log.error(what, fault);
      }
    }
  }

  private boolean isDue() {
    synchronized (changes) {
      return changed && (urgent || wiring.threads().nanoTime() - movedAt >= interval.toNanos());
    }
  }

  /**
   * Moves the generation at once, whatever has changed. If that fails, the next tick repeats it.
   */
  void moveNow() {
    changed(true);
    try {
      move();
    } catch (RuntimeException e) {
      report(e);
    }
  }

  /** Moves if anything has changed, as the last thing that this process does. */
  void flush() {
    boolean left;
    synchronized (changes) {
      left = changed;
    }
    if (left && opening.isOpen()) {
      moveNow();
    }
  }

  private void move() {
    boolean wasUrgent;
    synchronized (changes) {
      wasUrgent = urgent;
      changed = false; // what is written from now on may miss the refresh
      urgent = false;
    }
    try {
      index.refresh(index.current());
      moved.accept(wiring.instance(), journal.nextGeneration(wiring.instance()));
    } catch (Throwable e) {
      changed(wasUrgent);
      throw e;
    }
    synchronized (changes) {
      movedAt = wiring.threads().nanoTime();
    }
  }
}
