package com.techcorp.search.internal;

import com.techcorp.health.Finding;
import com.techcorp.health.HealthSource;
import com.techcorp.health.HealthStatus;
import com.techcorp.messaging.EventBus;
import com.techcorp.search.ProductIndexer;
import com.techcorp.search.SearchOptions;
import com.techcorp.search.SearchPage;
import com.techcorp.search.SearchQuery;
import com.techcorp.search.SearchRules;
import com.techcorp.search.Searcher;
import com.techcorp.search.Suggestion;
import com.techcorp.search.spi.IndexJournal.Target;
import com.techcorp.search.spi.SearchCache;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The parts of search in a process: what asks the index, and what keeps it up to date. */
public final class SearchAssembly implements HealthSource, AutoCloseable {
  /** How often {@link #tick} is to be called. */
  public static final Duration TICK = Duration.ofSeconds(1);

  private static final int PURGED_AT_ONCE = 1_000;
  private static final long TICKS_OF_HOUSEKEEPING = 60;

  private final IndexWiring wiring;
  private final IndexOpening opening;
  private final IndexCounts counts = new IndexCounts();
  private final AheadProducts ahead;
  private final Indexer indexer;
  private final TargetRoles roles;
  private final CurrentRules rules;
  private final IndexMaintenance maintenance;
  private final Searcher searcher;
  private final CacheCounts cacheCounts = new CacheCounts();
  private final GenerationMover generation;
  private final ScheduledExecutorService timer;
  private final long begun;
  private long ticks;

  /**
   * Puts the parts together; opens nothing.
   *
   * @param wiring the index and the catalogue
   * @param options how queries are answered
   * @param rules synonyms and rules
   * @param cache keeps pages; null: none does
   * @param clock by which cursors age and rules begin and end
   */
  public SearchAssembly(
      IndexWiring wiring,
      SearchOptions options,
      SearchRules rules,
      @Nullable SearchCache cache,
      InstantSource clock) {
    this.wiring = wiring;
    this.roles = new TargetRoles(wiring);
    this.opening = new IndexOpening(wiring, roles);
    this.ahead = new AheadProducts(wiring.threads()::nanoTime);
    this.rules = new CurrentRules(rules, wiring.journal(), wiring::instance, clock);
    SearchCache pages = cache == null ? null : new OptionalCache(cache, wiring.threads()::nanoTime);
    this.generation =
        new GenerationMover(
            wiring,
            opening,
            pages == null ? (index, number) -> {} : pages::moveTo,
            options.cache().moves());
    this.indexer = new Indexer(wiring, counts, generation);
    this.maintenance = new IndexMaintenance(wiring, opening, indexer, roles, generation);
    Searcher engine =
        new WhenOpen(
            opening,
            new EngineSearcher(
                wiring.index(),
                wiring.settings(),
                options,
                this.rules,
                wiring.journal().cursorKey(),
                clock));
    this.searcher =
        pages == null
            ? engine
            : new CachedSearcher(
                engine,
                pages,
                wiring,
                options,
                () -> ThreadLocalRandom.current().nextDouble(),
                cacheCounts);
    this.timer = wiring.threads().timer("search-generation", 1);
    this.begun = wiring.threads().nanoTime();
  }

  /**
   * Opens the index, or leaves that to {@link #tick} if the engine is away.
   *
   * @throws com.techcorp.error.WiringException if the engine cannot serve this index
   */
  public void open() {
    boolean open = opening.tryOpen();
    rules.refresh();
    if (open) {
      generation.tick();
    }
    timer.scheduleWithFixedDelay(
        generation::tick,
        GenerationMover.TICK.toMillis(),
        GenerationMover.TICK.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /**
   * Subscribes what indexes the products that events name.
   *
   * @param events brings them
   */
  public void subscribeTo(EventBus events) {
    events.subscribe(new IndexConsumer(wiring, opening, indexer, ahead, generation).subscription());
  }

  /**
   * Opens an index whose engine was away, and takes over changed rules; once a minute ends what was
   * kept long enough.
   */
  public void tick() {
    rules.refresh();
    if (opening.tryOpen() && ticks++ % TICKS_OF_HOUSEKEEPING == 0) {
      roles.becameCurrent(
          wiring.index().current()); // a journal that was restored knows another one
      roles.endOldTargets();
      Instant before = wiring.journal().now().minus(wiring.options().tombstoneAge());
      for (Target target : wiring.journal().targets(wiring.instance())) {
        wiring.index().purgeTombstones(target.name(), before, PURGED_AT_ONCE);
      }
    }
  }

  /**
   * Returns what searches.
   *
   * @return the searcher
   */
  public Searcher searcher() {
    return searcher;
  }

  /**
   * Returns what keeps the index up to date.
   *
   * @return the indexer
   */
  public ProductIndexer indexer() {
    return maintenance;
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(ahead.findings());
    findings.addAll(rules.findings());
    String problem = opening.problem();
    if (problem != null) {
      findings.add(
          Finding.of(
              "INDEX_CLOSED",
              HealthStatus.DEGRADED,
              problem,
              Duration.ofNanos(wiring.threads().nanoTime() - begun)));
    }
    return findings;
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> all = new HashMap<>(counts.all());
    all.putAll(cacheCounts.all());
    return Map.copyOf(all);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    generation.flush();
    wiring.index().close();
  }

  /** Searches once the index is open. */
  private record WhenOpen(IndexOpening opening, Searcher searcher) implements Searcher {
    @Override
    public SearchPage search(SearchQuery query) {
      opening.requireOpen();
      return searcher.search(query);
    }

    @Override
    public List<Suggestion> suggest(String typed, int limit) {
      opening.requireOpen();
      return searcher.suggest(typed, limit);
    }
  }
}
