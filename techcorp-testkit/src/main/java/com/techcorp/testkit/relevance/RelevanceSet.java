package com.techcorp.testkit.relevance;

import com.techcorp.search.DocumentReader;
import com.techcorp.search.IndexOptions.Language;
import com.techcorp.search.ProductDocument;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A shop of 300 products in English and Portuguese, and 120 queries with grades: what to measure an
 * engine, an analysis or a ranking with. Immutable and thread-safe.
 *
 * <p>The products are those of the examples' catalogue. Some of them have a product code at the end
 * of their description here, so that searches for codes find something. The grades come from the
 * rules in {@code queries.txt}, which say what a shopper wants; no engine had a part in them.
 */
public final class RelevanceSet {
  private final List<ProductDocument> english;
  private final List<ProductDocument> portuguese;
  private final List<JudgedQuery> queries;

  private RelevanceSet() {
    this.english = read("products-english.jsonl", DocumentReader::read);
    this.portuguese = read("products-portuguese.jsonl", DocumentReader::read);
    this.queries =
        read("queries.txt", QueryLine::parse).stream().map(line -> line.judge(english)).toList();
  }

  /**
   * Returns the set that ships with the testkit. Each call reads it anew.
   *
   * @return the set
   */
  public static RelevanceSet shipped() {
    return new RelevanceSet();
  }

  /**
   * Returns the products in a language. Ids and all other fields are the same in both.
   *
   * @param language of titles and descriptions
   * @return 300 products, in a fixed order
   */
  public List<ProductDocument> products(Language language) {
    return language == Language.PORTUGUESE ? portuguese : english;
  }

  /**
   * Returns all queries.
   *
   * @return 80 in English, then 40 in Portuguese
   */
  public List<JudgedQuery> queries() {
    return queries;
  }

  /**
   * Returns the synonyms that the shop would set up. Queries of {@link QueryKind#SYNONYM} need
   * them.
   *
   * @param language of the phrases
   * @return two-way and one-way synonyms
   */
  public List<ShopSynonym> synonyms(Language language) {
    return read(
        "synonyms-" + language.name().toLowerCase(Locale.ROOT) + ".txt", ShopSynonym::parse);
  }

  private static <T> List<T> read(String name, Function<String, T> parse) {
    try (InputStream in = RelevanceSet.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
