package com.techcorp.examples.data;

import com.techcorp.examples.data.Vocabulary.ProductLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Invents the catalogue: every title of the vocabulary once, in popularity ranks of their own.
 *
 * <p>Ranks decide popularity and stock. The best sellers have plenty, some slower products have
 * few, and each {@value #SCARCE_EVERY}th rank has only {@value #SCARCE_STOCK} units, so that the
 * shipped orders meet empty shelves without most of them failing.
 */
final class ProductMaker {

  static final int SCARCE_EVERY = 37;
  static final int SCARCE_STOCK = 3;

  private static final int BEST_SELLERS = 100;
  private static final List<Integer> BEST_SELLER_STOCK = List.of(600, 1000, 1500, 2500, 5000);
  private static final List<Integer> OTHER_STOCK = List.of(20, 40, 60, 80, 120, 200, 350, 800);

  private final Draw draw;
  private final Instant start;

  ProductMaker(Draw draw, Instant start) {
    this.draw = draw;
    this.start = start;
  }

  /** All products, in the order of the vocabulary. */
  List<CatalogueEntry> make(List<ProductLine> lines) {
    int size = lines.stream().mapToInt(line -> line.titles().size()).sum();
    List<Integer> ranks = draw.permutation(size);
    List<CatalogueEntry> products = new ArrayList<>(size);
    for (ProductLine line : lines) {
      for (String title : line.titles()) {
        int number = products.size();
        products.add(product(line, title, number, ranks.get(number), size));
      }
    }
    return products;
  }

  private CatalogueEntry product(
      ProductLine line, String title, int number, int rank, int catalogueSize) {
    Instant listed = start.plus(Duration.ofMinutes(7L * number));
    Map<String, List<String>> attributes = attributes(line);
    long price = price(line);
    return new CatalogueEntry(
        draw.id(listed),
        title,
        description(line, attributes),
        new CatalogueEntry.Prices(price, originalPrice(price)),
        new CatalogueEntry.Facets(line.category(), draw.oneOf(line.brands()), attributes),
        new CatalogueEntry.Ranking(
            true,
            (99 - 94 * rank / (catalogueSize - 1)) / 100.0,
            listed.plus(Duration.ofMinutes(draw.between(0, 90 * 24 * 60)))),
        "BRL",
        stock(rank));
  }

  private Map<String, List<String>> attributes(ProductLine line) {
    Map<String, List<String>> chosen = new LinkedHashMap<>();
    line.attributes()
        .forEach(
            (name, values) ->
                chosen.put(
                    name, name.equals("size") ? values : draw.someOf(values, draw.between(1, 3))));
    return chosen;
  }

  private String description(ProductLine line, Map<String, List<String>> attributes) {
    String text = String.join(" ", draw.someOf(line.descriptions(), 2));
    List<String> colors = attributes.get("color");
    return colors == null ? text : text + " Available in " + String.join(", ", colors) + ".";
  }

  private long price(ProductLine line) {
    int units = draw.between(line.priceFrom(), line.priceTo());
    return units * 100L + draw.oneOf(List.of(90, 90, 90, 99, 50, 0));
  }

  private long originalPrice(long price) {
    return draw.percent(40)
        ? price + 1000L * Math.max(1, price * draw.between(1, 5) / 10_000)
        : price;
  }

  private int stock(int rank) {
    if (rank % SCARCE_EVERY == SCARCE_EVERY - 1) {
      return SCARCE_STOCK;
    }
    return draw.oneOf(rank < BEST_SELLERS ? BEST_SELLER_STOCK : OTHER_STOCK);
  }
}
