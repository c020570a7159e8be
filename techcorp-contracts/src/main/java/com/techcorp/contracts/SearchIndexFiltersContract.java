package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductField;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.SearchAnswer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Filters are exact. */
public abstract class SearchIndexFiltersContract extends SearchIndexScenario {
  private static final ProductField COLOR = ProductField.attribute("color");

  /** For subclasses. */
  protected SearchIndexFiltersContract() {}

  private List<Integer> filtered(FilterClause... filters) {
    SearchAnswer answer = search(SearchPlans.all().filter(filters));
    assertThat(answer.total()).isEqualTo(answer.hits().size());
    return numbers(answer);
  }

  @Test
  void byStock() {
    indexed(product(1, "shirt"), product(2, "shirt").inStock(false));

    assertThat(filtered(new FilterClause.InStock(true))).containsExactly(1);
    assertThat(filtered(new FilterClause.InStock(false))).containsExactly(2);
  }

  @Test
  void byPriceWithBothEndsIncluded() {
    indexed(
        product(1, "shirt", "0"),
        product(2, "shirt", "49.99"),
        product(3, "shirt", "50.00"),
        product(4, "shirt", "200"),
        product(5, "shirt", "200.01"),
        product(6, "shirt", "999999999999999.99"));

    assertThat(filtered(SearchPlans.price("50", "200.00"))).containsExactly(3, 4);
    assertThat(filtered(SearchPlans.price("50", null))).containsExactly(3, 4, 5, 6);
    assertThat(filtered(SearchPlans.price(null, "49.99"))).containsExactly(1, 2);
    assertThat(filtered(SearchPlans.price("0", "0"))).containsExactly(1);
    assertThat(filtered(SearchPlans.price("50.01", "199.99"))).isEmpty();
  }

  /** A sample of all prices up to 10,000.00 by steps of a cent. */
  @Test
  void aPriceIsFoundByItself() {
    Random random = new Random(1);
    Set<Integer> cents = new HashSet<>();
    while (cents.size() < 400) {
      cents.add(1 + random.nextInt(1_000_000));
    }
    assertPricesAreFound(new ArrayList<>(cents));
  }

  @Test
  @Tag("soak")
  @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void eachPriceIsFoundByItself() {
    List<Integer> cents = new ArrayList<>();
    for (int cent = 1; cent <= 1_000_000; cent++) {
      cents.add(cent);
    }
    assertPricesAreFound(cents);
  }

  private void assertPricesAreFound(List<Integer> cents) {
    List<ProductDocument> products = new ArrayList<>();
    for (int cent : cents) {
      BigDecimal price = BigDecimal.valueOf(cent, 2);
      products.add(ProductDocument.builder(id(cent), "shirt", price, TIME).build());
    }
    indexed(index(), products);
    for (int cent : cents) {
      String price = BigDecimal.valueOf(cent, 2).toPlainString();
      assertThat(filtered(SearchPlans.price(price, price))).as(price).containsExactly(cent);
    }
  }

  @Test
  void byValuesOfAField() {
    indexed(
        product(1, "shirt").category("t-shirts").brand("basics"),
        product(2, "shirt").category("dresses").brand("basics"),
        product(3, "shirt").brand("T-Shirts"),
        product(4, "shirt"));

    assertThat(filtered(SearchPlans.anyValue(ProductField.CATEGORY, "t-shirts")))
        .containsExactly(1);
    assertThat(filtered(SearchPlans.anyValue(ProductField.CATEGORY, "t-shirts", "dresses", "x")))
        .containsExactly(1, 2);
    assertThat(filtered(SearchPlans.anyValue(ProductField.BRAND, "basics"))).containsExactly(1, 2);
  }

  @Test
  void byAttributes() {
    indexed(
        product(1, "shirt").attribute("color", List.of("blue", "red")),
        product(2, "shirt").attribute("color", List.of("green")).attribute("size", List.of("m")),
        product(3, "shirt").attribute("size", List.of("blue")),
        product(4, "shirt").category("blue").brand("blue"));

    assertThat(filtered(SearchPlans.anyValue(COLOR, "blue"))).containsExactly(1);
    assertThat(filtered(SearchPlans.anyValue(COLOR, "blue", "green"))).containsExactly(1, 2);
    assertThat(
            filtered(
                SearchPlans.anyValue(COLOR, "blue", "green"),
                SearchPlans.anyValue(ProductField.attribute("size"), "m")))
        .containsExactly(2);
  }

