package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import java.util.function.LongSupplier;

/**
 * What all calls on their way use.
 *
 * @param nanoTime the monotonic time
 * @param deadlines wakes a call when its time is over
 * @param followUps runs what follows
 * @param counts counts what had no answer in time
 * @param faults catches what listeners throw
 */
record CallContext(
    LongSupplier nanoTime,
    Deadlines deadlines,
    FollowUps followUps,
    CallCounts counts,
    FaultBoundary faults) {}
