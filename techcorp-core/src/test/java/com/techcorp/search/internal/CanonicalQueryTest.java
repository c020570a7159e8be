package com.techcorp.search.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.FacetRequest;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexOptions.Language;
import com.techcorp.search.PriceRange;
import com.techcorp.search.ProductField;
import com.techcorp.search.SearchQuery;
import com.techcorp.search.SortOrder;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalQueryTest {
  private static final ProductField COLOR = ProductField.attribute("color");

  private static String page(SearchQuery.Builder query) {
    return CanonicalQuery.hashOfPage(query.build(), IndexOptions.DEFAULT);
  }

  private static SearchQuery.Builder text(String text) {
    return SearchQuery.builder().text(text);
  }

  @Test
  void foldsCaseBlanksAndUnicodeForm() {
    assertThat(page(text("  Café\u00a0 Azul ")))
        .isEqualTo(page(text("cafe\u0301 azul")))
        .isEqualTo(page(text("CAFÉ\tAZUL")));
  }

  @Test
  void foldsTheOrderOfFiltersAndOfTheirValuesAndTheZerosOfPrices() {
    SearchQuery.Builder one =
        text("x")
            .filter(COLOR, "blue")
            .filter(ProductField.BRAND, "b", "a")
            .filter(COLOR, "red")
            .price(new PriceRange(new BigDecimal("5.00"), null));
    SearchQuery.Builder other =
        text("x")
            .price(new PriceRange(new BigDecimal("5"), null))
            .filter(ProductField.BRAND, "a")
            .filter(ProductField.BRAND, "b")
            .filter(COLOR, "red", "blue", "red");

    assertThat(page(one)).isEqualTo(page(other));
  }

  @Test
  void keepsApartWhatMayHaveAnotherPage() {
    assertThat(
            List.of(
                page(text("blue shirt")),
                page(text("shirt blue")),
                page(text("blue shirt").filter(COLOR, "Blue")),
                page(text("blue shirt").filter(COLOR, "blue")),
                page(text("blue shirt").filter(ProductField.BRAND, "blue")),
                page(text("blue shirt").inStock(true)),
                page(text("blue shirt").inStock(false)),
                page(text("blue shirt").price(new PriceRange(new BigDecimal("5"), null))),
                page(text("blue shirt").price(new PriceRange(null, new BigDecimal("5")))),
                page(text("blue shirt").sort(SortOrder.NEWEST)),
                page(text("blue shirt").size(21)),
                page(text("blue shirt").highlights(true)),
                page(text("blue shirt").audience("wholesale")),
                page(text("blue shirt").facet(new FacetRequest.Values(COLOR))),
                page(text("blue shirt").facet(new FacetRequest.Values(COLOR, 11))),
                CanonicalQuery.hashOfPage(
                    text("blue shirt").build(), IndexOptions.DEFAULT.withCurrency("BRL")),
                CanonicalQuery.hashOfPage(
                    text("blue shirt").build(),
                    IndexOptions.DEFAULT.withLanguage(Language.PORTUGUESE))))
        .doesNotHaveDuplicates();
  }
}
