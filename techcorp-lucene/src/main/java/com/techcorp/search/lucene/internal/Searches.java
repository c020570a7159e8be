package com.techcorp.search.lucene.internal;

import com.techcorp.error.OverloadedException;
import com.techcorp.search.IndexOptions.Language;
import com.techcorp.search.InvalidQueryException;
import com.techcorp.search.Suggestion;
import com.techcorp.search.lucene.LuceneOptions;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.SearchPlan;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;

/** What shoppers ask of a state of a target; so many at a time. Thread-safe. */
public final class Searches {
  private final Semaphore permits;
  private final int most;
  private final PlanSearch plans;
  private final TitleSuggestions suggestions;
  private final SpellingCorrections corrections;

  /**
   * Creates what searches the texts of a language.
   *
   * @param language the language
   * @param options times and bounds
   */
  public Searches(Language language, LuceneOptions options) {
    Analyzer analyzer = Analyzers.of(language);
    this.most = options.concurrentSearches();
    this.permits = new Semaphore(most);
    this.plans = new PlanSearch(analyzer, options.searchTimeout());
    this.suggestions = new TitleSuggestions(analyzer);
    this.corrections = new SpellingCorrections(analyzer);
  }

  /**
   * Runs a plan.
   *
   * @param state what to search
   * @param plan what to find
   * @return the whole answer
   * @throws IOException if the disk fails
   */
  public SearchAnswer search(State state, SearchPlan plan) throws IOException {
    return run(state, reader -> plans.run(reader, plan));
  }

  /**
   * Suggests products by what is typed.
   *
   * @param state what to search
   * @param typed words, the last of them unfinished
   * @param limit how many at the most
   * @return the most popular first; each title once
   * @throws IOException if the disk fails
   */
  public List<Suggestion> suggest(State state, String typed, int limit) throws IOException {
    return run(state, reader -> suggestions.suggest(reader, typed, limit));
  }

  /**
   * Corrects words that no product has.
   *
   * @param state what to search
   * @param words lower-case words
   * @return by word, for those that have a correction
   * @throws IOException if the disk fails
   */
  public Map<String, String> corrections(State state, Set<String> words) throws IOException {
    return run(state, reader -> corrections.corrections(reader, words));
  }

  private <T> T run(State state, Search<T> search) throws IOException {
    if (!permits.tryAcquire()) {
      throw new OverloadedException(
          "There are as many searches as LuceneOptions.concurrentSearches allows, "
              + most
              + ": try again later");
    }
    try {
      IndexReader reader = state.acquire();
      try {
        return search.on(reader);
      } catch (IndexSearcher.TooManyClauses e) {
        throw new InvalidQueryException(
            "q", "it has more words than the index can look for at once");
      } finally {
        reader.decRef();
      }
    } finally {
      permits.release();
    }
  }

  /** Gives a state of a target to search, for the caller to release by {@code decRef}. */
  public interface State {
    /**
     * Takes the state.
     *
     * @return a reader
     * @throws IOException if the disk fails
     */
    IndexReader acquire() throws IOException;
  }

  private interface Search<T> {
    T on(IndexReader reader) throws IOException;
  }
}
