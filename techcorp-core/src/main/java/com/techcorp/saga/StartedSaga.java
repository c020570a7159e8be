package com.techcorp.saga;

import com.techcorp.error.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What became of a start.
 *
 * @param refusal why there is no such saga; null: it is durable
 */
public record StartedSaga(@Nullable Failure refusal) {}
