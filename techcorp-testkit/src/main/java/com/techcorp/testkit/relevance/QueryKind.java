package com.techcorp.testkit.relevance;

import java.util.Locale;

/** What is special about a query. Figures are kept for each kind, since each can fall alone. */
public enum QueryKind {
  /** Words as the shop writes them. */
  PLAIN,
  /** At least one word with a typing or spelling error. */
  MISSPELT,
  /** The shopper's word is not the shop's word, or only some of the products have it. */
  SYNONYM,
  /** Accents are missing, or are there where the shop has none. */
  ACCENT,
  /** A model code, or a size or standard that looks like one. */
  CODE,
  /** A kind of product with what it should have, or what it is for. */
  SEVERAL_WORDS,
  /** The shop does not have it. */
  NO_HIT;

  static QueryKind parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
