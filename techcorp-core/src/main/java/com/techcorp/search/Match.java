package com.techcorp.search;

/** How a page was found: the query as it is typed gives too few hits, so wider ones are tried. */
public enum Match {
  /** By the words as typed. */
  AS_TYPED,
  /** By the words with their spelling corrected. */
  CORRECTED,
  /** By any of the words, typed or corrected. */
  ANY_WORD,
  /** By no word: what is popular within the filters. */
  POPULAR
}
