package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.FacetRequest;
import com.techcorp.search.InvalidQueryException;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductField;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.StoredEntry;
import com.techcorp.search.spi.TextMatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Texts that nobody types by accident. */
public abstract class SearchIndexHostileInputContract extends SearchIndexScenario {
  private static final List<String> PARTS =
      List.of(
          "shirt",
          " ",
          "\"",
          "'",
          "\\",
          "*",
          "?",
          "~",
          "^",
          ":",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "AND",
          "OR",
          "NOT",
          "&&",
          "||",
          "+",
          "-",
          "/",
          "<",
          ">",
          "=",
          "!",
          "title:shirt",
          "_exists_:title",
          "[* TO *]",
          "/.*/",
          "{{x}}",
          "${x}",
          "%s",
          "\u0000",
          "\u202E",
          "\uFEFF",
          "\u0301",
          "\uD83D\uDC55",
          "\uD83D",
          "\uDC55",
          "שלום",
          "قميص",
          "衬衫",
          "ﬁ",
          "<script>",
          "</em>",
          "&amp;",
          "\n",
          "\t",
          "\u2028",
          "ß",
          "İ",
          "9999999999999999999");

  /** For subclasses. */
  protected SearchIndexHostileInputContract() {}

  private static String text(Random random, int parts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString();
  }

  @Test
  void aTextIsWordsAndNoSyntax() {
    indexed(product(1, "shirt"), product(2, "hat"));

    for (String text :
        List.of(
            "shirt AND missing",
            "-shirt",
            "\"shirt missing",
            "(shirt",
            "shirt~2 OR",
            "description: shirt",
            "shirt^",
            "NOT shirt",
            "shirt\\")) {
      assertThat(found(SearchPlans.words(text))).as(text).containsExactly(1);
    }
    for (String text :
        List.of("*", "*:*", "title:*", "sh*", "shir?", "shrit~", "/.*/", "[* TO *]")) {
      assertThat(found(SearchPlans.words(text))).as(text).isEmpty();
    }
  }

  @Test
  void anyTextIsAnswered() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    indexed(product(1, "shirt"), product(2, "شirt hat"), product(3, "\uD83D\uDC55 t-shirt"));

    for (int query = 0; query < 300; query++) {
      String text = text(random, 1 + random.nextInt(12));
      SearchAnswer answer = search(SearchPlans.words(text).highlights());
      assertThat(answer.total()).as("seed " + seed).isEqualTo(answer.hits().size());
      index().suggest(text, 5);
      index().corrections(Set.of(text));
    }
  }

  @Test
  void aHugeTextIsAnsweredOrRefused() {
    indexed(product(1, "shirt"));
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      words.append("w").append(i).append(' ');
    }
    List<String> texts = List.of("shirt ".repeat(20_000), "s".repeat(100_000), words.toString());

    for (String text : texts) {
      answeredOrRefused(() -> search(SearchPlans.words(text)));
      answeredOrRefused(() -> index().suggest(text, 5));
      answeredOrRefused(() -> index().corrections(Set.of(text)));
    }
    assertThat(found(SearchPlans.words("shirt"))).containsExactly(1);
  }

  private static void answeredOrRefused(Runnable call) {
    try {
      call.run();
    } catch (InvalidQueryException e) {
      assertThat(e.field()).isEqualTo("q");
    }
  }

  @Test
  void anyProductIsKeptByteForByte() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    List<ProductDocument> products = new ArrayList<>();
    for (int number = 1; number <= 100; number++) {
      products.add(hostile(random, number));
    }

    indexed(index(), products);

    for (ProductDocument product : products) {
      assertThat(index().read(index().current(), List.of(product.id())).values())
          .as("seed " + seed)
          .extracting(StoredEntry::json)
          .containsExactly(product.json());
    }
    assertThat(search(SearchPlans.all()).total()).isEqualTo(100);
    for (ProductDocument product : products) {
      for (String color : product.values(SearchModel.COLOR)) {
        SearchAnswer answer =
            search(
                SearchPlans.all()
                    .choose(SearchPlans.anyValue(SearchModel.COLOR, color))
                    .facets(new FacetRequest.Values(SearchModel.COLOR, 1_000)));
        assertThat(answer.hits())
            .as("seed " + seed)
            .extracting(hit -> hit.product().id())
            .contains(product.id());
      }
    }
  }

  private static ProductDocument hostile(Random random, int number) {
    String title = text(random, 1 + random.nextInt(30)).strip();
    ProductDocument.Builder product =
        product(number, valid("t" + title)).description(valid(text(random, random.nextInt(200))));
    Set<String> values = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      values.add("v" + valid(text(random, random.nextInt(10))).replace("\u0000", ""));
    }
    return product.attribute(SearchModel.COLOR.attributeName(), values).build();
  }

  /** Half a character has no form in UTF-8, so no text of it is kept as it is. */
  private static String valid(String text) {
    StringBuilder valid = new StringBuilder();
    text.codePoints()
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .forEach(valid::appendCodePoint);
    return valid.toString();
  }

  @Test
  void theLargestProductIsKept() {
    ProductDocument.Builder product =
        product(1, "t".repeat(1_000), "999999999999999.999999")
            .description("衬".repeat(100_000))
            .category("\uD83D\uDC55".repeat(250))
            .popularity(Double.MAX_VALUE);
    for (int attribute = 0; attribute < 1_000; attribute++) {
      product.attribute(
          String.valueOf(attribute).repeat(2) + "é".repeat(90), List.of("\uFFFD".repeat(500)));
    }
    ProductDocument document = product.build();

    indexed(index(), List.of(document));

    assertThat(search(SearchPlans.all()).hits())
        .extracting(hit -> hit.product().json())
        .containsExactly(document.json());
    assertThat(
            found(
                SearchPlans.all()
                    .filter(
                        SearchPlans.anyValue(ProductField.CATEGORY, "\uD83D\uDC55".repeat(250)))))
        .containsExactly(1);
  }

  @Test
  void manyVariantsAreAnsweredOrRefused() {
    indexed(product(1, "shirt"));
    List<TextMatch.Variant> variants = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      variants.add(new TextMatch.Variant("shirt w" + i, 1));
    }

    answeredOrRefused(
        () ->
            assertThat(found(SearchPlans.all().text(new TextMatch.Words(variants))))
                .containsExactly(1));
  }
}
