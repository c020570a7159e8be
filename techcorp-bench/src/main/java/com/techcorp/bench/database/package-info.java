/**
 * The PostgreSQL of a run: its databases, what is in them before the first order, and the check of
 * every order after the last.
 */
@NullMarked
package com.techcorp.bench.database;

import org.jspecify.annotations.NullMarked;
