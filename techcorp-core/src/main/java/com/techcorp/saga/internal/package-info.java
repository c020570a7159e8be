/**
 * How sagas are driven. Promises nothing to users. {@code Transitions} decides (pure), {@code
 * GroupCommit} batches and commits, a {@code SagaExecution} takes one saga through both and is the
 * {@code HeldSaga} that others see, {@code StepCalls} makes its calls, {@code Ownership} holds the
 * node's lease, {@code DueSagaPoller} claims what is due.
 */
@NullMarked
package com.techcorp.saga.internal;

import org.jspecify.annotations.NullMarked;
