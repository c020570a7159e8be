package com.techcorp.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.text.Normalizer;
import java.time.Instant;
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
import org.junit.jupiter.params.provider.CsvSource;

class PortugueseCatalogueTest {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+");

  /** Words of the English texts that Brazilian shops write too. */
  private static final Set<String> SHARED =
      Set.of(
          """
          a do no digital floral industrial metal midi monitor motor polo solar vertical volume \
          chocolate crepe silicone ponta negra santos sertão mogiana pima mate oxford earl grey \
          henley wayfarer clubmaster chambray merino masala chai washi selvedge jeans slim skinny \
          mom boyfriend flare jogger bootcut boho bomber fleece softshell sherpa trucker parka \
          oversized slip on slide skate trekking yoga kettlebell kit wok blend cold brew headset \
          hub mouse notebook webcam smartwatch selfie gel kraft full hd led gps ssd usb uva uvb \
          chef c v l cm kg tb mah\
          """
              .split(" "));

  private final List<CatalogueEntry> english = DataFiles.bundled().catalogue();
  private final List<CatalogueText> portuguese = DataFiles.bundled().catalogueInPortuguese();

  @Test
  void everyProductHasATitleAndADescriptionInBothLanguages() {
    assertThat(english).hasSize(300);
    assertThat(portuguese)
        .extracting(CatalogueText::id)
        .isEqualTo(english.stream().map(CatalogueEntry::id).toList());
    assertThat(portuguese).allMatch(text -> text.description().length() > 40);
  }

  @Test
  void titlesAreUnique() {
    assertThat(english).extracting(CatalogueEntry::title).doesNotHaveDuplicates();
    assertThat(portuguese)
        .extracting(text -> withoutAccents(text.title().toLowerCase(Locale.ROOT)))
        .doesNotHaveDuplicates();
  }

  @Test
  void descriptionsVaryAsMuchAsInEnglish() {
    long inEnglish = english.stream().map(CatalogueEntry::description).distinct().count();
    long inPortuguese = portuguese.stream().map(CatalogueText::description).distinct().count();

    assertThat(inPortuguese).isGreaterThanOrEqualTo(inEnglish);
  }

  @Test
  void noEnglishIsLeft() {
    Set<String> left =
        english.stream()
            .flatMap(product -> words(product.title() + " " + product.description()))
            .filter(word -> !SHARED.contains(word))
            .collect(Collectors.toSet());

    assertThat(portuguese)
        .allSatisfy(
            text ->
                assertThat(words(text.title() + " " + text.description()))
                    .doesNotContainAnyElementsOf(left));
  }

  @Test
  void accentsAreThere() {
    assertThat(portuguese)
        .filteredOn(text -> hasAccents(text.title()))
        .hasSizeGreaterThanOrEqualTo(100);
    assertThat(portuguese)
        .filteredOn(text -> hasAccents(text.description()))
        .hasSizeGreaterThan(200);
    assertThat(portuguese)
        .allSatisfy(
            text ->
                assertThat(text.title() + text.description())
                    .as("composed, and decoded as UTF-8")
                    .matches(whole -> Normalizer.isNormalized(whole, Normalizer.Form.NFC))
                    .doesNotContain("\u00C3", "\uFFFD"));
  }

  @Test
  void templatesAreFilledIn() {
    assertThat(portuguese)
        .allSatisfy(
            text ->
                assertThat(text.title() + " " + text.description())
                    .doesNotContainPattern("[\\[\\]|{}]|  | $"));
    assertThat(portuguese).allMatch(text -> text.description().endsWith("."));
  }

  @Test
  void theVocabularyTranslatesNothingThatIsNotThere() throws IOException {
    PortugueseVocabulary words = PortugueseVocabulary.load();
    List<Vocabulary.ProductLine> lines = Vocabulary.load().productLines();

    assertThat(words.titles()).hasSize(300);
    assertThat(lines).flatExtracting("titles").hasSameElementsAs(words.titles().keySet());
    assertThat(lines).flatExtracting("descriptions").hasSameElementsAs(words.sentences().keySet());
    assertThat(
            lines.stream()
                .flatMap(line -> line.attributes().getOrDefault("color", List.of()).stream()))
        .containsOnly(words.colors().keySet().toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "MASCULINE; Bem macio, cabe na mala",
        "FEMININE; Bem macia, cabe na mala",
        "MASCULINE_PLURAL; Bem macios, cabem na mala",
        "FEMININE_PLURAL; Bem macias, cabem na mala"
      })
  void wordsAgreeInGenderAndNumber(Agreement agreement, String expected) {
    String template = "Bem [macio|macia|macios|macias], [cabe|cabem] na mala";

    assertThat(agreement.of(template)).isEqualTo(expected);
  }

  @Test
  void aBracketWithOtherThanTwoOrFourFormsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Agreement.FEMININE.of("[macio|macia|macios]"))
        .withMessageContaining("[macio|macia|macios]");
  }

  @Test
  void whatTheVocabularyLacksIsNamed() throws IOException {
    CatalogueTranslator translator = new CatalogueTranslator(PortugueseVocabulary.load());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> translator.translate(List.of(product("Silk Scarf", ""))))
        .withMessageContaining("Silk Scarf");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> translator.translate(List.of(product("Yoga Mat", "Rolls well."))))
        .withMessageContaining("Rolls well.");
  }

  private static CatalogueEntry product(String title, String description) {
    return new CatalogueEntry(
        new UUID(0, 1),
        title,
        description,
        new CatalogueEntry.Prices(100, 100),
        new CatalogueEntry.Facets("sports", "veloz", Map.of()),
        new CatalogueEntry.Ranking(true, 0.5, Instant.parse("2024-01-15T10:30:00Z")),
        "BRL",
        1);
  }

  private static Stream<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group);
  }

  private static boolean hasAccents(String text) {
    return !withoutAccents(text).equals(text);
  }

  private static String withoutAccents(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
  }
}
