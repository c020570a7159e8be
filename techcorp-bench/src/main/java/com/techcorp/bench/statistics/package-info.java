/** What several rounds or pairs of runs gave: medians, spreads and intervals. */
@NullMarked
package com.techcorp.bench.statistics;

import org.jspecify.annotations.NullMarked;
