package com.techcorp.saga.internal;

import com.techcorp.saga.StepResult;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Hears what became of a remote call: once {@code notSent} or {@code answered}, never on the thread
 * that asked for the call, always on one that may block.
 *
 * @param maySend whether the call may still be sent; asked right before it is, on the thread that
 *     makes it
 * @param notSent the service was not called, and never will be for this request: why
 * @param threw what the call threw, before {@code answered} or {@code late} says that it is
 *     unknown; of a fault in time it is the listener that tells the fault boundary
 * @param answered an answer in time, or {@link StepResult.Unknown}: it threw, or its time-out
 *     passed
 * @param late what came after {@code answered} had said that there was no answer
 * @param <D> the saga's data
 */
record CallListener<D>(
    BooleanSupplier maySend,
    Consumer<String> notSent,
    Consumer<Throwable> threw,
    Consumer<StepResult<D>> answered,
    Consumer<StepResult<D>> late) {}
