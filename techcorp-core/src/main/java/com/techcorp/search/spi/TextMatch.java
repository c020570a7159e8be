package com.techcorp.search.spi;

import java.util.List;

/** What the text of a query matches, and how it scores. */
public sealed interface TextMatch {
  /** Every product, each with score 1. */
  record All() implements TextMatch {}

  /**
   * Products that have at least one of the words in their title or description. The score is that
   * of the better field, the title's doubled: BM25 with k1 1.2 and b 0.75 over the analysed words
   * ({@code multi_match} of {@code title^2, description}). Of several variants the best one counts,
   * times its boost ({@code dis_max}).
   *
   * @param variants the text as typed first, then other ways to say it; at least one
   */
  record Words(List<Variant> variants) implements TextMatch {
    /** Makes an unmodifiable copy. */
    public Words {
      if (variants.isEmpty()) {
        throw new IllegalArgumentException("a text has at least one variant");
      }
      variants = List.copyOf(variants);
    }

    /**
     * Matches one text, and no variant of it.
     *
     * @param text the words
     * @return the match
     */
    public static Words of(String text) {
      return new Words(List.of(new Variant(text, 1)));
    }
  }

  /**
   * One way to say what is looked for.
   *
   * @param text the words
   * @param boost by which its score is multiplied, above 0
   */
  record Variant(String text, float boost) {}
}
