package com.techcorp.search.internal;

import com.techcorp.search.CacheOptions;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexingOptions;
import com.techcorp.search.Match;
import com.techcorp.search.SearchOptions;
import com.techcorp.search.SearchPage;
import com.techcorp.search.SearchQuery;
import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.Searcher;
import com.techcorp.search.Suggestion;
import com.techcorp.search.spi.SearchCache;
import com.techcorp.search.spi.SearchCache.PageKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/**
 * Two processes that search and index, with one cache or one each, in an order that a seed decides.
 * Wherever the real code calls the engine, the journal or the cache, or waits, other actors may
 * take a few steps first: so a reader is slow, a store is late, a generation moves before the
 * refresh. Whoever has a lease may die with it.
 *
 * <p>The index is a number that each write raises. A generation <i>covers</i> the writes that were
 * known to its mover before that began to refresh. A page that is not stale must show all writes
 * that the generation which its process had learnt by the beginning of the search covers.
 */
final class CacheModel {
  private static final int STEPS = 60;
  private static final int DEEPEST = 3;
  private static final Duration REFRESH = Duration.ofSeconds(5);
  private static final List<String> AUDIENCES = List.of("", "resellers");

  private final Random random;
  private final StepTime time = new StepTime();
  private final List<String> calls = new ArrayList<>();
  private final NavigableMap<Long, Long> covered = new TreeMap<>();
  private final List<Process> processes = new ArrayList<>();
  private long written;
  private long visible;
  private long refreshedAt;
  private long generation;
  private int depth;
  private boolean down;
  private int currentPages;
  private int stalePages;

  CacheModel(long seed) {
    random = new Random(seed);
    covered.put(0L, 0L);
    time.meanwhile(this::others);
    SearchCache first = new CaffeineSearchCache(100, time::nanoTime);
    boolean shared = random.nextBoolean();
    processes.add(new Process(first));
    processes.add(new Process(shared ? first : new CaffeineSearchCache(100, time::nanoTime)));
    if (shared) {
      processes.get(1).knownBy = processes.get(0);
    }
  }

  /** Runs it; throws an AssertionError if a page shows too little, then or in the end. */
  void run() {
    for (int step = 0; step < STEPS; step++) {
      step();
    }
    depth = DEEPEST; // from here on nobody comes in between
    down = false;
    time.pass(CacheOptions.DEFAULT.moves());
    processes.forEach(Process::settle);
    processes.forEach(Process::settle);
    processes.forEach(Process::showsAll);
  }

  int currentPages() {
    return currentPages;
  }

  int stalePages() {
    return stalePages;
  }

  private void others() {
    if (depth < DEEPEST) {
      depth++;
      for (int steps = random.nextInt(3); steps > 0; steps--) {
        step();
      }
      depth--;
    }
  }

  private void step() {
    Process process = processes.get(random.nextInt(processes.size()));
    switch (random.nextInt(10)) {
      case 0, 1 -> process.write();
      case 2, 3 -> process.tick();
      case 4 -> pass();
      case 5 -> process.dieWithALease();
      case 6 -> down = random.nextInt(4) == 0;
      default -> process.search();
    }
  }

  private void pass() {
    time.pass(Duration.ofMillis(random.nextInt(4_000)));
    if (time.nanoTime() - refreshedAt >= REFRESH.toNanos()) {
      refresh();
    }
  }

  private void refresh() {
    visible = written;
    refreshedAt = time.nanoTime();
  }

  private String audience() {
    return AUDIENCES.get(random.nextInt(AUDIENCES.size()));
  }

  /** One process: the real searcher and the real mover, on the model's engine and journal. */
  private final class Process implements Searcher {
    private final SearchCache cache;
    private final CachedSearcher searcher;
    private final GenerationMover mover;
    private Process knownBy = this;
    private long known;
    private long noted;
    private long notedBefore;
    private boolean ticking;

    Process(SearchCache pages) {
      cache = pages;
      IndexWiring wiring =
          new IndexWiring(
              engine(),
              journal(),
              new NoProducts(),
              IndexOptions.DEFAULT,
              IndexingOptions.DEFAULT,
              time);
      IndexOpening opening = new IndexOpening(wiring, new TargetRoles(wiring));
      opening.tryOpen();
      searcher =
          new CachedSearcher(
              this, cache, wiring, SearchOptions.DEFAULT, random::nextDouble, new CacheCounts());
      mover = new GenerationMover(wiring, opening, this::learn, CacheOptions.DEFAULT.moves());
    }

    private void learn(String index, long moved) {
      others();
      cache.moveTo(index, moved);
      knownBy.known = Math.max(knownBy.known, moved);
    }

    void write() {
      long version = ++written;
      others();
      noted = Math.max(noted, version);
      mover.changed(random.nextBoolean());
    }

    void tick() {
      if (!ticking) { // a timer has one thread
        ticking = true;
        notedBefore = noted;
        mover.tick();
        ticking = false;
      }
    }

    private RecordingIndex engine() {
      return new RecordingIndex(calls) {
        @Override
        public void refresh(String target) {
          others();
          CacheModel.this.refresh();
          others();
        }
      };
    }

    private GenerationJournal journal() {
      return new GenerationJournal(calls) {
        @Override
        public synchronized long generation(String instance) {
          long read = generation;
          others();
          return read;
        }

        @Override
        public synchronized long nextGeneration(String instance) {
          others();
          long moved = ++generation;
          covered.put(moved, Math.max(notedBefore, covered.lastEntry().getValue()));
          others();
          return moved;
        }
      };
    }

    /** Moves what is left to move, and learns what the other one has moved. */
    void settle() {
      for (int second = 0; second < 2 * 4; second++) {
        tick();
      }
    }

    void showsAll() {
      for (String audience : AUDIENCES) {
        SearchPage page = searcher.search(query(audience));
        if (page.total() != written) {
          throw new AssertionError("in the end " + page.total() + " instead of " + written);
        }
      }
    }

    void dieWithALease() {
      cache.lookUp(keyOf(query(audience())), CacheOptions.DEFAULT.lease(), 0);
    }

    void search() {
      String audience = audience();
      long least = covered.floorEntry(knownBy.known).getValue();
      SearchPage page;
      try {
        page = searcher.search(query(audience));
      } catch (SearchUnavailableException e) {
        return;
      }
      if (!page.text().equals(audience)) {
        throw new AssertionError("'" + audience + "' sees the page of '" + page.text() + "'");
      }
      if (page.stale()) {
        stalePages++;
      } else if (page.total() < least) {
        throw new AssertionError("a page of " + page.total() + " outlived " + least);
      } else {
        currentPages++;
      }
    }

    /** The engine: slow before it reads, and slow to answer. */
    @Override
    public SearchPage search(SearchQuery query) {
      others();
      if (down) {
        throw new SearchUnavailableException("down");
      }
      SearchPage page =
          new SearchPage(
              List.of(), visible, List.of(), Match.AS_TYPED, query.audience(), null, false);
      others();
      return page;
    }

    @Override
    public List<Suggestion> suggest(String typed, int limit) {
      return List.of();
    }
  }

  private static SearchQuery query(String audience) {
    return SearchQuery.builder().text("shirt").audience(audience).build();
  }

  private static PageKey keyOf(SearchQuery query) {
    return new PageKey("products", CanonicalQuery.hashOfPage(query, IndexOptions.DEFAULT));
  }
}