  @Test
  void valuesAreComparedExactly() {
    indexed(
        product(1, "shirt").attribute("color", List.of("Azul")),
        product(2, "shirt").attribute("color", List.of("azul")),
        product(3, "shirt").attribute("color", List.of("azul claro")),
        product(4, "shirt").attribute("color", List.of("azúl")));

    assertThat(filtered(SearchPlans.anyValue(COLOR, "azul"))).containsExactly(2);
    assertThat(filtered(SearchPlans.anyValue(COLOR, "azul claro"))).containsExactly(3);
    assertThat(filtered(SearchPlans.anyValue(COLOR, "claro"))).isEmpty();
  }

  @Test
  void namesOfAttributesMayHaveAnyForm() {
    List<String> names =
        List.of("a", "a.b", "a.b.c", "$price", ".", "..", "_id", "id", "size (EU)", "größe", "a=b");
    for (int i = 0; i < names.size(); i++) {
      indexed(product(i + 1, "shirt").attribute(names.get(i), List.of("v", "b.v")));
    }

    for (int i = 0; i < names.size(); i++) {
      assertThat(filtered(SearchPlans.anyValue(ProductField.attribute(names.get(i)), "v")))
          .as(names.get(i))
          .containsExactly(i + 1);
    }
  }

  /** An index that has a field for each attribute ends at some number of them. */
  @Test
  void thereMayBeManyAttributes() {
    List<ProductDocument> products = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      ProductDocument.Builder product = product(number, "shirt");
      for (int attribute = 0; attribute < 900; attribute++) {
        product.attribute("a" + number + "." + attribute, List.of("v" + attribute));
      }
      products.add(product.build());
    }
    indexed(index(), products);

    assertThat(filtered(SearchPlans.anyValue(ProductField.attribute("a2.899"), "v899")))
        .containsExactly(2);
  }

  @Test
  void byIds() {
    indexed(product(1, "shirt"), product(2, "shirt"), product(3, "shirt"));

    assertThat(filtered(new FilterClause.AnyOf(List.of(id(1), id(3), id(9)))))
        .containsExactly(1, 3);
    assertThat(filtered(new FilterClause.AnyOf(List.of()))).isEmpty();
    assertThat(filtered(new FilterClause.NoneOf(List.of(id(2))))).containsExactly(1, 3);
    assertThat(filtered(new FilterClause.NoneOf(List.of()))).containsExactly(1, 2, 3);
  }

  @Test
  void manyValuesAreOneFilter() {
    indexed(product(1, "shirt").brand("b7"), product(2, "shirt").brand("other"));
    String[] values = new String[1_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = "b" + i;
    }

    assertThat(filtered(SearchPlans.anyValue(ProductField.BRAND, values))).containsExactly(1);
  }

  @Test
  void filtersAndChosenFiltersHoldTogether() {
    indexed(
        product(1, "shirt", "10").brand("a"),
        product(2, "shirt", "10").brand("b"),
        product(3, "shirt", "99").brand("a"),
        product(4, "hat", "10").brand("a"));

    assertThat(
            found(
                SearchPlans.words("shirt")
                    .filter(SearchPlans.price(null, "50"))
                    .choose(SearchPlans.anyValue(ProductField.BRAND, "a"))))
        .containsExactly(1);
  }

  @Test
  void filtersChangeNoScore() {
    indexed(product(1, "shirt").brand("a"), product(2, "shirt dress").brand("a"));
    List<Double> scores = scores(search(SearchPlans.words("shirt")));

    assertThat(
            scores(
                search(
                    SearchPlans.words("shirt")
                        .filter(
                            new FilterClause.InStock(true),
                            SearchPlans.anyValue(ProductField.BRAND, "a")))))
        .isEqualTo(scores);
  }
}
