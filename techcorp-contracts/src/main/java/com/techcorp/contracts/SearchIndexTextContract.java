package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techcorp.search.IndexOptions.Language;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.search.spi.TextMatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What texts match, and how matches score. */
public abstract class SearchIndexTextContract extends SearchIndexScenario {
  /** For subclasses. */
  protected SearchIndexTextContract() {}

  @Test
  void allProductsScoreOne() {
    indexed(product(1, "shirt"), product(2, "dress").popularity(3));

    SearchAnswer answer = search(SearchPlans.all());

    assertThat(numbers(answer)).containsExactly(2, 1);
    assertThat(scores(answer)).containsExactly(1.0, 1.0);
    assertThat(answer.total()).isEqualTo(2);
  }

  @Test
  void oneOfTheWordsIsEnough() {
    indexed(product(1, "blue dress"), product(2, "red shirt"), product(3, "green hat"));

    assertThat(found(SearchPlans.words("blue shirt"))).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void titlesAndDescriptionsAreSearched() {
    indexed(
        product(1, "blue dress"), product(2, "dress").description("it is blue"), product(3, "hat"));

    assertThat(found(SearchPlans.words("blue"))).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void nothingElseIsSearched() {
    indexed(product(1, "shirt").category("blue").brand("blue").attribute("color", List.of("blue")));

    assertThat(found(SearchPlans.words("blue color category brand true"))).isEmpty();
  }

  @Test
  void aTextWithoutWordsMatchesNothing() {
    indexed(product(1, "shirt !!! ???"));

    assertThat(found(SearchPlans.words("!!! ???"))).isEmpty();
  }

  @Test
  void caseDoesNotMatter() {
    indexed(product(1, "BLUE Shirt"));

    assertThat(found(SearchPlans.words("bLuE"))).containsExactly(1);
  }

  @Test
  void accentsDoNotMatter() {
    indexed(product(1, "Café crème"), product(2, "cafe creme"));

    assertThat(found(SearchPlans.words("cafe"))).containsExactlyInAnyOrder(1, 2);
    assertThat(found(SearchPlans.words("CRÈME"))).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void aCodeIsNotFoundByItsNeighbour() {
    indexed(product(1, "cable BC1010"), product(2, "cable BC1011"), product(3, "cable BC101"));

    assertThat(found(SearchPlans.words("bc1010"))).containsExactly(1);
    assertThat(found(SearchPlans.words("BC101"))).containsExactly(3);
  }

  @Test
  void pluralsMeetTheirSingulars() {
    String[][] families = {
      {"shirt", "shirts"},
      {"dress", "dresses"},
      {"accessory", "accessories"},
      {"bag", "bags"},
      {"watch", "watches"},
      {"man", "men", "men's"},
      {"scarf", "scarves"},
      {"child", "children"}
    };
    assertFamiliesMeet(Language.ENGLISH, families);
  }

  @Test
  void portuguesePluralsMeetTheirSingulars() {
    String[][] families = {
      {"azul", "azuis"},
      {"camiseta", "camisetas"},
      {"calção", "calções", "calcao", "calcoes"},
      {"lençol", "lençóis", "lencois"},
      {"infantil", "infantis"},
      {"confortável", "confortáveis", "confortavel"},
      {"vermelho", "vermelha", "vermelhos", "vermelhas"},
      {"marrom", "marrons"},
      {"mulher", "mulheres"},
      {"biquíni", "biquínis"},
      {"tênis", "tenis"}
    };
    assertFamiliesMeet(Language.PORTUGUESE, families);
  }

  private void assertFamiliesMeet(Language language, String[][] families) {
    SearchIndex index = open(settings(language));
    int number = 0;
    for (String[] family : families) {
      number++;
      indexed(index, List.of(product(number, family[0]).build()));
      for (String word : family) {
        assertThat(numbers(index.search(SearchPlans.words(word).plan())))
            .as(word)
            .containsExactly(number);
      }
    }
  }

  @Test
  void aMatchInTheTitleCountsTwice() {
    indexed(product(1, "lamp w11").description("text"), product(2, "lamp").description("text w12"));

    SearchAnswer title = search(SearchPlans.words("w11"));
    SearchAnswer description = search(SearchPlans.words("w12"));

    // both words are in one of two documents, in the longer of two fields
    assertThat(scores(title).get(0)).isCloseTo(2 * scores(description).get(0), within(1e-5));
  }

  @Test
  void theBetterFieldCounts() {
    indexed(
        product(1, "lamp").description("w11 w11 w11 w11 w11"),
        product(2, "w11 lamp").description("w11 w11 w11 w11 w11"),
        product(3, "w11 lamp").description("of another kind it is"));

    SearchAnswer answer = search(SearchPlans.words("w11"));

    // the description adds nothing to a title that is better
    assertThat(numbers(answer)).containsExactly(2, 3, 1);
    assertThat(scores(answer).get(0)).isEqualTo(scores(answer).get(1));
    assertThat(scores(answer).get(2)).isLessThan(scores(answer).get(1));
  }

  @Test
  void scoresAreBm25() {
    SearchModel model = SearchModel.random(7, 120);
    indexed(index(), model.products());

    for (String text : List.of("a1", "a1 a2", "a3 a3 b1", "b2 c9 a7 a1")) {
      SearchAnswer answer = search(SearchPlans.words(text));
      List<Double> expected =
          answer.hits().stream().map(hit -> model.score(hit.product(), text)).toList();
      double unit = scores(answer).get(0) / expected.get(0);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(scores(answer).get(i) / unit)
            .as(text + ", hit " + i)
            .isCloseTo(expected.get(i), within(1e-4 * expected.get(i)));
      }
    }
  }

  @Test
  void theBestVariantCounts() {
    indexed(product(1, "sofa"), product(2, "couch"), product(3, "lamp"));
    TextMatch.Words match =
        new TextMatch.Words(
            List.of(new TextMatch.Variant("sofa", 1), new TextMatch.Variant("couch", 0.5f)));

    SearchAnswer answer = search(SearchPlans.all().text(match));

    assertThat(numbers(answer)).containsExactly(1, 2);
    assertThat(scores(answer).get(1)).isCloseTo(scores(answer).get(0) / 2, within(1e-5));
    assertThat(scores(answer).get(0)).isEqualTo(scores(search(SearchPlans.words("sofa"))).get(0));
  }

  @Test
  void aVariantWithoutWordsMatchesNothing() {
    indexed(product(1, "sofa"), product(2, "couch"));
    TextMatch.Words match =
        new TextMatch.Words(
            List.of(new TextMatch.Variant("sofa", 1), new TextMatch.Variant("...", 1)));

    assertThat(found(SearchPlans.all().text(match))).containsExactly(1);
  }
}
