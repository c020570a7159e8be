package com.techcorp.search.internal;

import com.techcorp.search.Synonym;
import com.techcorp.search.internal.QueryText.Word;
import com.techcorp.search.spi.TextMatch.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says a text in other words, by synonyms. Only words of the text itself are replaced, never what a
 * synonym put there. Immutable once it is made.
 */
final class TextVariants {
  /** The most variants of a text, the text itself included: each one is a query of its own. */
  static final int MOST = 8;

  /** What is typed counts for more than what stands for it. */
  static final float BOOST = 0.9f;

  /** Few replacements first; each phrase is replaced once before one is replaced again. */
  private static final Comparator<Replacement> ORDER =
      Comparator.comparingInt(Replacement::choice)
          .thenComparingInt(Replacement::start)
          .thenComparing(Comparator.comparingInt(Replacement::end).reversed());

  private final PhraseIndex<List<String>> synonyms = new PhraseIndex<>();

  /** What one phrase of a text is replaced by. */
  private record Replacement(int start, int end, int choice, String words) {}

  TextVariants(List<Synonym> synonyms) {
    synonyms.forEach(this::add);
  }

  private void add(Synonym synonym) {
    if (synonym instanceof Synonym.OneWay one) {
      add(one.from(), one.to());
    } else if (synonym instanceof Synonym.TwoWay both) {
      both.phrases().forEach(phrase -> add(phrase, both.phrases()));
    }
  }

  /** A phrase that differs from the typed one in case or accents only finds nothing more. */
  private void add(String phrase, List<String> others) {
    List<String> words = QueryText.foldedWords(QueryText.canonical(phrase));
    List<String> different =
        others.stream()
            .map(QueryText::canonical)
            .filter(other -> !QueryText.foldedWords(other).equals(words))
            .toList();
    synonyms.add(words, different);
  }

  /**
   * Returns the ways to say a text.
   *
   * @param text a canonical text
   * @return the text itself first, with boost 1; at most {@link #MOST}
   */
  List<Variant> of(String text) {
    List<Replacement> replacements = replacements(text);
    List<List<Replacement>> ways = new ArrayList<>(List.of(List.of()));
    Set<String> texts = new LinkedHashSet<>(Set.of(text));
    for (int i = 0; i < ways.size(); i++) {
      List<Replacement> way = ways.get(i);
      for (Replacement next : replacements) {
        if (texts.size() < MOST && isBehind(way, next)) {
          List<Replacement> longer = Stream.concat(way.stream(), Stream.of(next)).toList();
          if (texts.add(replaced(text, longer))) {
            ways.add(longer);
          }
        }
      }
    }
    return texts.stream()
        .map(variant -> new Variant(variant, variant.equals(text) ? 1 : BOOST))
        .toList();
  }

  private List<Replacement> replacements(String text) {
    List<Word> words = QueryText.wordsInPlace(text);
    List<Replacement> replacements = new ArrayList<>();
    for (var found : synonyms.in(words.stream().map(Word::folded).toList())) {
      int start = words.get(found.first()).start();
      int end = words.get(found.first() + found.length() - 1).end();
      for (int choice = 0; choice < found.value().size(); choice++) {
        replacements.add(new Replacement(start, end, choice, found.value().get(choice)));
      }
    }
    replacements.sort(ORDER);
    return replacements;
  }

  private static boolean isBehind(List<Replacement> way, Replacement next) {
    return way.isEmpty() || way.get(way.size() - 1).end() <= next.start();
  }

  private static String replaced(String text, List<Replacement> way) {
    StringBuilder variant = new StringBuilder();
    int copied = 0;
    for (Replacement replacement : way) {
      variant.append(text, copied, replacement.start()).append(replacement.words());
      copied = replacement.end();
    }
    return variant.append(text, copied, text.length()).toString();
  }
}
