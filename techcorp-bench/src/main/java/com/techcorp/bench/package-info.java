/**
 * The benchmark of {@code mvn -q -Pbench}: the order workload on the engine and on hand-written
 * JDBC, on one PostgreSQL. Nothing here is published or kept compatible.
 */
@NullMarked
package com.techcorp.bench;

import org.jspecify.annotations.NullMarked;
