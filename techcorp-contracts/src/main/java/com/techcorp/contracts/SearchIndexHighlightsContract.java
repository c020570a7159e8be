package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.ProductDocument;
import com.techcorp.search.spi.Ranking;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Highlights: the whole text of a field that matches, safe to put into a page. */
public abstract class SearchIndexHighlightsContract extends SearchIndexScenario {
  /** For subclasses. */
  protected SearchIndexHighlightsContract() {}

  private Map<String, String> highlights(ProductDocument.Builder product, String text) {
    indexed(product);
    return search(SearchPlans.words(text).highlights()).hits().get(0).highlights();
  }

  @Test
  void markTheWordsThatMatch() {
    assertThat(
            highlights(
                product(1, "Blue cotton T-Shirt").description("Shirts of blue cotton. Blue!"),
                "blue shirt"))
        .isEqualTo(
            Map.of(
                "title", "<em>Blue</em> cotton T-<em>Shirt</em>",
                "description", "<em>Shirts</em> of <em>blue</em> cotton. <em>Blue</em>!"));
  }

  @Test
  void aFieldThatDoesNotMatchHasNone() {
    assertThat(highlights(product(1, "Blue shirt").description("made of cotton"), "shirt"))
        .isEqualTo(Map.of("title", "Blue <em>shirt</em>"));
  }

  @Test
  void encodeHtml() {
    Map<String, String> highlights =
        highlights(
            product(1, "<script>alert(\"shirt\")</script> & 'more'")
                .description("<em>shirt</em> <b>x</b>"),
            "shirt");

    for (String text : highlights.values()) {
      String marksRemoved = text.replace("<em>shirt</em>", "");
      assertThat(marksRemoved).doesNotContain("<", ">", "\"", "'");
      assertThat(text).contains("<em>shirt</em>");
    }
    assertThat(highlights.get("title"))
        .contains("&lt;script&gt;alert(&quot;<em>shirt</em>&quot;)", " &amp; ");
    assertThat(highlights.get("description")).startsWith("&lt;em&gt;<em>shirt</em>&lt;");
  }

  @Test
  void markInflectedAndAccentedWordsWhole() {
    assertThat(highlights(product(1, "Crèmes de CAFÉ"), "creme cafe"))
        .containsEntry("title", "<em>Crèmes</em> de <em>CAFÉ</em>");
  }

  @Test
  void showTheWholeTextHoweverLong() {
    String padding = "word ".repeat(9_000);

    Map<String, String> highlights =
        highlights(product(1, "lamp").description(padding + "shirt. " + padding), "shirt");

    assertThat(highlights)
        .containsOnly(Map.entry("description", padding + "<em>shirt</em>. " + padding));
  }

  @Test
  void thereAreNoneUnlessAskedFor() {
    indexed(product(1, "shirt"));

    assertThat(search(SearchPlans.words("shirt")).hits().get(0).highlights()).isEmpty();
  }

  @Test
  void thereAreNoneWithoutAText() {
    indexed(product(1, "shirt"));

    assertThat(search(SearchPlans.all().highlights()).hits().get(0).highlights()).isEmpty();
  }

  @Test
  void aPinnedProductThatDoesNotMatchHasNone() {
    indexed(product(1, "shirt"), product(2, "hat"));
    Ranking ranking = new Ranking(true, List.of(), List.of(id(2)));

    assertThat(search(SearchPlans.words("shirt").ranking(ranking).highlights()).hits())
        .extracting(hit -> hit.highlights())
        .containsExactly(Map.of(), Map.of("title", "<em>shirt</em>"));
  }
}
