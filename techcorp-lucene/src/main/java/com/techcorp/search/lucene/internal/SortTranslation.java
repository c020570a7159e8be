package com.techcorp.search.lucene.internal;

import com.techcorp.search.spi.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Lucene's form of sort keys and of their values. */
final class SortTranslation {
  private final List<SortKey> keys;

  SortTranslation(List<SortKey> keys) {
    this.keys = keys;
  }

  Sort sort() {
    return new Sort(keys.stream().map(SortTranslation::field).toArray(SortField[]::new));
  }

  private static SortField field(SortKey key) {
    return switch (key) {
      case SCORE -> SortField.FIELD_SCORE;
      case POPULARITY -> new SortField(key.field(), SortField.Type.DOUBLE, key.descending());
      case PRICE, PRICE_DESCENDING ->
          DoubleField.newSortField(key.field(), key.descending(), SortedNumericSelector.Type.MIN);
      case UPDATED_AT -> new SortField(key.field(), SortField.Type.LONG, key.descending());
      case ID -> new SortField(key.field(), SortField.Type.STRING, key.descending());
    };
  }

  /** The values of a hit, for {@code SearchAnswer.Found}. */
  List<Object> values(FieldDoc hit) {
    List<Object> values = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      Object value = hit.fields[i];
      values.add(
          switch (keys.get(i)) {
            case SCORE -> (double) (Float) value;
            case ID -> ((BytesRef) value).utf8ToString();
            case POPULARITY, PRICE, PRICE_DESCENDING, UPDATED_AT -> value;
          });
    }
    return values;
  }

  /**
   * The hit behind which a page begins. Its document is the last of all: two of them are equal by
   * all keys only if they are the same, because the id is one of the keys.
   */
  @Nullable FieldDoc after(@Nullable List<Object> values) {
    if (values == null) {
      return null;
    }
    Object[] fields = new Object[keys.size()];
    for (int i = 0; i < fields.length; i++) {
      Object value = values.get(i);
      fields[i] =
          switch (keys.get(i)) {
            case SCORE -> ((Number) value).floatValue();
            case POPULARITY, PRICE, PRICE_DESCENDING -> ((Number) value).doubleValue();
            case UPDATED_AT -> ((Number) value).longValue();
            case ID -> new BytesRef((String) value);
          };
    }
    return new FieldDoc(Integer.MAX_VALUE, Float.NaN, fields);
  }
}
