package com.techcorp.bench;

import com.google.errorprone.annotations.Immutable;
import java.time.Duration;

/**
 * How long a slice takes.
 *
 * @param warmUp before anything counts
 * @param measured after it
 */
@Immutable
record SliceTimes(Duration warmUp, Duration measured) {}
