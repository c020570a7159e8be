package com.techcorp.saga.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The write sets that one worker commits together.
 *
 * @param items with each id at most once
 * @param side whether they go only after what else waits had its turn
 * @param fault what kept it from taking more, or null
 */
record CommitBatch(List<PendingCommit> items, boolean side, @Nullable Throwable fault) {}
