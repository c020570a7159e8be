package com.techcorp;

import com.techcorp.concurrent.Threads;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexingOptions;
import com.techcorp.search.ProductSource;
import com.techcorp.search.SearchOptions;
import com.techcorp.search.SearchRules;
import com.techcorp.search.internal.CaffeineSearchCache;
import com.techcorp.search.internal.IndexWiring;
import com.techcorp.search.internal.JournalTime;
import com.techcorp.search.internal.NoRules;
import com.techcorp.search.internal.SearchAssembly;
import com.techcorp.search.spi.IndexJournal;
import com.techcorp.search.spi.SearchCache;
import com.techcorp.search.spi.SearchIndex;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What search needs. Immutable; each {@code with} method returns a changed copy.
 *
 * <pre>{@code
 * SearchSetup.of(ElasticIndex.connect(uri), storage.products(), storage.indexJournal())
 * }</pre>
 *
 * @param index the engine; closed by the library
 * @param products reads the catalogue, on the primary
 * @param journal gives versions; on the catalogue's primary, so that both are restored together
 * @param settings name, language and currency of the index; default {@link IndexOptions#DEFAULT}
 * @param options how queries are answered; default {@link SearchOptions#DEFAULT}
 * @param indexing sizes and times of indexing; default {@link IndexingOptions#DEFAULT}
 * @param rules synonyms and rules; default none
 * @param cache keeps pages, and is closed by the host; null: the process keeps its own, as {@link
 *     SearchOptions#cache} says. Default null
 */
public record SearchSetup(
    SearchIndex index,
    ProductSource products,
    IndexJournal journal,
    IndexOptions settings,
    SearchOptions options,
    IndexingOptions indexing,
    SearchRules rules,
    @Nullable SearchCache cache) {
  /** Refuses nulls. */
  public SearchSetup {
    Objects.requireNonNull(index, "index");
    Objects.requireNonNull(products, "products");
    Objects.requireNonNull(journal, "journal");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(indexing, "indexing");
    Objects.requireNonNull(rules, "rules");
  }

  /**
   * Returns a setup with default options.
   *
   * @param index the engine; closed by the library
   * @param products reads the catalogue, on the primary
   * @param journal gives versions
   * @return the setup
   */
  public static SearchSetup of(SearchIndex index, ProductSource products, IndexJournal journal) {
    return new SearchSetup(
        index,
        products,
        journal,
        IndexOptions.DEFAULT,
        SearchOptions.DEFAULT,
        IndexingOptions.DEFAULT,
        NoRules.INSTANCE,
        null);
  }

  /**
   * Returns the setup of another index.
   *
   * @param other name, language and currency
   * @return a changed copy
   */
  public SearchSetup withSettings(IndexOptions other) {
    return new SearchSetup(index, products, journal, other, options, indexing, rules, cache);
  }

  /**
   * Returns the setup with other answers to queries.
   *
   * @param other limits and fallbacks
   * @return a changed copy
   */
  public SearchSetup withOptions(SearchOptions other) {
    return new SearchSetup(index, products, journal, settings, other, indexing, rules, cache);
  }

  /**
   * Returns the setup with another way of indexing.
   *
   * @param other sizes and times
   * @return a changed copy
   */
  public SearchSetup withIndexing(IndexingOptions other) {
    return new SearchSetup(index, products, journal, settings, options, other, rules, cache);
  }

  /**
   * Returns the setup with synonyms and rules.
   *
   * @param other such as {@code storage.searchRules()}; the host changes them at run time
   * @return a changed copy
   */
  public SearchSetup withRules(SearchRules other) {
    return new SearchSetup(index, products, journal, settings, options, indexing, other, cache);
  }

  /**
   * Returns the setup with a cache of pages that several processes share.
   *
   * @param other such as {@code RedisCache.searchCache()}; closed by the host
   * @return a changed copy
   */
  public SearchSetup withCache(SearchCache other) {
    Objects.requireNonNull(other, "other");
    return new SearchSetup(index, products, journal, settings, options, indexing, rules, other);
  }

  /** Puts the parts together; opens nothing. */
  SearchAssembly assembly(Threads threads) {
    return new SearchAssembly(
        new IndexWiring(index, journal, products, settings, indexing, threads),
        options,
        rules,
        cacheOn(threads),
        new JournalTime(journal, threads));
  }

  private @Nullable SearchCache cacheOn(Threads threads) {
    int pages = options.cache().pages();
    if (cache != null || pages == 0) {
      return cache;
    }
    return new CaffeineSearchCache(pages, threads::nanoTime);
  }
}
