package com.techcorp.search.internal;

import com.techcorp.search.spi.Ranking;
import java.util.List;
import java.util.UUID;

/**
 * What rules decide about one query.
 *
 * @param pinned the products that come first, in this order
 * @param pinnedForAnyText how many of these are pinned by rules that look at no text
 * @param hidden the products that are not found, by id
 * @param boosts what ranks higher or lower
 */
record Curation(
    List<UUID> pinned, int pinnedForAnyText, List<UUID> hidden, List<Ranking.Boost> boosts) {
  /** No rule applies. */
  static final Curation NONE = new Curation(List.of(), 0, List.of(), List.of());

  Curation {
    pinned = List.copyOf(pinned);
    hidden = List.copyOf(hidden);
    boosts = List.copyOf(boosts);
  }
}
