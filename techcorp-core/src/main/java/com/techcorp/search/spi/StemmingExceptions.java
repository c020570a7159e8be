package com.techcorp.search.spi;

import com.techcorp.search.IndexOptions.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the lists of words that no light stemmer joins. A line is a family: all of its words get
 * the first one as their stem, also when they are typed without their accents.
 */
final class StemmingExceptions {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}");

  private StemmingExceptions() {}

  static SortedMap<String, String> of(Language language) {
    SortedMap<String, String> stems = new TreeMap<>();
    String name = "stemming-exceptions-" + language.name().toLowerCase(Locale.ROOT) + ".txt";
    resource(name)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(family -> addFamily(stems, List.of(family.split(" ", -1))));
    return stems;
  }

  private static void addFamily(SortedMap<String, String> stems, List<String> words) {
    for (String word : words) {
      for (String spelling : List.of(word, withoutAccents(word))) {
        String other = stems.put(spelling, words.get(0));
        if (other != null && !other.equals(words.get(0))) {
          throw new IllegalStateException(spelling + " is in two families of stems");
        }
      }
    }
  }

  private static String withoutAccents(String word) {
    return ACCENTS.matcher(Normalizer.normalize(word, Normalizer.Form.NFD)).replaceAll("");
  }

  private static String resource(String name) {
    try (InputStream in = StemmingExceptions.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
