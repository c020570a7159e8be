/**
 * The PostgreSQL of a run: its databases, what is in them before the first order, and the check of
 * every order after the last. Beside it the Redis of a measurement.
 */
@NullMarked
package com.techcorp.bench.database;

import org.jspecify.annotations.NullMarked;
