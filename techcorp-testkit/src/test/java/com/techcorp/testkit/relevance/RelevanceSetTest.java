package com.techcorp.testkit.relevance;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.techcorp.search.IndexOptions.Language;
import com.techcorp.search.ProductDocument;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelevanceSetTest {
  private static final RelevanceSet SET = RelevanceSet.shipped();
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
  private static final Pattern CODE = Pattern.compile("\\b[A-Z]{2}1[0-9]{3}\\b");

  @Test
  void holds120QueriesOfAllKindsInBothLanguages() {
    Map<QueryKind, Long> english = kinds(Language.ENGLISH);
    Map<QueryKind, Long> portuguese = kinds(Language.PORTUGUESE);

    assertThat(english.values().stream().mapToLong(n -> n).sum()).isEqualTo(80);
    assertThat(portuguese.values().stream().mapToLong(n -> n).sum()).isEqualTo(40);
    assertThat(english).containsOnlyKeys(QueryKind.values());
    assertThat(portuguese).containsOnlyKeys(QueryKind.values());
  }

  private static Map<QueryKind, Long> kinds(Language language) {
    return queries(language).collect(groupingBy(JudgedQuery::kind, counting()));
  }

  private static Stream<JudgedQuery> queries(Language language) {
    return SET.queries().stream().filter(query -> query.language() == language);
  }

  @Test
  void noQueryIsThereTwice() {
    assertThat(SET.queries())
        .extracting(query -> query.language() + " " + query.text())
        .doesNotHaveDuplicates();
  }

  @Test
  void bothLanguagesHaveTheSameProducts() {
    List<ProductDocument> english = SET.products(Language.ENGLISH);
    List<ProductDocument> portuguese = SET.products(Language.PORTUGUESE);

    assertThat(english).hasSize(300);
    assertThat(english.stream().map(RelevanceSetTest::withoutTexts))
        .isEqualTo(portuguese.stream().map(RelevanceSetTest::withoutTexts).toList());
    assertThat(english).extracting(ProductDocument::title).doesNotHaveDuplicates();
    assertThat(portuguese).extracting(ProductDocument::title).doesNotHaveDuplicates();
  }

  private static String withoutTexts(ProductDocument product) {
    return product.json().replaceAll("\"title\":.*?\"price\":", "\"price\":");
  }

  @Test
  void onlyAQueryForNothingHasNoGrades() {
    assertThat(SET.queries())
        .allSatisfy(
            query -> {
              if (query.kind() == QueryKind.NO_HIT) {
                assertThat(query.grades()).isEmpty();
              } else {
                assertThat(query.grades()).containsValue(3);
              }
              assertThat(query.grades().values()).allMatch(grade -> grade >= 1 && grade <= 3);
            });
  }

  @Test
  void gradesAreThoseOfTheFirstRuleThatAProductMeets() {
    JudgedQuery query = query("blue t-shirt");

    assertThat(grade(query, "Organic Cotton T-Shirt")).isEqualTo(3);
    assertThat(grade(query, "Basic Cotton T-Shirt")).isEqualTo(2);
    assertThat(grade(query, "Piqué Polo Shirt")).isEqualTo(1);
    assertThat(grade(query, "Flannel Check Shirt")).isZero();
    assertThat(query.grades()).hasSize(13);
  }

  @Test
  void theBestOrderOfAQueryIsOne() {
    JudgedQuery query = query("blue t-shirt");
    List<UUID> best =
        query.grades().entrySet().stream()
            .sorted(Map.Entry.<UUID, Integer>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .toList();

    assertThat(query.ndcg(best)).isEqualTo(1);
    assertThat(query.ndcg(best.subList(0, JudgedQuery.DEPTH))).isEqualTo(1);
    assertThat(query.ndcg(best.subList(2, best.size()))).isBetween(0.1, 0.9);
  }

  @ParameterizedTest
  @EnumSource
  void aMisspeltQueryHasAWordThatNoProductHas(Language language) {
    Set<String> known = wordsOfProducts(language);

    assertThat(queries(language).filter(query -> query.kind() == QueryKind.MISSPELT))
        .isNotEmpty()
        .allSatisfy(
            query -> assertThat(words(query.text())).anyMatch(word -> !known.contains(word)));
  }

  @ParameterizedTest
  @EnumSource
  void aPlainQueryHasOnlyWordsOfProducts(Language language) {
    Set<String> known = wordsOfProducts(language);

    assertThat(queries(language).filter(query -> query.kind() == QueryKind.PLAIN))
        .isNotEmpty()
        .allSatisfy(query -> assertThat(words(query.text())).isSubsetOf(known));
  }

  @ParameterizedTest
  @EnumSource
  void anAccentQueryHasAWordThatProductsHaveWithOtherAccents(Language language) {
    Set<String> known = wordsOfProducts(language);
    Set<String> folded =
        known.stream().map(RelevanceSetTest::withoutAccents).collect(Collectors.toSet());

    assertThat(queries(language).filter(query -> query.kind() == QueryKind.ACCENT))
        .isNotEmpty()
        .allSatisfy(
            query ->
                assertThat(words(query.text()))
                    .anyMatch(
                        word -> !known.contains(word) && folded.contains(withoutAccents(word))));
  }

  @ParameterizedTest
  @EnumSource
  void aSynonymQueryHasASynonym(Language language) {
    List<String> phrases =
        SET.synonyms(language).stream().flatMap(synonym -> synonym.phrases().stream()).toList();

    assertThat(queries(language).filter(query -> query.kind() == QueryKind.SYNONYM))
        .isNotEmpty()
        .allSatisfy(query -> assertThat(phrases).anyMatch(query.text()::contains));
  }

  @Test
  void aCodeIsOneProductsAndTheNextProductsIsOneHigher() {
    List<String> codes =
        SET.products(Language.ENGLISH).stream()
            .flatMap(product -> codes(product.description().orElseThrow()))
            .toList();

    assertThat(codes).doesNotHaveDuplicates().contains("BC1010", "BC1011");
    assertThat(
            SET.products(Language.PORTUGUESE).stream()
                .flatMap(product -> codes(product.description().orElseThrow())))
        .isEqualTo(codes);
    assertThat(
            SET.queries().stream()
                .filter(query -> query.kind() == QueryKind.CODE)
                .filter(query -> CODE.matcher(query.text()).find()))
        .isNotEmpty()
        .allSatisfy(
            query ->
                assertThat(best(query).description().orElseThrow())
                    .contains(codes(query.text()).findFirst().orElseThrow()));
  }

  private static Stream<String> codes(String text) {
    return CODE.matcher(text).results().map(MatchResult::group);
  }

  private static ProductDocument best(JudgedQuery query) {
    List<ProductDocument> best =
        SET.products(query.language()).stream()
            .filter(product -> query.grades().getOrDefault(product.id(), 0) == 3)
            .toList();
    assertThat(best).hasSize(1);
    return best.get(0);
  }

  @ParameterizedTest
  @EnumSource
  void noPhraseIsInTwoTwoWaySynonyms(Language language) {
    assertThat(
            SET.synonyms(language).stream()
                .filter(ShopSynonym::twoWay)
                .flatMap(synonym -> synonym.phrases().stream()))
        .doesNotHaveDuplicates();
    assertThat(SET.synonyms(language)).anyMatch(synonym -> !synonym.twoWay());
  }

  @Test
  void synonymsAreReadInBothForms() {
    assertThat(ShopSynonym.parse("two-way: tee, t-shirt"))
        .isEqualTo(new ShopSynonym(true, List.of("tee", "t-shirt")));
    assertThat(ShopSynonym.parse("one-way: rain coat => parka, rain jacket"))
        .isEqualTo(new ShopSynonym(false, List.of("rain coat", "parka", "rain jacket")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tee, t-shirt",
        "two-way: tee",
        "two-way: tee => t-shirt",
        "one-way: tee, t-shirt"
      })
  void aBadSynonymIsRefused(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> ShopSynonym.parse(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain | english",
        "odd | english | tee | 3 t-shirts",
        "plain | french | tee | 3 t-shirts",
        "plain | english | tee | 4 t-shirts",
        "plain | english | tee | 3",
        "plain | english | tee | t-shirts"
      })
  void aBadQueryIsRefused(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> QueryLine.parse(line));
  }

  @Test
  void aRuleThatGradesNothingIsRefused() {
    QueryLine line = QueryLine.parse("plain | english | tee | 3 t-shirts | 2 /Silk Scarf/");

    assertThatIllegalStateException()
        .isThrownBy(() -> line.judge(SET.products(Language.ENGLISH)))
        .withMessage("rule 2 of 'tee' grades no product");
  }

  private static JudgedQuery query(String text) {
    return SET.queries().stream().filter(q -> q.text().equals(text)).findFirst().orElseThrow();
  }

  private static int grade(JudgedQuery query, String title) {
    ProductDocument product =
        SET.products(Language.ENGLISH).stream()
            .filter(candidate -> candidate.title().equals(title))
            .findFirst()
            .orElseThrow();
    return query.grades().getOrDefault(product.id(), 0);
  }

  private static Set<String> wordsOfProducts(Language language) {
    Set<String> words = new HashSet<>();
    for (ProductDocument product : SET.products(language)) {
      words.addAll(words(product.title() + " " + product.description().orElse("")));
    }
    return words;
  }

  private static Set<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  private static String withoutAccents(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
  }
}
