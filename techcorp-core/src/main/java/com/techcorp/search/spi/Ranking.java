package com.techcorp.search.spi;

import java.util.List;
import java.util.UUID;

/**
 * What changes the scores of hits beside the text, in this order: the popularity blend multiplies
 * the score; each boost multiplies it for what it covers; a pinned product matches whatever the
 * text is, and stands above all that is not pinned.
 *
 * @param popularity whether scores are multiplied by {@code ln(2 + popularity_score)}
 * @param boosts factors for parts of the catalogue
 * @param pinned the products that come first by score, in this order, if they pass the filters
 */
public record Ranking(boolean popularity, List<Boost> boosts, List<UUID> pinned) {
  /** Scores are the text's alone. */
  public static final Ranking NONE = new Ranking(false, List.of(), List.of());

  /** The score of the first pinned product; the next ones follow at half of the one before. */
  public static final float FIRST_PINNED = 0x1p60f;

  /** Makes unmodifiable copies of the lists. */
  public Ranking {
    boosts = List.copyOf(boosts);
    pinned = List.copyOf(pinned);
  }

  /**
   * Returns the score of a pinned product. It is exact in a float, whatever the place.
   *
   * @param place 0 for the first one
   * @return its score
   */
  public static float pinnedScore(int place) {
    return (float) (FIRST_PINNED / Math.pow(2, place));
  }

  /**
   * A factor for a part of the catalogue.
   *
   * @param products which products
   * @param factor by which their scores are multiplied, above 0
   */
  public record Boost(FilterClause products, float factor) {}
}
