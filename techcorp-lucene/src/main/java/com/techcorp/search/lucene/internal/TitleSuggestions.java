package com.techcorp.search.lucene.internal;

import com.techcorp.search.Suggestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Suggests titles by their words without stems. Thread-safe. */
final class TitleSuggestions {
  private static final Set<String> TITLE_ONLY = Set.of(DocumentMapping.TITLE_TEXT);
  private static final Sort MOST_POPULAR =
      new Sort(
          new SortField(DocumentMapping.POPULARITY, SortField.Type.DOUBLE, true),
          new SortField(DocumentMapping.ID, SortField.Type.STRING));
  private static final int FIRST_PAGE = 50;

  private final Analyzer analyzer;

  TitleSuggestions(Analyzer analyzer) {
    this.analyzer = analyzer;
  }

  /**
   * Suggests products by what is typed.
   *
   * @param reader a state of a target
   * @param typed words, the last of them unfinished
   * @param limit how many at the most
   * @return the most popular first; each title once
   * @throws IOException if the disk fails
   */
  List<Suggestion> suggest(IndexReader reader, String typed, int limit) throws IOException {
    List<String> words = Analyzers.words(analyzer, DocumentMapping.TITLE_WORDS, typed);
    if (words.isEmpty() || limit < 1) {
      return List.of();
    }
    IndexSearcher searcher = new IndexSearcher(reader);
    Query query = beginning(words);
    Map<String, UUID> byTitle = new LinkedHashMap<>();
    FieldDoc last = null;
    int page = FIRST_PAGE;
    while (byTitle.size() < limit) { // more than one page only if many products share titles
      ScoreDoc[] hits = searcher.searchAfter(last, query, page, MOST_POPULAR).scoreDocs;
      for (ScoreDoc hit : hits) {
        last = (FieldDoc) hit;
        Document document = searcher.storedFields().document(hit.doc, TITLE_ONLY);
        String id = ((BytesRef) last.fields[1]).utf8ToString();
        byTitle.putIfAbsent(document.get(DocumentMapping.TITLE_TEXT), UUID.fromString(id));
      }
      if (hits.length < page) {
        break;
      }
      page *= 2;
    }
    List<Suggestion> suggestions = new ArrayList<>();
    byTitle.forEach((title, product) -> suggestions.add(new Suggestion(title, product)));
    return suggestions.subList(0, Math.min(limit, suggestions.size()));
  }

  private static Query beginning(List<String> words) {
    int last = words.size() - 1;
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String word : words.subList(0, last)) {
      query.add(new TermQuery(new Term(DocumentMapping.TITLE_WORDS, word)), Occur.FILTER);
    }
    query.add(
        new PrefixQuery(new Term(DocumentMapping.TITLE_WORDS, words.get(last))), Occur.FILTER);
    return query.build();
  }
}
