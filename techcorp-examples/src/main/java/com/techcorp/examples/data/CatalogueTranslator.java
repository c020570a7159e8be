package com.techcorp.examples.data;

import com.techcorp.examples.data.PortugueseVocabulary.Title;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says in Portuguese what {@link ProductMaker} says in English. It draws nothing, so a product's
 * texts mean the same in both languages and the catalogue stays as it is.
 */
final class CatalogueTranslator {

  private final PortugueseVocabulary words;

  CatalogueTranslator(PortugueseVocabulary words) {
    this.words = words;
  }

  /** The texts of all products, in their order. */
  List<CatalogueText> translate(List<CatalogueEntry> catalogue) {
    List<CatalogueText> texts = new ArrayList<>(catalogue.size());
    for (CatalogueEntry product : catalogue) {
      texts.add(translate(product, texts.size()));
    }
    return texts;
  }

  private CatalogueText translate(CatalogueEntry product, int number) {
    Title title = translation(words.titles(), product.title());
    List<String> sentences = sentences(product.description());
    List<String> colors = product.facets().attributes().get("color");
    if (colors != null) {
      sentences.add(availableIn(colors, number));
    }
    String description = title.agreement().of(String.join(" ", sentences));
    return new CatalogueText(product.id(), title.text(), description);
  }

  /** Templates of all sentences but the last one about colours, which is no sentence of its own. */
  private List<String> sentences(String english) {
    List<String> sentences = new ArrayList<>();
    String rest = english;
    while (!rest.isEmpty() && !rest.startsWith("Available in ")) {
      Map.Entry<String, String> next = first(rest);
      sentences.add(next.getValue());
      rest = rest.substring(next.getKey().length()).strip();
    }
    return sentences;
  }

  private Map.Entry<String, String> first(String english) {
    return words.sentences().entrySet().stream()
        .filter(sentence -> english.startsWith(sentence.getKey()))
        .findFirst()
        .orElseThrow(() -> untranslated(english));
  }

  /** Shops do not say this in one way only. */
  private String availableIn(List<String> colors, int number) {
    String list = list(colors.stream().map(color -> translation(words.colors(), color)).toList());
    boolean one = colors.size() == 1;
    return switch (number % 3) {
      case 0 -> "[Disponível|Disponíveis] " + (one ? "na cor " : "nas cores ") + list + ".";
      case 1 -> (one ? "Cor: " : "Cores: ") + list + ".";
      default -> "À venda em " + list + ".";
    };
  }

  private static String list(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " e " + words.get(last);
  }

  private static <T> T translation(Map<String, T> words, String english) {
    @Nullable T portuguese = words.get(english);
    if (portuguese == null) {
      throw untranslated(english);
    }
    return portuguese;
  }

  private static IllegalArgumentException untranslated(String english) {
    return new IllegalArgumentException("vocabulary-portuguese.json lacks: " + english);
  }
}
