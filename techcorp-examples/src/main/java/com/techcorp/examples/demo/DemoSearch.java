package com.techcorp.examples.demo;

import com.techcorp.SearchSetup;
import com.techcorp.TechCorp;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.search.CompareOptions;
import com.techcorp.search.CompareReport;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.ReindexOptions;
import com.techcorp.search.SearchPage;
import com.techcorp.search.SearchQuery;
import com.techcorp.search.lucene.LuceneIndex;
import java.util.List;

/**
 * The search of a run: an index in memory, which follows the stock as the run's orders change it.
 */
final class DemoSearch {
  private static final IndexOptions INDEX = IndexOptions.DEFAULT.withCurrency("BRL");

  /** As shoppers type, also wrongly. */
  private static final List<String> TYPED = List.of("cotton t-shirt", "sneekers", "blue");

  private final TechCorp shop;
  private final Screen screen;
  private final long inStockBefore;

  private DemoSearch(TechCorp shop, Screen screen, long inStockBefore) {
    this.shop = shop;
    this.screen = screen;
    this.inStockBefore = inStockBefore;
  }

  static SearchSetup setup(PostgresStorage storage) {
    return SearchSetup.of(LuceneIndex.inMemory(), storage.products(INDEX), storage.indexJournal())
        .withSettings(INDEX);
  }

  /** Fills the index, and shows what shoppers find. */
  static DemoSearch open(TechCorp shop, Screen screen) {
    long indexed = shop.indexer().reindex(ReindexOptions.DEFAULT, progress -> {}).done();
    DemoSearch search = new DemoSearch(shop, screen, inStock(shop));
    screen.line("  search finds %,d products, %,d of them in stock", indexed, search.inStockBefore);
    TYPED.forEach(search::show);
    return search;
  }

  private static long inStock(TechCorp shop) {
    return shop.search().search(SearchQuery.builder().inStock(true).size(0).build()).total();
  }

  private void show(String typed) {
    SearchPage page =
        shop.search().search(SearchQuery.builder().text(typed).inStock(true).size(1).build());
    screen.line(
        "    %s -> %s%,d found, first: %s",
        typed,
        page.text().equals(typed) ? "" : page.text() + ", ",
        page.total(),
        page.hits().isEmpty() ? "-" : page.hits().get(0).product().title());
  }

  /**
   * Compares the index with the catalogue and the stock, once all events are handled.
   *
   * @return whether they are equal
   */
  boolean follows() {
    CompareReport report = shop.indexer().compare(CompareOptions.DEFAULT);
    screen.line(
        "  search: %,d of %,d products are in stock now (%,d before); %s",
        inStock(shop),
        report.products(),
        inStockBefore,
        report.isEqual()
            ? "the index equals the catalogue"
            : report.differing() + " differ: " + report.differences().get(0));
    return report.isEqual();
  }
}
