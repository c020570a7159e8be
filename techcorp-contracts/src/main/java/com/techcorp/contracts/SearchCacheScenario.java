package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.FacetResult;
import com.techcorp.search.Hit;
import com.techcorp.search.Match;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductField;
import com.techcorp.search.SearchPage;
import com.techcorp.search.spi.SearchCache;
import com.techcorp.search.spi.SearchCache.Lease;
import com.techcorp.search.spi.SearchCache.LookUp;
import com.techcorp.search.spi.SearchCache.PageKey;
import com.techcorp.search.spi.SearchCache.Times;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Pages, keys and leases, in short words. */
public abstract class SearchCacheScenario extends Contract<SearchCacheUnderTest> {
  static final String INDEX = "products";

  /** So long that no slow machine lets it end. */
  static final Duration LONG = Duration.ofMinutes(5);

  /** So short that a test can wait for its end. */
  static final Duration SHORT = Duration.ofMillis(100);

  static final Duration BEYOND_SHORT = Duration.ofMillis(150);

  static final Times KEPT = new Times(LONG, LONG, Duration.ZERO);

  final PageKey shirts = key("a");

  /** For subclasses. */
  protected SearchCacheScenario() {}

  final SearchCache cache() {
    return adapter().cache();
  }

  static PageKey key(String digit) {
    return new PageKey(INDEX, digit.repeat(64));
  }

  final LookUp lookUp(PageKey key) {
    return cache().lookUp(key, LONG, 0);
  }

  /** Looks up what is not there, and gets the lease. */
  final Lease miss(PageKey key) {
    return miss(key, LONG);
  }

  final Lease miss(PageKey key, Duration lease) {
    LookUp found = cache().lookUp(key, lease, 0);
    assertThat(found).isInstanceOf(LookUp.Miss.class);
    return ((LookUp.Miss) found).lease();
  }

  final void put(PageKey key, SearchPage page, Times times) {
    assertThat(cache().store(key, miss(key), page, times)).isTrue();
  }

  static LookUp.Hit hit(SearchPage page) {
    return new LookUp.Hit(page, null);
  }

  /** A page with everything that a page can have. */
  static SearchPage page(String title) {
    ProductDocument product =
        ProductDocument.builder(
                UUID.fromString("018d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f"),
                title,
                new BigDecimal("89.90"),
                Instant.parse("2024-01-15T10:30:00.123Z"))
            .description("100% \"cotton\" \u00e7\u00e3o \ud83d\udc55")
            .originalPrice(new BigDecimal("119.90"))
            .category("t-shirts")
            .brand("techcorp-basics")
            .attribute("color", List.of("blue", "red"))
            .inStock(true)
            .popularity(0.85)
            .build();
    FacetResult colors =
        new FacetResult.Values(
            ProductField.attribute("color"),
            List.of(
                new FacetResult.Count("blue", 4_000_000_000L, true),
                new FacetResult.Count("r\u00f3seo", 0, false)),
            true);
    FacetResult prices =
        new FacetResult.Prices(
            List.of(
                new FacetResult.Band(null, new BigDecimal("50"), 1),
                new FacetResult.Band(new BigDecimal("50"), new BigDecimal("99.90"), 2),
                new FacetResult.Band(new BigDecimal("99.90"), null, 0)));
    return new SearchPage(
        List.of(
            new Hit(product, Map.of("title", "<em>" + title + "</em>"), true),
            new Hit(product, Map.of(), false)),
        5_000_000_000L,
        List.of(colors, prices),
        Match.CORRECTED,
        title,
        "cursor-of-" + title,
        false);
  }

  /** A page without a hit. */
  static SearchPage emptyPage() {
    return new SearchPage(List.of(), 0, List.of(), Match.AS_TYPED, "", null, false);
  }
}
