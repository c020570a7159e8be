package com.techcorp.search.spi;

import com.techcorp.json.JsonObject;
import com.techcorp.search.DocumentReader;
import com.techcorp.search.FacetResult;
import com.techcorp.search.Hit;
import com.techcorp.search.Match;
import com.techcorp.search.ProductField;
import com.techcorp.search.SearchPage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages as JSON, for caches outside the process. */
public final class SearchPageJson {
  private SearchPageJson() {}

  /**
   * Returns a page as JSON. Whether it is stale is left out: that is for who finds it to say.
   *
   * @param page the page
   * @return a text that {@link #read} turns into an equal page
   */
  public static String write(SearchPage page) {
    JsonObject.Builder json =
        JsonObject.builder()
            .putObjects("hits", page.hits().stream().map(SearchPageJson::hit).toList())
            .put("total", page.total())
            .putObjects("facets", page.facets().stream().map(SearchPageJson::facet).toList())
            .put("match", page.match().name())
            .put("text", page.text());
    if (page.next() != null) {
      json.put("next", page.next());
    }
    return json.build().toString();
  }

  /** The product's own JSON stays a text: it is exact, and a product can read it again. */
  private static JsonObject hit(Hit hit) {
    JsonObject.Builder highlights = JsonObject.builder();
    hit.highlights().forEach(highlights::put);
    return JsonObject.builder()
        .put("product", hit.product().json())
        .put("highlights", highlights.build())
        .put("pinned", hit.pinned())
        .build();
  }

  private static JsonObject facet(FacetResult facet) {
    if (facet instanceof FacetResult.Values values) {
      return JsonObject.builder()
          .put("field", values.field().name())
          .putObjects("counts", values.counts().stream().map(SearchPageJson::count).toList())
          .put("approximate", values.approximate())
          .build();
    }
    List<FacetResult.Band> bands = ((FacetResult.Prices) facet).bands();
    return JsonObject.builder()
        .putObjects("bands", bands.stream().map(SearchPageJson::band).toList())
        .build();
  }

  private static JsonObject count(FacetResult.Count count) {
    return JsonObject.builder()
        .put("value", count.value())
        .put("hits", count.hits())
        .put("chosen", count.chosen())
        .build();
  }

  private static JsonObject band(FacetResult.Band band) {
    JsonObject.Builder json = JsonObject.builder().put("hits", band.hits());
    if (band.from() != null) {
      json.put("from", band.from().toString());
    }
    if (band.below() != null) {
      json.put("below", band.below().toString());
    }
    return json.build();
  }

  /**
   * Reads a page.
   *
   * @param json a text of {@link #write}
   * @return the page
   * @throws IllegalArgumentException if it is no page, or one of another version of the library
   */
  public static SearchPage read(String json) {
    JsonObject page = JsonObject.parse(json);
    return new SearchPage(
        page.objects("hits").stream().map(SearchPageJson::readHit).toList(),
        page.number("total"),
        page.objects("facets").stream().map(SearchPageJson::readFacet).toList(),
        Match.valueOf(page.text("match")),
        page.text("text"),
        page.textOrNull("next"),
        false);
  }

  private static Hit readHit(JsonObject hit) {
    Map<String, String> highlights = new HashMap<>();
    if (hit.get("highlights") instanceof JsonObject texts) {
      texts.keySet().forEach(field -> highlights.put(field, texts.text(field)));
    }
    return new Hit(DocumentReader.read(hit.text("product")), highlights, is(hit, "pinned"));
  }

  private static FacetResult readFacet(JsonObject facet) {
    if (!facet.containsKey("field")) {
      List<FacetResult.Band> bands = new ArrayList<>();
      for (JsonObject band : facet.objects("bands")) {
        bands.add(
            new FacetResult.Band(price(band, "from"), price(band, "below"), band.number("hits")));
      }
      return new FacetResult.Prices(bands);
    }
    List<FacetResult.Count> counts = new ArrayList<>();
    for (JsonObject count : facet.objects("counts")) {
      counts.add(
          new FacetResult.Count(count.text("value"), count.number("hits"), is(count, "chosen")));
    }
    return new FacetResult.Values(
        ProductField.of(facet.text("field")), counts, is(facet, "approximate"));
  }

  private static @Nullable BigDecimal price(JsonObject band, String field) {
    String price = band.textOrNull(field);
    return price == null ? null : new BigDecimal(price);
  }

  private static boolean is(JsonObject json, String field) {
    return Boolean.TRUE.equals(json.get(field));
  }
}
