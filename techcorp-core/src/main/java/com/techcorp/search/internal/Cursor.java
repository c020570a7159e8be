package com.techcorp.search.internal;

import com.techcorp.search.Match;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page begins.
 *
 * @param query the hash of the query, see {@link CanonicalQuery#hashOfMatches}
 * @param match how the first page was found; the next ones are found in the same way
 * @param text the text that found it
 * @param after the sort values of the last hit
 * @param snapshot the snapshot that the pages read; null: the index as it is
 * @param issuedAt when the page before was made
 */
record Cursor(
    String query,
    Match match,
    String text,
    List<Object> after,
    @Nullable String snapshot,
    Instant issuedAt) {}
