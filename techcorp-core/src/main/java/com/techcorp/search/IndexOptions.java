package com.techcorp.search;

import com.techcorp.error.Require;
import java.util.Currency;
import java.util.Objects;

/**
 * What all products of an index have in common: a document names neither its language nor its
 * currency. Immutable; each {@code with} method returns a changed copy.
 *
 * @param name the index's name, which is its search alias in Elasticsearch: lower-case letters,
 *     digits and {@code -}, beginning with a letter, at most 50; default {@code products}
 * @param language the language of titles and descriptions; default English
 * @param currency the currency of prices; default USD
 */
public record IndexOptions(String name, Language language, Currency currency) {
  /** English products in US dollars, in an index named {@code products}. */
  public static final IndexOptions DEFAULT =
      new IndexOptions("products", Language.ENGLISH, Currency.getInstance("USD"));

  /**
   * Refuses a name that an engine would refuse.
   *
   * @throws com.techcorp.error.WiringException says what a name looks like
   */
  public IndexOptions {
    Require.that(
        name.matches("[a-z][a-z0-9-]{0,49}"),
        "IndexOptions.name",
        "1 to 50 lower-case letters, digits and -, beginning with a letter",
        name);
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(currency, "currency");
  }

  /** The languages that an index can have. */
  public enum Language {
    /** English. */
    ENGLISH,
    /** Portuguese. */
    PORTUGUESE
  }

  /**
   * Returns the number of decimals that prices have.
   *
   * @return such as 2; 0 for a currency without minor units
   */
  public int decimals() {
    return Math.max(0, currency.getDefaultFractionDigits());
  }

  /**
   * Returns the options with another name.
   *
   * @param other the name
   * @return a changed copy
   */
  public IndexOptions withName(String other) {
    return new IndexOptions(other, language, currency);
  }

  /**
   * Returns the options with another language.
   *
   * @param other the language
   * @return a changed copy
   */
  public IndexOptions withLanguage(Language other) {
    return new IndexOptions(name, other, currency);
  }

  /**
   * Returns the options with another currency.
   *
   * @param other the currency
   * @return a changed copy
   */
  public IndexOptions withCurrency(Currency other) {
    return new IndexOptions(name, language, other);
  }

  /**
   * Returns the options with another currency.
   *
   * @param iso the ISO 4217 code, such as {@code BRL}
   * @return a changed copy
   * @throws IllegalArgumentException if there is no such currency
   */
  public IndexOptions withCurrency(String iso) {
    return withCurrency(Currency.getInstance(iso));
  }
}
