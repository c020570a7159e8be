package com.techcorp.search.internal;

import com.techcorp.json.JsonObject;
import com.techcorp.search.FacetRequest;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.PriceRange;
import com.techcorp.search.SearchFilters;
import com.techcorp.search.SearchQuery;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One text for all queries that have the same page. Filters and their values are sorted; the text
 * is canonical. The order of words and of facets counts.
 */
final class CanonicalQuery {
  private CanonicalQuery() {}

  /**
   * Returns the hash of what decides which products match and in which order: all pages of a query
   * have the same.
   *
   * @return SHA-256 in hexadecimal digits
   */
  static String hashOfMatches(SearchQuery query, IndexOptions settings) {
    return sha256(matches(query, settings).build().toString());
  }

  /**
   * Returns the hash of everything that decides what the first page looks like.
   *
   * @return SHA-256 in hexadecimal digits
   */
  static String hashOfPage(SearchQuery query, IndexOptions settings) {
    JsonObject page =
        matches(query, settings)
            .putTexts("facets", query.facets().stream().map(CanonicalQuery::facet).toList())
            .put("size", query.size())
            .put("highlights", query.highlights())
            .put("audience", query.audience())
            .build();
    return sha256(page.toString());
  }

  private static JsonObject.Builder matches(SearchQuery query, IndexOptions settings) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("index", settings.name())
            .put("language", settings.language().name())
            .put("currency", settings.currency().getCurrencyCode())
            .put("text", QueryText.canonical(query.text()))
            .put("sort", query.sort().name());
    SearchFilters filters = query.filters();
    if (filters.inStock() != null) {
      json.put("in_stock", filters.inStock());
    }
    if (filters.price() != null) {
      json.putTexts("price", bounds(filters.price()));
    }
    JsonObject.Builder values = JsonObject.builder();
    filters.values().forEach((field, chosen) -> values.putTexts(field.name(), List.copyOf(chosen)));
    return json.put("values", values.build());
  }

  private static List<String> bounds(PriceRange range) {
    return List.of(text(range.from()), text(range.to()));
  }

  private static String text(@Nullable BigDecimal bound) {
    return bound == null ? "" : bound.toPlainString();
  }

  private static String facet(FacetRequest facet) {
    if (facet instanceof FacetRequest.Values values) {
      return values.field().name() + " " + values.values();
    }
    return "price " + ((FacetRequest.Prices) facet).bounds();
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
