package com.techcorp.search.lucene.internal;

import com.techcorp.search.DocumentReader;
import com.techcorp.search.FacetRequest;
import com.techcorp.search.FacetResult;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.SearchAnswer.Found;
import com.techcorp.search.spi.SearchPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;

/** Runs plans on a state of a target. Thread-safe. */
final class PlanSearch {
  private static final Set<String> JSON_ONLY = Set.of(DocumentMapping.JSON);

  private final QueryTranslation queries;
  private final Highlights highlights;
  private final Duration timeout;

  PlanSearch(Analyzer analyzer, Duration timeout) {
    this.queries = new QueryTranslation(analyzer);
    this.highlights = new Highlights(analyzer);
    this.timeout = timeout;
  }

  /**
   * Runs a plan.
   *
   * @param reader the state
   * @param plan what to find
   * @return the whole answer
   * @throws IOException if the disk fails
   * @throws SearchUnavailableException if it takes too long
   */
  SearchAnswer run(IndexReader reader, SearchPlan plan) throws IOException {
    IndexSearcher searcher = new IndexSearcher(reader);
    searcher.setSimilarity(new Bm25());
    searcher.setTimeout(new QueryTimeoutImpl(timeout.toMillis()));
    return run(searcher, plan);
  }

  private SearchAnswer run(IndexSearcher searcher, SearchPlan plan) throws IOException {
    Map<List<FilterClause>, List<FacetRequest>> bySet = new LinkedHashMap<>();
    for (FacetRequest facet : plan.facets()) {
      bySet.computeIfAbsent(plan.chosenBeside(facet), set -> new ArrayList<>()).add(facet);
    }
    Map<FacetRequest, FacetResult> facets = new HashMap<>();
    // the facets without a choice of their own count the hits themselves, in the same run
    List<FacetRequest> ofHits = bySet.getOrDefault(plan.chosen(), List.of());
    bySet.remove(plan.chosen());
    TopFieldDocs hits = hits(searcher, plan, ofHits, facets);
    for (Map.Entry<List<FilterClause>, List<FacetRequest>> set : bySet.entrySet()) {
      List<FacetResult> counted =
          search(
              searcher, queries.query(plan, set.getKey()), new FacetCounts(plan, set.getValue()));
      put(facets, set.getValue(), counted);
    }
    return new SearchAnswer(
        found(searcher, plan, hits),
        hits.totalHits.value,
        plan.facets().stream().map(facets::get).toList());
  }

  private TopFieldDocs hits(
      IndexSearcher searcher,
      SearchPlan plan,
      List<FacetRequest> facets,
      Map<FacetRequest, FacetResult> results)
      throws IOException {
    Query query = queries.query(plan, plan.chosen());
    SortTranslation sort = new SortTranslation(plan.sort());
    TopFieldCollectorManager top =
        new TopFieldCollectorManager(
            sort.sort(),
            Math.max(1, plan.page().size()),
            sort.after(plan.page().after()),
            Integer.MAX_VALUE,
            false);
    if (facets.isEmpty()) {
      return search(searcher, query, top);
    }
    Object[] both =
        search(searcher, query, new MultiCollectorManager(top, new FacetCounts(plan, facets)));
    @SuppressWarnings("unchecked") // what FacetCounts gave
    List<FacetResult> counted = (List<FacetResult>) both[1];
    put(results, facets, counted);
    return (TopFieldDocs) both[0];
  }

  private static void put(
      Map<FacetRequest, FacetResult> results,
      List<FacetRequest> facets,
      List<FacetResult> counted) {
    for (int i = 0; i < facets.size(); i++) {
      results.put(facets.get(i), counted.get(i));
    }
  }

  private static <T> T search(IndexSearcher searcher, Query query, CollectorManager<?, T> manager)
      throws IOException {
    T result = searcher.search(query, manager);
    if (searcher.timedOut()) {
      throw new SearchUnavailableException(
          "The search took longer than its time-out: try again, or raise"
              + " LuceneOptions.searchTimeout");
    }
    return result;
  }

  private List<Found> found(IndexSearcher searcher, SearchPlan plan, TopFieldDocs hits)
      throws IOException {
    SortTranslation sort = new SortTranslation(plan.sort());
    Query text = queries.text(plan.text());
    StoredFields stored = searcher.storedFields();
    List<Found> found = new ArrayList<>();
    for (ScoreDoc hit : hits.scoreDocs) {
      if (found.size() == plan.page().size()) {
        break; // a page without hits: Lucene gives one at least
      }
      String json = stored.document(hit.doc, JSON_ONLY).get(DocumentMapping.JSON);
      ProductDocument product = DocumentReader.read(json);
      Map<String, String> marked = plan.highlights() ? highlights.of(product, text) : Map.of();
      found.add(new Found(product, sort.values((FieldDoc) hit), marked));
    }
    return found;
  }
}
