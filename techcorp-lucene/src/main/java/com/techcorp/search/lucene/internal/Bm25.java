package com.techcorp.search.lucene.internal;

import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;

/**
 * BM25 with the factor {@code k1 + 1}, which Elasticsearch keeps and Lucene dropped. It changes no
 * order by itself, but with it scores round alike, so that equal scores are equal on both.
 */
final class Bm25 extends Similarity {
  private static final float K1 = 1.2f;
  private static final float B = 0.75f;

  private final BM25Similarity bm25 = new BM25Similarity(K1, B);

  @Override
  public SimScorer scorer(float boost, CollectionStatistics collection, TermStatistics... terms) {
    return bm25.scorer(boost * (1 + K1), collection, terms);
  }
}
