package com.techcorp.search.internal;

import com.techcorp.search.Hit;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.InvalidQueryException;
import com.techcorp.search.Match;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductField;
import com.techcorp.search.SearchLimits;
import com.techcorp.search.SearchOptions;
import com.techcorp.search.SearchPage;
import com.techcorp.search.SearchQuery;
import com.techcorp.search.Searcher;
import com.techcorp.search.Suggestion;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.search.spi.SearchPlan;
import com.techcorp.search.spi.SearchPlan.PageRequest;
import com.techcorp.search.spi.TextMatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Searches an engine: checks the query, plans it, and widens it if it finds too little.
 * Thread-safe.
 */
public final class EngineSearcher implements Searcher {
  private static final Duration SNAPSHOT_KEPT = Duration.ofMinutes(5);

  private final SearchIndex index;
  private final IndexOptions settings;
  private final SearchOptions options;
  private final QueryCheck check;
  private final CursorCodec cursors;
  private final Spelling spelling;
  private final Supplier<RuleSet> rules;
  private final InstantSource clock;

  /**
   * Creates a searcher.
   *
   * @param index an open index
   * @param settings what its products have in common
   * @param options limits and fallbacks
   * @param rules the synonyms and rules of the moment
   * @param cursorKey signs cursors, the same in all processes
   * @param clock by which cursors age
   */
  public EngineSearcher(
      SearchIndex index,
      IndexOptions settings,
      SearchOptions options,
      Supplier<RuleSet> rules,
      byte[] cursorKey,
      InstantSource clock) {
    this.index = index;
    this.settings = settings;
    this.options = options;
    this.check = new QueryCheck(options.limits());
    this.cursors = new CursorCodec(cursorKey);
    this.spelling = new Spelling(index);
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public SearchPage search(SearchQuery query) {
    check.check(query);
    if (query.cursor().isPresent()) {
      Cursor cursor = cursor(query, query.cursor().get());
      Found found =
          find(
              query,
              cursor.match(),
              cursor.text(),
              new PageRequest(query.size(), cursor.after(), cursor.snapshot()));
      return page(query, found, cursor.snapshot());
    }
    String snapshot = query.snapshot() ? index.openSnapshot(SNAPSHOT_KEPT) : null;
    return page(query, firstPage(query, new PageRequest(query.size(), null, snapshot)), snapshot);
  }

  @Override
  public List<Suggestion> suggest(String typed, int limit) {
    check.checkSuggest(typed, limit);
    String text = QueryText.canonical(typed);
    return QueryText.words(text).isEmpty() ? List.of() : suggestions(text, limit);
  }

  /** Asks for some more where rules hide products, so that others fill their places. */
  private List<Suggestion> suggestions(String text, int limit) {
    List<UUID> hidden = rules.get().curation(Set.of(text), Set.of(), clock.instant()).hidden();
    return index.suggest(text, limit + Math.min(hidden.size(), limit)).stream()
        .filter(suggestion -> !hidden.contains(suggestion.product()))
        .limit(limit)
        .toList();
  }

  /**
   * What one step found.
   *
   * @param pinned the products that rules put first
   * @param matching how many products match, without those that rules pin for any text: these say
   *     nothing about this one
   */
  private record Found(
      Match match, String text, Set<UUID> pinned, long matching, SearchAnswer answer) {}

  /**
   * Widens the query step by step as long as it finds too little; a step that finds no more is not
   * taken.
   */
  private Found firstPage(SearchQuery query, PageRequest page) {
    String text = QueryText.canonical(query.text());
    Found found = find(query, Match.AS_TYPED, text, page);
    if (text.isEmpty() || isEnough(found)) {
      return found;
    }
    Map<String, String> corrections = spelling.corrections(text);
    if (!corrections.isEmpty()) {
      found = wider(found, query, Match.CORRECTED, Spelling.corrected(text, corrections), page);
      if (!isEnough(found)) {
        found = wider(found, query, Match.ANY_WORD, Spelling.widened(text, corrections), page);
      }
    }
    return found.matching() == 0 && options.popularIfNothingMatches()
        ? wider(found, query, Match.POPULAR, "", page)
        : found;
  }

  private boolean isEnough(Found found) {
    return found.matching() >= options.enoughHits();
  }

  private Found wider(Found before, SearchQuery query, Match match, String text, PageRequest page) {
    Found found = find(query, match, text, page);
    return found.matching() > before.matching() ? found : before;
  }

  private Found find(SearchQuery query, Match match, String text, PageRequest page) {
    RuleSet current = rules.get();
    TextMatch words =
        text.isEmpty() ? new TextMatch.All() : new TextMatch.Words(current.variants(text));
    Curation curation =
        current.curation(
            new LinkedHashSet<>(List.of(QueryText.canonical(query.text()), text)),
            query.filters().chosen(ProductField.CATEGORY),
            clock.instant());
    SearchPlan plan = QueryPlanner.plan(query, words, curation, page);
    SearchAnswer answer = index.search(plan);
    Set<UUID> pinned = Set.copyOf(plan.ranking().pinned());
    int regardless = pinned.isEmpty() ? 0 : curation.pinnedForAnyText();
    return new Found(match, text, pinned, Math.max(0, answer.total() - regardless), answer);
  }

  private SearchPage page(SearchQuery query, Found found, @Nullable String snapshot) {
    List<SearchAnswer.Found> hits = found.answer().hits();
    return new SearchPage(
        hits.stream().map(hit -> hit(hit, found.pinned())).toList(),
        found.answer().total(),
        found.answer().facets(),
        found.match(),
        found.text(),
        next(query, found, hits, snapshot),
        false);
  }

  private static Hit hit(SearchAnswer.Found found, Set<UUID> pinned) {
    ProductDocument product = found.product();
    return new Hit(product, found.highlights(), pinned.contains(product.id()));
  }

  /** A full page may be the last one: then the next one is empty. */
  private @Nullable String next(
      SearchQuery query, Found found, List<SearchAnswer.Found> hits, @Nullable String snapshot) {
    boolean last = hits.isEmpty() || hits.size() < query.size();
    boolean whole = query.cursor().isEmpty() && hits.size() == found.answer().total();
    if (last || whole) {
      return null;
    }
    return cursors.write(
        new Cursor(
            CanonicalQuery.hashOfMatches(query, settings),
            found.match(),
            found.text(),
            hits.get(hits.size() - 1).sortValues(),
            snapshot,
            clock.instant()));
  }

  private Cursor cursor(SearchQuery query, String text) {
    Cursor cursor = cursors.read(text);
    if (!cursor.query().equals(CanonicalQuery.hashOfMatches(query, settings))) {
      throw new InvalidQueryException("cursor", "it belongs to another query: begin again");
    }
    SearchLimits limits = options.limits();
    Instant now = clock.instant();
    if (cursor.issuedAt().plus(limits.cursorAge()).isBefore(now)) {
      throw new InvalidQueryException(
          "cursor", "it is older than " + limits.cursorAge() + ": begin again");
    }
    return cursor;
  }
}
