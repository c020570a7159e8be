package com.techcorp.search.internal;

import com.techcorp.search.Hit;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.InvalidQueryException;
import com.techcorp.search.Match;
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
import java.util.List;
import java.util.Map;
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
  private final InstantSource clock;

  /**
   * Creates a searcher.
   *
   * @param index an open index
   * @param settings what its products have in common
   * @param options limits and fallbacks
   * @param cursorKey signs cursors, the same in all processes
   * @param clock by which cursors age
   */
  public EngineSearcher(
      SearchIndex index,
      IndexOptions settings,
      SearchOptions options,
      byte[] cursorKey,
      InstantSource clock) {
    this.index = index;
    this.settings = settings;
    this.options = options;
    this.check = new QueryCheck(options.limits());
    this.cursors = new CursorCodec(cursorKey);
    this.spelling = new Spelling(index);
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
    return QueryText.words(text).isEmpty() ? List.of() : index.suggest(text, limit);
  }

  private record Found(Match match, String text, SearchAnswer answer) {
    long total() {
      return answer.total();
    }
  }

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
    return found.total() == 0 && options.popularIfNothingMatches()
        ? wider(found, query, Match.POPULAR, "", page)
        : found;
  }

  private boolean isEnough(Found found) {
    return found.total() >= options.enoughHits();
  }

  private Found wider(Found before, SearchQuery query, Match match, String text, PageRequest page) {
    Found found = find(query, match, text, page);
    return found.total() > before.total() ? found : before;
  }

  private Found find(SearchQuery query, Match match, String text, PageRequest page) {
    TextMatch words = text.isEmpty() ? new TextMatch.All() : TextMatch.Words.of(text);
    SearchPlan plan = QueryPlanner.plan(query, words, page);
    return new Found(match, text, index.search(plan));
  }

  private SearchPage page(SearchQuery query, Found found, @Nullable String snapshot) {
    List<SearchAnswer.Found> hits = found.answer().hits();
    return new SearchPage(
        hits.stream().map(hit -> new Hit(hit.product(), hit.highlights(), false)).toList(),
        found.total(),
        found.answer().facets(),
        found.match(),
        found.text(),
        next(query, found, hits, snapshot),
        false);
  }

  /** A full page may be the last one: then the next one is empty. */
  private @Nullable String next(
      SearchQuery query, Found found, List<SearchAnswer.Found> hits, @Nullable String snapshot) {
    boolean last = hits.isEmpty() || hits.size() < query.size();
    boolean whole = query.cursor().isEmpty() && hits.size() == found.total();
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
