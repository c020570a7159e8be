package com.techcorp.search.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which of many phrases a text has. Looks only at those that begin with a word of the text.
 *
 * @param <T> what a phrase stands for
 */
final class PhraseIndex<T> {
  private final Map<String, List<Phrase<T>>> byFirstWord = new HashMap<>();

  private record Phrase<T>(List<String> words, T value) {}

  /**
   * A phrase in a text.
   *
   * @param first its first word, counted from 0
   * @param length how many words it has
   * @param value what it stands for
   */
  record Occurrence<T>(int first, int length, T value) {}

  /** Adds a phrase; one without a word is found nowhere. */
  void add(List<String> words, T value) {
    if (!words.isEmpty()) {
      byFirstWord
          .computeIfAbsent(words.get(0), first -> new ArrayList<>())
          .add(new Phrase<>(List.copyOf(words), value));
    }
  }

  /** Returns where the phrases are, in the order of the text, equal places as they were added. */
  List<Occurrence<T>> in(List<String> text) {
    List<Occurrence<T>> found = new ArrayList<>();
    for (int first = 0; first < text.size(); first++) {
      List<String> rest = text.subList(first, text.size());
      for (Phrase<T> phrase : byFirstWord.getOrDefault(text.get(first), List.of())) {
        if (startsWith(rest, phrase.words())) {
          found.add(new Occurrence<>(first, phrase.words().size(), phrase.value()));
        }
      }
    }
    return Collections.unmodifiableList(found);
  }

  private static boolean startsWith(List<String> text, List<String> words) {
    return text.size() >= words.size() && text.subList(0, words.size()).equals(words);
  }
}
