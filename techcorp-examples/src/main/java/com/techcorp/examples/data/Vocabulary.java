package com.techcorp.examples.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * The words that products and customers are made of, from {@code vocabulary.json}.
 *
 * @param productLines one for each category
 * @param regions where customers live, one for each locale
 */
record Vocabulary(List<ProductLine> productLines, List<Region> regions) {

  /** Reads the vocabulary that ships beside this class. */
  static Vocabulary load() throws IOException {
    try (InputStream in = Vocabulary.class.getResourceAsStream("vocabulary.json")) {
      if (in == null) {
        throw new FileNotFoundException("vocabulary.json");
      }
      return DataJson.mapper().readValue(in, Vocabulary.class);
    }
  }

  /** A category: its titles, and what its products may cost (whole units) and look like. */
  record ProductLine(
      String category,
      List<String> brands,
      int priceFrom,
      int priceTo,
      List<String> descriptions,
      Map<String, List<String>> attributes,
      List<String> titles) {}

  /** A locale's names, streets and cities; {@code address} is a template of the first line. */
  record Region(
      String locale,
      String country,
      List<String> firstNames,
      List<String> lastNames,
      List<String> streets,
      List<City> cities,
      String address) {}

  /** A city; three random digits complete the prefix to a postal code. */
  record City(String name, String postalPrefix) {}
}
