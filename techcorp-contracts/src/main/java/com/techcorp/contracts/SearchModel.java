package com.techcorp.contracts;

import com.techcorp.search.FacetRequest;
import com.techcorp.search.FacetResult;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductField;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.SearchPlan;
import com.techcorp.search.spi.TextMatch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An index by brute force, for comparison. Its products are random. Their words are codes, which no
 * analysis changes, and there are blanks between them.
 */
final class SearchModel {
  private static final double K1 = 1.2;
  private static final double B = 0.75;
  private static final List<String> COLORS = List.of("red", "blue", "green", "black", "gold");
  static final ProductField COLOR = ProductField.attribute("color");
  static final ProductField SIZE = ProductField.attribute("size");

  private final List<ProductDocument> products;

  private SearchModel(List<ProductDocument> products) {
    this.products = products;
  }

  /** A model of so many products, the same for a seed. */
  static SearchModel random(long seed, int count) {
    Random random = new Random(seed);
    List<ProductDocument> products = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      products.add(product(random, number));
    }
    return new SearchModel(products);
  }

  private static ProductDocument product(Random random, int number) {
    BigDecimal price = BigDecimal.valueOf(random.nextInt(20_000), 2);
    ProductDocument.Builder product =
        ProductDocument.builder(
                SearchIndexScenario.id(number),
                words(random, 1 + random.nextInt(6)),
                price,
                SearchIndexScenario.TIME.plusSeconds(random.nextInt(50)))
            .inStock(random.nextInt(3) > 0)
            .popularity(random.nextInt(5) / 4.0);
    if (random.nextInt(5) > 0) {
      product.description(words(random, 1 + random.nextInt(20)));
    }
    if (random.nextInt(10) > 0) {
      product.category("category " + random.nextInt(4)).brand("brand " + random.nextInt(30));
    }
    Set<String> colors = new TreeSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      colors.add(COLORS.get(random.nextInt(COLORS.size())));
    }
    if (!colors.isEmpty()) {
      product.attribute(COLOR.attributeName(), colors);
    }
    if (random.nextBoolean()) {
      product.attribute(SIZE.attributeName(), List.of("s", "m", "l").subList(0, 1 + number % 3));
    }
    return product.build();
  }

  private static String words(Random random, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(word(random));
    }
    return String.join(" ", words);
  }

  /** A word; small numbers are frequent. */
  static String word(Random random) {
    int rank = (int) (Math.pow(random.nextDouble(), 3) * 30);
    return (char) ('a' + rank / 10) + String.valueOf(rank % 10);
  }

  List<ProductDocument> products() {
    return products;
  }

  /** The products that match a plan. */
  List<ProductDocument> matching(SearchPlan plan) {
    return matching(plan, plan.chosen());
  }

  private List<ProductDocument> matching(SearchPlan plan, List<FilterClause> chosen) {
    return products.stream()
        .filter(product -> matches(product, plan.text()))
        .filter(
            product ->
                Stream.concat(plan.filters().stream(), chosen.stream())
                    .allMatch(filter -> passes(product, filter)))
        .toList();
  }

  private static boolean matches(ProductDocument product, TextMatch match) {
    if (match instanceof TextMatch.Words words) {
      Set<String> wanted = new HashSet<>();
      words.variants().forEach(variant -> wanted.addAll(split(variant.text())));
      return Stream.of(product.title(), product.description().orElse(""))
          .anyMatch(text -> split(text).stream().anyMatch(wanted::contains));
    }
    return true;
  }

  private static List<String> split(@Nullable String text) {
    return text == null || text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  private static boolean passes(ProductDocument product, FilterClause filter) {
    if (filter instanceof FilterClause.InStock stock) {
      return product.inStock() == stock.available();
    }
    if (filter instanceof FilterClause.Price price) {
      BigDecimal from = price.range().from();
      BigDecimal to = price.range().to();
      return (from == null || product.price().compareTo(from) >= 0)
          && (to == null || product.price().compareTo(to) <= 0);
    }
    if (filter instanceof FilterClause.AnyValue any) {
      return product.values(any.field()).stream().anyMatch(value -> any.values().contains(value));
    }
    if (filter instanceof FilterClause.AnyOf any) {
      return any.products().contains(product.id());
    }
    return !((FilterClause.NoneOf) filter).products().contains(product.id());
  }

  /** The facets of a plan. */
  List<FacetResult> facets(SearchPlan plan) {
    return plan.facets().stream().map(facet -> facet(plan, facet)).toList();
  }

  private FacetResult facet(SearchPlan plan, FacetRequest facet) {
    List<ProductDocument> counted = matching(plan, plan.chosenBeside(facet));
    if (facet instanceof FacetRequest.Prices prices) {
      return bands(counted, prices.bounds());
    }
    return values(counted, plan, (FacetRequest.Values) facet);
  }

  private static FacetResult bands(List<ProductDocument> counted, List<BigDecimal> bounds) {
    List<FacetResult.Band> bands = new ArrayList<>();
    for (int i = 0; i <= bounds.size(); i++) {
      BigDecimal from = i == 0 ? null : bounds.get(i - 1);
      BigDecimal below = i == bounds.size() ? null : bounds.get(i);
      long hits =
          counted.stream()
              .filter(
                  product ->
                      (from == null || product.price().compareTo(from) >= 0)
                          && (below == null || product.price().compareTo(below) < 0))
              .count();
      bands.add(new FacetResult.Band(from, below, hits));
    }
    return new FacetResult.Prices(bands);
  }

  private static FacetResult values(
      List<ProductDocument> counted, SearchPlan plan, FacetRequest.Values facet) {
    Set<String> chosen = new TreeSet<>();
    for (FilterClause filter : plan.chosen()) {
      if (filter instanceof FilterClause.AnyValue any && any.field().equals(facet.field())) {
        chosen.addAll(any.values());
      }
    }
    Map<String, Long> hits = new HashMap<>();
    for (ProductDocument product : counted) {
      new HashSet<>(product.values(facet.field()))
          .forEach(value -> hits.merge(value, 1L, Long::sum));
    }
    Comparator<FacetResult.Count> order =
        Comparator.comparing(FacetResult.Count::hits, Comparator.reverseOrder())
            .thenComparing(FacetResult.Count::value);
    List<FacetResult.Count> all =
        hits.entrySet().stream()
            .map(e -> new FacetResult.Count(e.getKey(), e.getValue(), chosen.contains(e.getKey())))
            .sorted(order)
            .toList();
    List<FacetResult.Count> listed =
        new ArrayList<>(all.subList(0, Math.min(all.size(), facet.values())));
    listed.forEach(count -> chosen.remove(count.value()));
    chosen.stream()
        .map(value -> new FacetResult.Count(value, hits.getOrDefault(value, 0L), true))
        .sorted(order)
        .forEach(listed::add);
    return new FacetResult.Values(facet.field(), listed, false);
  }

  /** The score of a product for a text, up to a factor that all scores share. */
  double score(ProductDocument product, String text) {
    double title = score(product, text, ProductDocument::title);
    double description = score(product, text, each -> each.description().orElse(null));
    return Math.max(2 * title, description);
  }

  private double score(
      ProductDocument product, String text, Function<ProductDocument, @Nullable String> field) {
    List<List<String>> texts =
        products.stream().map(each -> split(field.apply(each))).filter(t -> !t.isEmpty()).toList();
    double average = texts.stream().mapToInt(List::size).average().orElse(1);
    List<String> own = split(field.apply(product));
    double score = 0;
    for (String word : split(text)) {
      long having = texts.stream().filter(each -> each.contains(word)).count();
      long frequency = own.stream().filter(word::equals).count();
      double idf = Math.log(1 + (texts.size() - having + 0.5) / (having + 0.5));
      score += idf * frequency / (frequency + K1 * (1 - B + B * own.size() / average));
    }
    return score;
  }
}
