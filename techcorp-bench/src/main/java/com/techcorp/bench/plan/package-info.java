/**
 * What a run measures and for how long: the command line, its modes and the conditions of each
 * measurement.
 */
@NullMarked
package com.techcorp.bench.plan;

import org.jspecify.annotations.NullMarked;
