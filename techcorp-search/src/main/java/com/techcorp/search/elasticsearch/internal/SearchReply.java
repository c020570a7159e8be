package com.techcorp.search.elasticsearch.internal;

import com.techcorp.error.InvalidInputException;
import com.techcorp.search.DocumentReader;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.SearchPlan;
import com.techcorp.search.spi.SortKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what a search found. */
final class SearchReply {
  private SearchReply() {}

  /**
   * The hits of a reply, if it is of the whole index.
   *
   * @throws SearchUnavailableException if the engine ran out of time, or lacks a shard
   */
  static Fields whole(EngineReply reply) {
    Fields fields = reply.fields();
    if (fields.isTrue("timed_out")) {
      throw new SearchUnavailableException("Elasticsearch did not search all products in time");
    }
    requireAllShards(fields);
    return fields;
  }

  /** Refuses a reply that some shard has no part in. */
  static void requireAllShards(Fields reply) {
    Fields shards = reply.object("_shards");
    if (shards.number("failed") > 0) {
      throw new SearchUnavailableException(
          "Elasticsearch answers for a part of the index only: see the health of its shards");
    }
  }

  static SearchAnswer answer(SearchPlan plan, Fields reply) {
    Fields hits = reply.object("hits");
    List<SearchAnswer.Found> found = new ArrayList<>();
    for (Fields hit : hits.objects("hits")) {
      found.add(
          new SearchAnswer.Found(
              product(hit.text("_source")),
              sortValues(plan.sort(), hit.list("sort")),
              highlights(hit.objectOrEmpty("highlight"))));
    }
    return new SearchAnswer(
        found,
        hits.object("total").number("value"),
        FacetTranslation.results(plan, reply.objectOrEmpty("aggregations")));
  }

  private static ProductDocument product(String source) {
    try {
      return DocumentReader.read(source);
    } catch (InvalidInputException e) {
      throw new MalformedReplyException(); // somebody else has written it
    }
  }

  private static List<Object> sortValues(List<SortKey> keys, List<?> values) {
    List<Object> typed = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      typed.add(sortValue(keys.get(i), values.get(i)));
    }
    return typed;
  }

  private static Object sortValue(SortKey key, Object value) {
    if (key == SortKey.ID) {
      return String.valueOf(value);
    }
    if (!(value instanceof Number number)) {
      throw new MalformedReplyException();
    }
    return switch (key) {
      case SCORE -> (double) number.floatValue(); // its text is that of a float
      case UPDATED_AT -> number.longValue();
      default -> number.doubleValue();
    };
  }

  private static Map<String, String> highlights(Fields fields) {
    Map<String, String> highlights = new HashMap<>();
    for (String field : fields.names()) {
      highlights.put(field, String.valueOf(fields.list(field).get(0)));
    }
    return highlights;
  }
}
