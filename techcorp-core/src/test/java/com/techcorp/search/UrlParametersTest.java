package com.techcorp.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlParametersTest {
  @Test
  void readsEverythingAShopperMayAskFor() {
    SearchQuery query =
        UrlParameters.read(
                Map.ofEntries(
                    Map.entry("q", List.of("blue t-shirt")),
                    Map.entry("in_stock", List.of("true")),
                    Map.entry("price_min", List.of("50")),
                    Map.entry("price_max", List.of("200.00")),
                    Map.entry("category", List.of("t-shirts")),
                    Map.entry("brand", List.of("acme", "techcorp-basics")),
                    Map.entry("attributes.color", List.of("blue")),
                    Map.entry("facet", List.of("brand", "attributes.size")),
                    Map.entry("price_facet", List.of("50", "100")),
                    Map.entry("sort", List.of("-price")),
                    Map.entry("size", List.of("5")),
                    Map.entry("cursor", List.of("abc")),
                    Map.entry("snapshot", List.of("true")),
                    Map.entry("highlight", List.of("true")),
                    Map.entry("utm_source", List.of("mail"))))
            .build();

    assertThat(query.text()).isEqualTo("blue t-shirt");
    assertThat(query.filters().inStock()).isTrue();
    assertThat(query.filters().price())
        .isEqualTo(new PriceRange(new BigDecimal("50"), new BigDecimal("200")));
    assertThat(query.filters().chosen(ProductField.CATEGORY)).containsExactly("t-shirts");
    assertThat(query.filters().chosen(ProductField.BRAND))
        .containsExactly("acme", "techcorp-basics");
    assertThat(query.filters().chosen(ProductField.attribute("color"))).containsExactly("blue");
    assertThat(query.facets())
        .containsExactly(
            new FacetRequest.Values(ProductField.BRAND),
            new FacetRequest.Values(ProductField.attribute("size")),
            new FacetRequest.Prices(List.of(new BigDecimal("50"), new BigDecimal("100"))));
    assertThat(query.sort()).isEqualTo(SortOrder.PRICE_DESCENDING);
    assertThat(query.size()).isEqualTo(5);
    assertThat(query.cursor()).contains("abc");
    assertThat(query.snapshot()).isTrue();
    assertThat(query.highlights()).isTrue();
  }

  @Test
  void neverTakesTheAudienceOrTheShopperFromAUrl() {
    SearchQuery query =
        UrlParameters.read(Map.of("audience", List.of("wholesale"), "shopper", List.of("someone")))
            .build();

    assertThat(query.audience()).isEmpty();
    assertThat(query.shopper()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "in_stock, yes",
    "price_min, -1",
    "price_min, NaN",
    "price_min, 1e9",
    "price_max, 1.2.3",
    "price_min, 1234567890123456",
    "sort, best",
    "size, many",
    "highlight, 1",
    "facet, title",
    "facet, attributes.",
    "price_facet, x"
  })
  void namesTheParameterThatMakesNoSense(String parameter, String value) {
    assertThatThrownBy(() -> UrlParameters.read(Map.of(parameter, List.of(value))).build())
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageStartingWith(
            parameter.startsWith("price_m") && value.startsWith("12") ? "price" : parameter)
        .hasMessageNotContaining(value + " ");
  }

  @Test
  void refusesAParameterTwiceAndBoundsOutOfOrder() {
    assertThatThrownBy(() -> UrlParameters.read(Map.of("q", List.of("a", "b"))))
        .hasMessage("q: it must be given once");
    assertThatThrownBy(
            () -> UrlParameters.read(Map.of("price_min", List.of("2"), "price_max", List.of("1"))))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageStartingWith("price: ");
    assertThatThrownBy(() -> UrlParameters.read(Map.of("price_facet", List.of("2", "2"))))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageStartingWith("price_facet: ");
  }
}
