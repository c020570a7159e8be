/**
 * What is measured: the matrix of contenders and conditions, an open reader, two processes, the
 * relay, the start and the heap.
 */
@NullMarked
package com.techcorp.bench.scenario;

import org.jspecify.annotations.NullMarked;
