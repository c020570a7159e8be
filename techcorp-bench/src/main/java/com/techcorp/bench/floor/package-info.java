/**
 * The order workload in hand-written JDBC, as fast as this machine and PostgreSQL allow: what the
 * engine is measured against.
 */
@NullMarked
package com.techcorp.bench.floor;

import org.jspecify.annotations.NullMarked;
