package com.techcorp.search.lucene.internal;

import com.techcorp.search.FacetRequest;
import com.techcorp.search.FacetResult;
import com.techcorp.search.FacetResult.Count;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Counts the values of a field. Within a segment a value is a number; all keys of a field are
 * neighbours, so its numbers are a range.
 */
final class ValueCount implements FacetCount {
  private final FacetRequest.Values facet;
  private final Set<String> chosen;
  private final BytesRef prefix;
  private final Map<BytesRef, Long> totals = new HashMap<>();
  private @Nullable Segment segment;

  ValueCount(FacetRequest.Values facet, Set<String> chosen) {
    this.facet = facet;
    this.chosen = chosen;
    this.prefix = DocumentMapping.prefix(facet.field());
  }

  @Override
  public void beginSegment(LeafReader reader) throws IOException {
    SortedSetDocValues keys = DocValues.getSortedSet(reader, DocumentMapping.field(facet.field()));
    segment = new Segment(keys, prefix);
  }

  @Override
  public void count(int document) throws IOException {
    if (segment != null) {
      segment.count(document);
    }
  }

  @Override
  public void endSegment() throws IOException {
    if (segment != null) {
      segment.addTo(totals, prefix.length);
      segment = null;
    }
  }

  @Override
  public FacetResult result() {
    Map<BytesRef, Long> all = new HashMap<>(totals);
    chosen.forEach(value -> all.putIfAbsent(new BytesRef(value), 0L));
    List<Map.Entry<BytesRef, Long>> sorted = new ArrayList<>(all.entrySet());
    sorted.sort(
        Map.Entry.<BytesRef, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    List<Count> counts = new ArrayList<>();
    List<Count> chosenBeyond = new ArrayList<>();
    for (Map.Entry<BytesRef, Long> each : sorted) {
      String value = each.getKey().utf8ToString();
      boolean isChosen = chosen.contains(value);
      if (each.getValue() > 0 && counts.size() < facet.values()) {
        counts.add(new Count(value, each.getValue(), isChosen));
      } else if (isChosen) {
        chosenBeyond.add(new Count(value, each.getValue(), true));
      }
    }
    counts.addAll(chosenBeyond);
    return new FacetResult.Values(facet.field(), counts, false);
  }

  /** The counts of one segment. */
  private static final class Segment {
    private final SortedSetDocValues keys;
    private final long first;
    private final int[] counts;

    Segment(SortedSetDocValues keys, BytesRef prefix) throws IOException {
      this.keys = keys;
      this.first = place(keys, prefix);
      long end = prefix.length == 0 ? keys.getValueCount() : place(keys, after(prefix));
      this.counts = new int[Math.toIntExact(end - first)];
    }

    private static long place(SortedSetDocValues keys, BytesRef key) throws IOException {
      if (keys.getValueCount() == 0) {
        return 0;
      }
      long found = keys.lookupTerm(key);
      return found < 0 ? -found - 1 : found;
    }

    /** The first key behind all that begin with a prefix, whose last byte is the separator 0. */
    private static BytesRef after(BytesRef prefix) {
      BytesRef next = BytesRef.deepCopyOf(prefix);
      next.bytes[next.offset + next.length - 1]++;
      return next;
    }

    void count(int document) throws IOException {
      if (counts.length > 0 && keys.advanceExact(document)) {
        for (int i = keys.docValueCount(); i > 0; i--) {
          long place = keys.nextOrd() - first;
          if (place >= 0 && place < counts.length) {
            counts[(int) place]++;
          }
        }
      }
    }

    void addTo(Map<BytesRef, Long> totals, int prefix) throws IOException {
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] > 0) {
          BytesRef key = keys.lookupOrd(first + i);
          BytesRef value = new BytesRef(key.bytes, key.offset + prefix, key.length - prefix);
          totals.merge(BytesRef.deepCopyOf(value), (long) counts[i], Long::sum);
        }
      }
    }
  }
}
