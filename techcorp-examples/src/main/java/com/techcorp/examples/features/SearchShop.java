package com.techcorp.examples.features;

import com.techcorp.SearchSetup;
import com.techcorp.TechCorp;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.search.FacetRequest;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.PriceRange;
import com.techcorp.search.ProductField;
import com.techcorp.search.ReindexOptions;
import com.techcorp.search.SearchPage;
import com.techcorp.search.SearchQuery;
import com.techcorp.search.UrlParameters;
import com.techcorp.search.lucene.LuceneIndex;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A shop whose products are found: search beside orders, in one process. The last units are sold,
 * and a moment later the search does not show the product as in stock any more.
 */
final class SearchShop {
  private SearchShop() {}

  // tag::setup[]
  static SearchSetup search(PostgresStorage storage) {
    IndexOptions reais = IndexOptions.DEFAULT.withCurrency("BRL");
    return SearchSetup.of(
            LuceneIndex.inMemory(), // or ElasticIndex.connect("http://localhost:9200")
            storage.products(reais),
            storage.indexJournal())
        .withSettings(reais);
  }

  // end::setup[]

  // tag::query[]
  static SearchQuery affordableCoffee() {
    return SearchQuery.builder()
        .text("coffee")
        .inStock(true)
        .price(new PriceRange(null, new BigDecimal("50")))
        .facet(new FacetRequest.Values(ProductField.BRAND))
        .build();
  }

  // end::query[]

  // tag::url[]
  static SearchQuery ofUrl(Map<String, List<String>> parameters, String customerGroup) {
    return UrlParameters.read(parameters).audience(customerGroup).build();
  }

  // end::url[]

  static List<String> run(ExampleShop shop) throws Exception {
    List<String> seen = new ArrayList<>();
    // tag::start[]
    try (TechCorp library = shop.wired().search(search(shop.storage())).start()) {
      library.indexer().reindex(ReindexOptions.DEFAULT, progress -> {}); // once, or by the operator
      SearchPage page = library.search().search(affordableCoffee());
      page.hits().forEach(hit -> seen.add(hit.product().title()));
      // end::start[]
      seen.add(library.search().suggest("cof", 5).size() + " suggestion");
      SearchQuery same = ofUrl(Map.of("q", List.of("coffee"), "in_stock", List.of("true")), "");
      seen.add("in stock: " + library.search().search(same).total());
      for (int i = 0; i < ExampleShop.UNITS; i++) {
        library.orders().place(shop.order()).outcome().join();
      }
      ExampleShop.await(() -> library.search().search(same).total() == 0);
      seen.add("in stock: 0");
    }
    return seen;
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      run(shop).forEach(System.out::println);
    }
  }
}
