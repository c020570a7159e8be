package com.techcorp.search.lucene.internal;

import com.techcorp.search.FacetRequest;
import com.techcorp.search.FacetResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/** Counts prices in bands. */
final class PriceCount implements FacetCount {
  private final List<BigDecimal> bounds;
  private final double[] numbers;
  private final long[] counts;
  private @Nullable SortedNumericDocValues prices;

  PriceCount(FacetRequest.Prices facet) {
    this.bounds = facet.bounds();
    this.numbers = bounds.stream().mapToDouble(BigDecimal::doubleValue).toArray();
    this.counts = new long[numbers.length + 1];
  }

  @Override
  public void beginSegment(LeafReader segment) throws IOException {
    prices = DocValues.getSortedNumeric(segment, DocumentMapping.PRICE);
  }

  @Override
  public void count(int document) throws IOException {
    if (prices != null && prices.advanceExact(document)) {
      double price = NumericUtils.sortableLongToDouble(prices.nextValue());
      int place = Arrays.binarySearch(numbers, price);
      counts[place >= 0 ? place + 1 : -place - 1]++;
    }
  }

  @Override
  public void endSegment() {
    prices = null;
  }

  @Override
  public FacetResult result() {
    List<FacetResult.Band> bands = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      BigDecimal from = i == 0 ? null : bounds.get(i - 1);
      BigDecimal below = i == bounds.size() ? null : bounds.get(i);
      bands.add(new FacetResult.Band(from, below, counts[i]));
    }
    return new FacetResult.Prices(bands);
  }
}
