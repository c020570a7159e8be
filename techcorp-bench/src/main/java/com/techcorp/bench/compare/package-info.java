/**
 * The paired comparison of two commits: {@code techcorp-bench/compare} builds both, and they run in
 * turn, each in a process of its own.
 */
@NullMarked
package com.techcorp.bench.compare;

import org.jspecify.annotations.NullMarked;
