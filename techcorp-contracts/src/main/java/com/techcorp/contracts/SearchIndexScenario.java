package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexOptions.Language;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.SearchAnswer.Found;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.search.spi.WriteResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** An index and its products, in short words. */
public abstract class SearchIndexScenario extends Contract<SearchIndexUnderTest> {
  static final Instant TIME = Instant.parse("2024-01-15T10:30:00Z");

  private final List<SearchIndex> open = new ArrayList<>();
  private @Nullable SearchIndex english;

  /** For subclasses. */
  protected SearchIndexScenario() {}

  @AfterEach
  final void closeIndexes() {
    open.forEach(SearchIndex::close);
  }

  /** The index of a test, open and empty, of English texts. */
  final SearchIndex index() {
    SearchIndex known = english;
    if (known == null) {
      known = open(settings(Language.ENGLISH));
      english = known;
    }
    return known;
  }

  final SearchIndex open(IndexOptions settings) {
    SearchIndex index = adapter().indexes().get();
    open.add(index);
    index.open(settings);
    return index;
  }

  static IndexOptions settings(Language language) {
    String name = "c" + UUID.randomUUID().toString().replace("-", "");
    return IndexOptions.DEFAULT.withName(name).withLanguage(language);
  }

  /** The id of this number; ids of ascending numbers ascend. */
  static UUID id(int number) {
    return new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + number);
  }

  static ProductDocument.Builder product(int number, String title) {
    return product(number, title, "10.00");
  }

  static ProductDocument.Builder product(int number, String title, String price) {
    return ProductDocument.builder(id(number), title, new BigDecimal(price), TIME).inStock(true);
  }

  static IndexWrite.Put put(ProductDocument.Builder product, long version) {
    return new IndexWrite.Put(product.build(), version);
  }

  static IndexWrite.Tombstone gone(int number, long version) {
    return new IndexWrite.Tombstone(id(number), version, TIME);
  }

  /** Writes to the current target; searches may not see it yet. */
  final List<WriteResult> write(IndexWrite... writes) {
    return index().write(index().current(), Arrays.asList(writes));
  }

  final void refresh() {
    index().refresh(index().current());
  }

  /** Has these products found from now on. */
  final void indexed(ProductDocument.Builder... products) {
    indexed(index(), Arrays.stream(products).map(ProductDocument.Builder::build).toList());
  }

  static void indexed(SearchIndex index, List<ProductDocument> products) {
    int most = 500;
    for (int from = 0; from < products.size(); from += most) {
      List<IndexWrite> writes = new ArrayList<>();
      for (ProductDocument each : products.subList(from, Math.min(products.size(), from + most))) {
        writes.add(new IndexWrite.Put(each, 1));
      }
      assertThat(index.write(index.current(), writes))
          .allSatisfy(result -> assertThat(result).isInstanceOf(WriteResult.Written.class));
    }
    index.refresh(index.current());
  }

  final SearchAnswer search(SearchPlans plan) {
    return index().search(plan.plan());
  }

  /** The numbers of the products that are found, in order. */
  final List<Integer> found(SearchPlans plan) {
    return numbers(search(plan));
  }

  static List<Integer> numbers(SearchAnswer answer) {
    return answer.hits().stream().map(SearchIndexScenario::number).toList();
  }

  static int number(Found hit) {
    return (int) hit.product().id().getLeastSignificantBits();
  }

  /** The scores of hits that are sorted by relevance. */
  static List<Double> scores(SearchAnswer answer) {
    return answer.hits().stream().map(hit -> (Double) hit.sortValues().get(0)).toList();
  }
}
