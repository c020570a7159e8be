package com.techcorp.contracts;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** What every {@link com.techcorp.search.spi.SearchIndex} does. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SearchIndexContracts extends ContractSuite<SearchIndexUnderTest> {
  /** For subclasses. */
  protected SearchIndexContracts() {}

  @Nested
  class Versions extends SearchIndexVersionsContract {}

  @Nested
  class Entries extends SearchIndexEntriesContract {}

  @Nested
  class Targets extends SearchIndexTargetsContract {}

  @Nested
  class Texts extends SearchIndexTextContract {}

  @Nested
  class Rankings extends SearchIndexRankingContract {}

  @Nested
  class Filters extends SearchIndexFiltersContract {}

  @Nested
  class Facets extends SearchIndexFacetsContract {}

  @Nested
  class Pages extends SearchIndexPagesContract {}

  @Nested
  class Snapshots extends SearchIndexSnapshotsContract {}

  @Nested
  class Highlights extends SearchIndexHighlightsContract {}

  @Nested
  class Suggestions extends SearchIndexSuggestionsContract {}

  @Nested
  class HostileInput extends SearchIndexHostileInputContract {}
}
