package com.techcorp.saga;

import com.techcorp.error.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The result of starting a saga.
 *
 * @param refusal why there is no such saga; null: it is durable
 */
public record StartedSaga(@Nullable Failure refusal) {}
