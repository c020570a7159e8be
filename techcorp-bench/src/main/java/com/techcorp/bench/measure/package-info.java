/**
 * Clients in a closed or an open loop, and the meters that read what their orders cost: latencies,
 * CPU, WAL, rows and statements.
 */
@NullMarked
package com.techcorp.bench.measure;

import org.jspecify.annotations.NullMarked;
