package com.techcorp.saga.internal;

import java.time.Duration;

/**
 * The limits of a {@link GroupCommit}.
 *
 * @param maxBatch write sets in one transaction
 * @param workers transactions at once
 * @param leaseWait how long a write set waits for a lease
 */
record CommitLimits(int maxBatch, int workers, Duration leaseWait) {}
