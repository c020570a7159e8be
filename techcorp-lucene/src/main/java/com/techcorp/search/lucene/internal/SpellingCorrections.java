package com.techcorp.search.lucene.internal;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.spell.DirectSpellChecker;
import org.apache.lucene.search.spell.SuggestMode;
import org.apache.lucene.search.spell.SuggestWord;

/** Corrects words by those that products have, without stems. Thread-safe. */
final class SpellingCorrections {
  private static final int CANDIDATES = 5;

  private final Analyzer analyzer;
  private final DirectSpellChecker spelling = new DirectSpellChecker();

  SpellingCorrections(Analyzer analyzer) {
    this.analyzer = analyzer;
  }

  /**
   * Corrects words that no product has.
   *
   * @param reader a state of a target
   * @param words lower-case words
   * @return by word: the most similar one that some product has; of equally similar ones the most
   *     frequent
   * @throws IOException if the disk fails
   */
  Map<String, String> corrections(IndexReader reader, Set<String> words) throws IOException {
    Map<String, String> corrections = new HashMap<>();
    for (String word : words) {
      List<String> folded = Analyzers.words(analyzer, DocumentMapping.ALL_WORDS, word);
      if (folded.size() == 1) { // else it is not a word
        Term term = new Term(DocumentMapping.ALL_WORDS, folded.get(0));
        SuggestWord[] similar =
            spelling.suggestSimilar(
                term, CANDIDATES, reader, SuggestMode.SUGGEST_WHEN_NOT_IN_INDEX);
        if (similar.length > 0) {
          corrections.put(word, similar[0].string);
        }
      }
    }
    return corrections;
  }
}
