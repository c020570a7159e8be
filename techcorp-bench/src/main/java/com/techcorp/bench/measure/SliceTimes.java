package com.techcorp.bench.measure;

import com.google.errorprone.annotations.Immutable;
import java.time.Duration;

/**
 * How long a slice takes.
 *
 * @param warmUp before anything counts
 * @param measured after it
 */
@Immutable
public record SliceTimes(Duration warmUp, Duration measured) {}
