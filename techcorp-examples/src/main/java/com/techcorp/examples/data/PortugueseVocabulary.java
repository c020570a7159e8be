package com.techcorp.examples.data;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Portuguese of the vocabulary's English, from {@code vocabulary-portuguese.json}.
 *
 * @param colors by the English colour
 * @param sentences of descriptions, by the English sentence; templates for {@link Agreement}
 * @param titles by the English title
 */
record PortugueseVocabulary(
    Map<String, String> colors, Map<String, String> sentences, Map<String, Title> titles) {

  PortugueseVocabulary {
    sentences = new LinkedHashMap<>(sentences); // keeps the order
  }

  /** Reads the vocabulary that ships beside this class. */
  static PortugueseVocabulary load() throws IOException {
    String name = "vocabulary-portuguese.json";
    try (InputStream in = PortugueseVocabulary.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return DataJson.mapper().readValue(in, PortugueseVocabulary.class);
    }
  }

  /** A title, and what agrees with it. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Title(String text, Agreement agreement) {}
}
