/**
 * What is measured: the matrix of contenders and conditions, an open reader, two processes, the
 * relay, the start and the heap; and the shops and clients of scenarios that have packages of their
 * own.
 */
@NullMarked
package com.techcorp.bench.scenario;

import org.jspecify.annotations.NullMarked;
