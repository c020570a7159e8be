package com.techcorp.bench;

import java.time.Duration;

/**
 * How long a slice takes.
 *
 * @param warmUp before anything counts
 * @param measured after it
 */
record SliceTimes(Duration warmUp, Duration measured) {}
