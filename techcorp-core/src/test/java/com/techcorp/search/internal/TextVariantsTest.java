package com.techcorp.search.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.Synonym;
import com.techcorp.search.spi.TextMatch.Variant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TextVariantsTest {
  private static final Synonym SHOES = Synonym.oneWay("shoes", "shoes", "sneakers", "boots");
  private static final Synonym TEES = Synonym.twoWay("tees", "tee", "t-shirt");

  private static List<String> texts(String typed, Synonym... synonyms) {
    return new TextVariants(List.of(synonyms))
        .of(QueryText.canonical(typed)).stream().map(Variant::text).toList();
  }

  @Test
  void aTextWithoutASynonymHasNoVariants() {
    assertThat(new TextVariants(List.of(SHOES, TEES)).of("blue mug"))
        .containsExactly(new Variant("blue mug", 1));
  }

  @Test
  void whatIsTypedComesFirstAndCountsForMore() {
    assertThat(new TextVariants(List.of(TEES)).of("blue tee"))
        .containsExactly(new Variant("blue tee", 1), new Variant("blue t-shirt", 0.9f));
  }

  @Test
  void oneWayDoesNotWorkBackwards() {
    assertThat(texts("red shoes", SHOES)).containsExactly("red shoes", "red sneakers", "red boots");
    assertThat(texts("red sneakers", SHOES)).containsExactly("red sneakers");
  }

  @Test
  void twoWayWorksInBothDirections() {
    assertThat(texts("tee", TEES)).containsExactly("tee", "t-shirt");
    assertThat(texts("t-shirt", TEES)).containsExactly("t-shirt", "tee");
  }

  @Test
  void severalWordsAreReplacedWhereTheyStandNextToEachOther() {
    Synonym cell = Synonym.twoWay("phones", "cell phone", "mobile");

    assertThat(texts("cheap cell phone case", cell))
        .containsExactly("cheap cell phone case", "cheap mobile case");
    assertThat(texts("mobile", cell)).containsExactly("mobile", "cell phone");
    assertThat(texts("cell case phone", cell)).containsExactly("cell case phone");
    assertThat(texts("phone cell", cell)).containsExactly("phone cell");
  }

  @Test
  void partsOfWordsAreNotReplaced() {
    assertThat(texts("steel teeth", TEES)).containsExactly("steel teeth");
  }

  @Test
  void punctuationAndBlanksBetweenWordsDoNotCount() {
    assertThat(texts("blue  T shirt!", TEES)).containsExactly("blue t shirt!", "blue tee!");
  }

  @Test
  @DisplayName("case, accents and Unicode forms do not count, in the text or in the synonym")
  void caseAndAccentsDoNotCount() {
    Synonym calca = Synonym.twoWay("jeans", "Calça", "JEANS");

    assertThat(texts("CALC\u0327A azul", calca)).containsExactly("calça azul", "jeans azul");
    assertThat(texts("calca azul", calca)).containsExactly("calca azul", "jeans azul");
    assertThat(texts("ｊｅａｎｓ", calca)).containsExactly("jeans", "calça");
  }

  @Test
  void phrasesThatDifferInCaseOrAccentsOnlyAddNothing() {
    assertThat(texts("calca", Synonym.twoWay("x", "Calça", "calca", "calça!")))
        .containsExactly("calca");
  }

  @Test
  void overlappingPhrasesAreReplacedOneAtATime() {
    // given: two phrases that share a word
    Synonym city = Synonym.oneWay("city", "new york", "nyc");
    Synonym team = Synonym.oneWay("team", "york shirt", "rugby shirt");

    // when, then
    assertThat(texts("new york shirt", city, team))
        .containsExactly("new york shirt", "nyc shirt", "new rugby shirt");
  }

  @Test
  void phrasesApartAreReplacedAloneAndThenTogether() {
    Synonym blue = Synonym.oneWay("blue", "blue", "navy");

    assertThat(texts("blue tee", blue, TEES))
        .containsExactly("blue tee", "navy tee", "blue t-shirt", "navy t-shirt");
  }

  @Test
  void whatASynonymAddsIsNotReplacedAgain() {
    // given: a chain and a circle
    Synonym chain = Synonym.oneWay("1", "a", "b");
    Synonym next = Synonym.oneWay("2", "b", "c");
    Synonym circle = Synonym.oneWay("3", "b", "a");

    // then
    assertThat(texts("a", chain, next, circle)).containsExactly("a", "b");
  }

  @Test
  void variantsAreFewAndEachPhraseHasItsTurn() {
    // given: a word with as many synonyms as are allowed, and another one behind it
    String[] many = IntStream.range(0, 20).mapToObj(i -> "x" + i).toArray(String[]::new);

    // when
    List<String> texts = texts("shoes tee", Synonym.oneWay("many", "shoes", many), TEES);

    // then
    assertThat(texts)
        .hasSize(TextVariants.MOST)
        .startsWith("shoes tee", "x0 tee", "shoes t-shirt", "x1 tee")
        .doesNotHaveDuplicates();
  }
}
