package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.Suggestion;
import com.techcorp.search.spi.FilterClause;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Suggestions while a shopper types, and corrections of what they typed. */
public abstract class SearchIndexSuggestionsContract extends SearchIndexScenario {
  /** For subclasses. */
  protected SearchIndexSuggestionsContract() {}

  private List<String> suggested(String typed) {
    return index().suggest(typed, 10).stream().map(Suggestion::text).toList();
  }

  @Test
  void theLastWordMayBeUnfinished() {
    indexed(
        product(1, "Blue T-Shirt"),
        product(2, "Blue Dress"),
        product(3, "Red Shirt"),
        product(4, "Shirt of blue").description("no more"));

    assertThat(suggested("bl")).containsExactly("Blue T-Shirt", "Blue Dress", "Shirt of blue");
    assertThat(suggested("blue sh")).containsExactly("Blue T-Shirt", "Shirt of blue");
    assertThat(suggested("shirt blue")).containsExactly("Blue T-Shirt", "Shirt of blue");
    assertThat(suggested("BLUE DRESS ")).containsExactly("Blue Dress");
    assertThat(suggested("blu shirt")).isEmpty();
    assertThat(suggested("more")).isEmpty();
  }

  @Test
  void theMostPopularComeFirst() {
    indexed(
        product(1, "Shirt a").popularity(1),
        product(2, "Shirt b").popularity(3),
        product(3, "Shirt c").popularity(1));

    assertThat(index().suggest("shirt", 10))
        .containsExactly(
            new Suggestion("Shirt b", id(2)),
            new Suggestion("Shirt a", id(1)),
            new Suggestion("Shirt c", id(3)));
    assertThat(index().suggest("shirt", 2))
        .extracting(Suggestion::product)
        .containsExactly(id(2), id(1));
  }

  @Test
  void eachTitleIsSuggestedOnce() {
    for (int number = 1; number <= 120; number++) {
      write(put(product(number, "Shirt").popularity(number), 1));
    }
    write(put(product(201, "Shirt, rare"), 1), put(product(202, "shirt"), 1));
    refresh();

    assertThat(index().suggest("shir", 3))
        .containsExactly(
            new Suggestion("Shirt", id(120)),
            new Suggestion("Shirt, rare", id(201)),
            new Suggestion("shirt", id(202)));
  }

  @Test
  void accentsDoNotMatterForSuggestions() {
    indexed(product(1, "Tênis azul"));

    assertThat(suggested("TENI")).containsExactly("Tênis azul");
    assertThat(suggested("tên")).containsExactly("Tênis azul");
  }

  /** A stem would find "shirt" for "shirts", and nothing for a part of a word. */
  @Test
  void wordsOfSuggestionsAreWhole() {
    indexed(product(1, "Shirt"), product(2, "Accessories box"));

    assertThat(suggested("shirts")).isEmpty();
    assertThat(suggested("accessorie")).containsExactly("Accessories box");
  }

  @Test
  void whatIsGoneIsNotSuggested() {
    indexed(product(1, "Shirt one"), product(2, "Shirt two"));
    write(gone(1, 2));
    refresh();

    assertThat(suggested("shirt")).containsExactly("Shirt two");
  }

  @Test
  void aTextWithoutWordsSuggestsNothing() {
    indexed(product(1, "Shirt"));

    assertThat(suggested("!?")).isEmpty();
  }

  @Test
  void aWordThatNoProductHasIsCorrected() {
    indexed(
        product(1, "jeans jacket").description("of denim"),
        product(2, "leather jacket"),
        product(3, "trousers"));

    assertThat(index().corrections(Set.of("jaket", "trowsers", "denmi", "leather", "zzzzzz")))
        .isEqualTo(Map.of("jaket", "jacket", "trowsers", "trousers", "denmi", "denim"));
  }

  @Test
  void correctionsAreWholeWords() {
    indexed(product(1, "accessories"), product(2, "dresses"));

    assertThat(index().corrections(Set.of("acessories", "dreses")))
        .isEqualTo(Map.of("acessories", "accessories", "dreses", "dresses"));
  }

  @Test
  void theMostSimilarWordCorrects() {
    indexed(product(1, "shorts"), product(2, "shorts"), product(3, "shorts"), product(4, "shoes"));

    assertThat(index().corrections(Set.of("shoos"))).isEqualTo(Map.of("shoos", "shoes"));
  }

  @Test
  void ofEquallySimilarWordsTheMostFrequentCorrects() {
    indexed(product(1, "beans"), product(2, "jeans"), product(3, "jeans"), product(4, "means"));

    assertThat(index().corrections(Set.of("jeens", "xeans"))).containsEntry("jeens", "jeans");
  }

  @Test
  void aWordThatAProductHasIsNotCorrected() {
    indexed(product(1, "jeans"), product(2, "beans"), product(3, "beans"), product(4, "beans"));

    assertThat(index().corrections(Set.of("jeans", "beans"))).isEmpty();
  }

  @Test
  void aWordIsKnownWithAndWithoutItsAccents() {
    indexed(product(1, "calção"), product(2, "calcado"));

    assertThat(index().corrections(Set.of("calcao", "calção"))).isEmpty();
  }

  @Test
  void nothingIsCorrectedInAnEmptyIndex() {
    assertThat(index().corrections(Set.of("shirt"))).isEmpty();
    assertThat(index().corrections(Set.of())).isEmpty();
    assertThat(found(SearchPlans.all().filter(new FilterClause.InStock(true)))).isEmpty();
  }
}
